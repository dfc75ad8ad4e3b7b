/// Cases of Aave v3.
@NullMarked
package io.evenkeel.conform.aave;

import org.jspecify.annotations.NullMarked;
