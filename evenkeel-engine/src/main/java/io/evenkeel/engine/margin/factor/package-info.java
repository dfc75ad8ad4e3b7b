/// Requirements by risk factors and slippage, and in full up to a price cap.
@NullMarked
package io.evenkeel.engine.margin.factor;

import org.jspecify.annotations.NullMarked;
