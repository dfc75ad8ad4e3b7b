/// The deterministic machine that keeps margin accounts on an even keel. Begin with
/// `Engine.dispatch`, its table of contents.
@NullMarked
package io.evenkeel.engine;

import org.jspecify.annotations.NullMarked;
