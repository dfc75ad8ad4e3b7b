/// Cases of Mango v4.
@NullMarked
package io.evenkeel.conform.mango;

import org.jspecify.annotations.NullMarked;
