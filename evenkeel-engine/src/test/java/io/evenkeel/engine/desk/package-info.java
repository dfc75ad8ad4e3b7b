/// Tests of what single desks reckon.
@NullMarked
package io.evenkeel.engine.desk;

import org.jspecify.annotations.NullMarked;
