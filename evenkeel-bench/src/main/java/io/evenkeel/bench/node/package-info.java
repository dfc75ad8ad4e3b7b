/// Measurements of the whole node: durable commands against an empty echo on the same log, marks to
/// liquidations through the gateway, lag, snapshots, restarts, memory and reads. `NodeMeasurement`
/// is the way in.
@NullMarked
package io.evenkeel.bench.node;

import org.jspecify.annotations.NullMarked;
