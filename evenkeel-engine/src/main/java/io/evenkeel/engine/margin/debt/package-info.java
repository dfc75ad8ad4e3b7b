/// Debts against collateral: health factor, borrowing power, categories of correlated assets.
@NullMarked
package io.evenkeel.engine.margin.debt;

import org.jspecify.annotations.NullMarked;
