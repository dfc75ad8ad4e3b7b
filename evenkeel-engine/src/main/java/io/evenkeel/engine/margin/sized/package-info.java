/// Margin by ratios and weights that grow with the square root of size.
@NullMarked
package io.evenkeel.engine.margin.sized;

import org.jspecify.annotations.NullMarked;
