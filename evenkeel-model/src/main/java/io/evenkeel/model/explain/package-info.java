/// Figures with the reasons for them: trees of terms down to inputs, where every parent is a stated
/// function of its children.
@NullMarked
package io.evenkeel.model.explain;

import org.jspecify.annotations.NullMarked;
