/// Exact numbers: scaled longs with named rounding and decimals as parameters. The only home of
/// scale arithmetic in the project outside the audit module, which must share none of it.
@NullMarked
package io.evenkeel.model.number;

import org.jspecify.annotations.NullMarked;
