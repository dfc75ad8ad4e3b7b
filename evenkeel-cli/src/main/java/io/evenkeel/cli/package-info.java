/// The command line: one class per verb, each a thin reading of arguments over the modules below.
/// Nothing here computes margin or money; a verb loads, runs and prints.
@NullMarked
package io.evenkeel.cli;

import org.jspecify.annotations.NullMarked;
