/// Everything the machine holds, put together once, and the events of the command at hand. Rules
/// live elsewhere.
@NullMarked
package io.evenkeel.engine.book;

import org.jspecify.annotations.NullMarked;
