/// The watch by itself, against lists that are searched from end to end.
@NullMarked
package io.evenkeel.engine.watch;

import org.jspecify.annotations.NullMarked;
