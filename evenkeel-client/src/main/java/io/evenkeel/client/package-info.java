/// A small client of the gateway, on the JDK's own HTTP client.
@NullMarked
package io.evenkeel.client;

import org.jspecify.annotations.NullMarked;
