/// What an account is worth and what it must be worth. Reads only: nothing here moves money.
@NullMarked
package io.evenkeel.engine.margin;

import org.jspecify.annotations.NullMarked;
