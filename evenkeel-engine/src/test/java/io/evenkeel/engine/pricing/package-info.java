/// Tests of `io.evenkeel.engine.pricing`.
@NullMarked
package io.evenkeel.engine.pricing;

import org.jspecify.annotations.NullMarked;
