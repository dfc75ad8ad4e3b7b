/// The engine as a durable service: a clustered service behind a replicated log, its data folder,
/// and the way in.
@NullMarked
package io.evenkeel.node;

import org.jspecify.annotations.NullMarked;
