/// A trading population and a synthetic market that act on a running venue through its public API,
/// for ever: what `demo` shows.
@NullMarked
package io.evenkeel.lab.live;

import org.jspecify.annotations.NullMarked;
