/// Linear margin of perpetuals: rates by open interest and rates by size. Integers throughout;
/// every quotient names its rounding (`docs/RULES.md`, sections 2.O and 2.Z).
@NullMarked
package io.evenkeel.engine.margin.rates;

import org.jspecify.annotations.NullMarked;
