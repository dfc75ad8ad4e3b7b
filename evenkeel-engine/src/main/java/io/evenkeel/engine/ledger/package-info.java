/// The double-entry ledger: the only home of balances. Money moves by postings that take from one
/// account what they give to another, and by nothing else.
@NullMarked
package io.evenkeel.engine.ledger;

import org.jspecify.annotations.NullMarked;
