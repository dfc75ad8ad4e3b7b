/// One desk per kind of request: checks every reason to refuse, in the documented order, then acts.
@NullMarked
package io.evenkeel.engine.desk;

import org.jspecify.annotations.NullMarked;
