/// Measurements: JMH benchmarks of the engine, the ratio to its slow twin, and the memory an
/// account takes. Not part of the product. `docs/PERFORMANCE.md` holds the figures and the commands
/// that give them.
@NullMarked
package io.evenkeel.bench;

import org.jspecify.annotations.NullMarked;
