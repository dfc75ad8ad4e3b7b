/// Rule-based margin of options. Values are doubles here, computed in a fixed order with functions
/// that give the same bits on every machine; they become millionths of the numeraire once, at the
/// end, rounded against the account.
@NullMarked
package io.evenkeel.engine.margin.options;

import org.jspecify.annotations.NullMarked;
