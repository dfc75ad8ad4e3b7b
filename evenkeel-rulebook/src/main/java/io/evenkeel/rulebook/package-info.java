/// Reads rulebooks: YAML in, [io.evenkeel.model.rulebook.Rulebook] out, or a list of problems that
/// each name file, line, column, key and remedy. Everything is written in the file and nothing is
/// guessed: there are no defaults, no number is ever a `double`, and what a person wrote wrongly is
/// told all at once. The engine never sees YAML.
@NullMarked
package io.evenkeel.rulebook;

import org.jspecify.annotations.NullMarked;
