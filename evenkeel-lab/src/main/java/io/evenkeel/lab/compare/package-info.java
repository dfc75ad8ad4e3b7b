/// Several designs (rulebooks) on the same crash: the same prices, the same accounts, the same
/// seeds, and what each design made of them: who was closed, for how long in distress, at what
/// cost, who would have recovered, and who bore what was left. Everything is counted from events
/// and from the engine's own valuations; `docs/REPLAY.md` defines each figure.
@NullMarked
package io.evenkeel.lab.compare;

import org.jspecify.annotations.NullMarked;
