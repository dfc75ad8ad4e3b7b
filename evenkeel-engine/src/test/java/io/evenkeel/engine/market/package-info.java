/// Tests of `io.evenkeel.engine.market`.
@NullMarked
package io.evenkeel.engine.market;

import org.jspecify.annotations.NullMarked;
