/// What scenario portfolio margin promises of every account.
@NullMarked
package io.evenkeel.conform.portfolio;

import org.jspecify.annotations.NullMarked;
