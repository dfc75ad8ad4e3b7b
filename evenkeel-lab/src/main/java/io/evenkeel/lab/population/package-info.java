/// Who trades on a tape: populations of accounts, made up from a seed or read from a file, the
/// commands that set them up, and the traders that go on acting between ticks. Commands leave
/// through a [CommandSink] and state is read through an [AccountView]; whoever drives a replay
/// implements both on an engine.
@NullMarked
package io.evenkeel.lab.population;

import org.jspecify.annotations.NullMarked;
