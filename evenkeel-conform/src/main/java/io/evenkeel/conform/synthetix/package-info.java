/// Cases of Synthetix v3 perpetuals.
@NullMarked
package io.evenkeel.conform.synthetix;

import org.jspecify.annotations.NullMarked;
