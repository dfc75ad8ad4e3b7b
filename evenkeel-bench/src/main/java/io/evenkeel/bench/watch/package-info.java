/// The watch against an incremental scan of all holders, on the same ticks.
@NullMarked
package io.evenkeel.bench.watch;

import org.jspecify.annotations.NullMarked;
