/// Random histories and the comparison of the engine with its slow twin over them. A history is an
/// endless, seeded stream of commands that visits every path of the rules: ordinary days, crashes,
/// bad data, awkward numbers, and about one command in ten that must be refused.
@NullMarked
package io.evenkeel.lab.history;

import org.jspecify.annotations.NullMarked;
