/// Recorded prices: candle files read exactly, merged by time and walked point by point as ticks.
/// Nothing here knows an account; whoever replays a tape turns each tick into one batch of marks.
@NullMarked
package io.evenkeel.lab.tape;

import org.jspecify.annotations.NullMarked;
