/// What happens below maintenance, and who bears the loss (`docs/RULES.md`, section 7). Each step
/// of a rulebook's waterfall is one class; a new design is a new step record, one class here and
/// one arm of the switch in `Liquidation`.
@NullMarked
package io.evenkeel.engine.liquidation;

import org.jspecify.annotations.NullMarked;
