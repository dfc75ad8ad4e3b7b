/// Client sessions: the last outcomes of each, so that a repeated command is answered once and for
/// all the same.
@NullMarked
package io.evenkeel.engine.session;

import org.jspecify.annotations.NullMarked;
