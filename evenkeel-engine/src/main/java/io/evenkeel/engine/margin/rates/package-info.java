/// Margin of linear contracts by rates that depend on open interest or on the size of a position.
@NullMarked
package io.evenkeel.engine.margin.rates;

import org.jspecify.annotations.NullMarked;
