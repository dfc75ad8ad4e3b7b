/// Option values in doubles, the same bits on every machine and in every mode of the virtual
/// machine: only basic arithmetic, `Math.fma`, `Math.sqrt`, which are exact by specification, own
/// polynomials and `StrictMath`. Nothing here reads or writes the book.
@NullMarked
package io.evenkeel.engine.pricing;

import org.jspecify.annotations.NullMarked;
