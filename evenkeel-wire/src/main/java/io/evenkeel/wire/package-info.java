/// The binary form of everything that is logged, answered or recorded, and what is recorded of it.
@NullMarked
package io.evenkeel.wire;

import org.jspecify.annotations.NullMarked;
