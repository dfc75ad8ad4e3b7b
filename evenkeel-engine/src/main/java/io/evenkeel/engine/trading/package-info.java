/// Trades and open orders: what passes the gate, and how a trade changes two accounts.
@NullMarked
package io.evenkeel.engine.trading;

import org.jspecify.annotations.NullMarked;
