/// The watch: a certificate for each account, an index of edges for each factor, and a tick that
/// touches only the accounts whose certificate it breaks. Knows prices and affine bounds, neither
/// accounts' positions nor margin models.
@NullMarked
package io.evenkeel.engine.watch;

import org.jspecify.annotations.NullMarked;
