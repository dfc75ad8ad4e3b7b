/// Replays: a population and its traders driven through a tape or a synthetic market, with the
/// money counted again after every batch of marks, the slow twin in step when asked for, and the
/// story told from the events.
@NullMarked
package io.evenkeel.lab.replay;

import org.jspecify.annotations.NullMarked;
