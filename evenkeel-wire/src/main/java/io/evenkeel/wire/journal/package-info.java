/// The journal: files that hold every command of the log in order, each followed by the events it
/// caused and its outcome. It is derived from the log, so what was not yet synced when a machine
/// lost power is written again from there.
@NullMarked
package io.evenkeel.wire.journal;

import org.jspecify.annotations.NullMarked;
