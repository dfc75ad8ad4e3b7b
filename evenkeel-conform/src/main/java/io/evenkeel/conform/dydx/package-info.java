/// Cases of dYdX v4: quote quanta are minor units of USDC, base quanta are quantity units.
@NullMarked
package io.evenkeel.conform.dydx;

import org.jspecify.annotations.NullMarked;
