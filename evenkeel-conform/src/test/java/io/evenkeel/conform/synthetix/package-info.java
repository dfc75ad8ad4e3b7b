/// Tests of `io.evenkeel.conform.synthetix`.
@NullMarked
package io.evenkeel.conform.synthetix;

import org.jspecify.annotations.NullMarked;
