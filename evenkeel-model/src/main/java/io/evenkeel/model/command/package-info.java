/// What the engine can be asked to do, in the imperative, and how it answers. Commands are the log:
/// the same commands give the same state and the same events, bit for bit.
@NullMarked
package io.evenkeel.model.command;

import org.jspecify.annotations.NullMarked;
