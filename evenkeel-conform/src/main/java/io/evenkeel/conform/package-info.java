/// Conformance: cases with known answers, run through the engine that runs live. Adapters translate
/// files into commands and compare what comes back; no rule of a venue is written here.
@NullMarked
package io.evenkeel.conform;

import org.jspecify.annotations.NullMarked;
