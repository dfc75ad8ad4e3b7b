/// The rebalancing cycle: who is concerned, what is settled, released, pulled in and called for, in
/// which order.
@NullMarked
package io.evenkeel.engine.rebalance;

import org.jspecify.annotations.NullMarked;
