/// What happened, in the past tense, numbered, with the numbers it was decided from: enough for
/// anybody to redo the arithmetic by hand. Amounts are minor units of the named asset, values
/// millionths of the numeraire.
@NullMarked
package io.evenkeel.model.event;

import org.jspecify.annotations.NullMarked;
