/// Tests of `io.evenkeel.conform.dydx`.
@NullMarked
package io.evenkeel.conform.dydx;

import org.jspecify.annotations.NullMarked;
