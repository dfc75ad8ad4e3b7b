/// Decisions and numbers as people read them.
@NullMarked
package io.evenkeel.wire.words;

import org.jspecify.annotations.NullMarked;
