/// Scenario portfolio margin: what an account could lose in the worst of given scenarios. Values
/// are doubles inside and cross to millionths once.
@NullMarked
package io.evenkeel.engine.margin.portfolio;

import org.jspecify.annotations.NullMarked;
