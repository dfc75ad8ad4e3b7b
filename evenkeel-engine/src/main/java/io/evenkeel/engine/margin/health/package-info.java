/// Margin as health: weighed assets less weighed debts.
@NullMarked
package io.evenkeel.engine.margin.health;

import org.jspecify.annotations.NullMarked;
