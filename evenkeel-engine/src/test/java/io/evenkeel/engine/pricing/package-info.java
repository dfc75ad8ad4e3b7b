/// Tests of option values.
@org.jspecify.annotations.NullMarked
package io.evenkeel.engine.pricing;
