/// Failures of the past as files: a sequence of commands, and a rulebook that has the safeguard or
/// lacks it. The engine runs the sequence both ways, the slow twin in step, and what it did is set
/// side by side. `docs/SCENARIOS.md` describes the files and defines each figure.
@NullMarked
package io.evenkeel.lab.scenario;

import org.jspecify.annotations.NullMarked;
