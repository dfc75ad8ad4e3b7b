/// What is said about accounts: zones, levels, roles, and the names of the ledger's accounts.
@NullMarked
package io.evenkeel.model.account;

import org.jspecify.annotations.NullMarked;
