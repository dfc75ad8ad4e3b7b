/// A portfolio with the market it stands in, as one document; an engine set up from it under any
/// rulebook; and the figures that the engine then gives.
@NullMarked
package io.evenkeel.portfolio;

import org.jspecify.annotations.NullMarked;
