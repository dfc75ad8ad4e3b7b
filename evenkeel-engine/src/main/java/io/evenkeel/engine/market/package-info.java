/// What can be held and what it is worth: assets, instruments, and their prices with the judgement
/// whether to believe them.
@NullMarked
package io.evenkeel.engine.market;

import org.jspecify.annotations.NullMarked;
