/// State as bytes and back. What is written is commanded state only, in canonical order, so that
/// its hash is the same on every machine; what can be derived (holder lists, hints of what falls
/// due) is derived again.
@NullMarked
package io.evenkeel.engine.snapshot;

import org.jspecify.annotations.NullMarked;
