/// Cases of Drift v2.
@NullMarked
package io.evenkeel.conform.drift;

import org.jspecify.annotations.NullMarked;
