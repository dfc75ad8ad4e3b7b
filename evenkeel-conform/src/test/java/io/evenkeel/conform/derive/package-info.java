/// Tests of Derive's cases.
@NullMarked
package io.evenkeel.conform.derive;

import org.jspecify.annotations.NullMarked;
