/// Parties, margin accounts and their rows of positions and open orders, as columns.
@NullMarked
package io.evenkeel.engine.account;

import org.jspecify.annotations.NullMarked;
