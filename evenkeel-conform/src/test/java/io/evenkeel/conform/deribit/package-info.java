/// Worked examples of Deribit's margin.
@NullMarked
package io.evenkeel.conform.deribit;

import org.jspecify.annotations.NullMarked;
