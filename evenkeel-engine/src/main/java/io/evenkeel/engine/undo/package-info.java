/// State that remembers what it was: every write goes through a column that records the old value,
/// so that a command that breaks an invariant, or a trial that is only meant to look, can be taken
/// back whole.
@NullMarked
package io.evenkeel.engine.undo;

import org.jspecify.annotations.NullMarked;
