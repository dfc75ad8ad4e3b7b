/// Commands and events as JSON: amounts, prices and values as decimal strings, names in place of
/// numbers. The shapes are those of `docs/API.md`.
@NullMarked
package io.evenkeel.wire.json;

import org.jspecify.annotations.NullMarked;
