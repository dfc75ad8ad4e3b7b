/// Cases of Vega: one account per party and market, amounts of the settlement asset are its minor
/// units and millionths of the numeraire at once.
@NullMarked
package io.evenkeel.conform.vega;

import org.jspecify.annotations.NullMarked;
