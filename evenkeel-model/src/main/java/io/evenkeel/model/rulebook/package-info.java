/// A rulebook: one venue's rules as data, composed of a closed set of parts. Constructors refuse
/// what could never be right (crossed levels, brackets with gaps), so an invalid rulebook cannot
/// exist.
@NullMarked
package io.evenkeel.model.rulebook;

import org.jspecify.annotations.NullMarked;
