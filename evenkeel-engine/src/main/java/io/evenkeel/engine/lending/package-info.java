/// Interest on what accounts lend to the venue and owe to it: rate curve, indexes, postings.
@NullMarked
package io.evenkeel.engine.lending;

import org.jspecify.annotations.NullMarked;
