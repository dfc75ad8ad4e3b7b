/// Reference data: what can be held and traded, with the scales and limits that make overflow
/// impossible.
@NullMarked
package io.evenkeel.model.reference;

import org.jspecify.annotations.NullMarked;
