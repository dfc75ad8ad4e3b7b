/// The two sides of the measurement agree.
@NullMarked
package io.evenkeel.bench.watch;

import org.jspecify.annotations.NullMarked;
