/// A read-only engine that follows the journal, and the questions it answers. Nothing here is ever
/// on the writer's thread.
@NullMarked
package io.evenkeel.reader;

import org.jspecify.annotations.NullMarked;
