/// Cases of Deribit.
@NullMarked
package io.evenkeel.conform.deribit;

import org.jspecify.annotations.NullMarked;
