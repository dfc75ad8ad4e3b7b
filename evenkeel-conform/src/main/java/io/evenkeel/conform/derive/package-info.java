/// Cases of Derive.
@NullMarked
package io.evenkeel.conform.derive;

import org.jspecify.annotations.NullMarked;
