/// Tests of what the measurements claim to measure; none of them looks at a clock.
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
