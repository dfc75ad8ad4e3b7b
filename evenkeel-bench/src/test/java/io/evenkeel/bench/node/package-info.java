/// Tests that the measurements of the node measure what they say; none of them judges a time.
@NullMarked
package io.evenkeel.bench.node;

import org.jspecify.annotations.NullMarked;
