/// Parameters of scenario portfolio margin: what one underlying's contracts are worth in each
/// scenario, and what is charged besides the worst of them.
@NullMarked
package io.evenkeel.model.rulebook.portfolio;

import org.jspecify.annotations.NullMarked;
