/// Where prices and reference data come from when no venue states them: contracts and assets made
/// to fit a tape, and a synthetic market that ticks like one. Everything random comes from named
/// streams of one seed.
@NullMarked
package io.evenkeel.lab.market;

import org.jspecify.annotations.NullMarked;
