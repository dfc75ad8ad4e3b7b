/// HTTP and WebSocket in front of a node and its reader: commands in, readings and events out, and
/// the page.
@NullMarked
package io.evenkeel.gateway;

import org.jspecify.annotations.NullMarked;
