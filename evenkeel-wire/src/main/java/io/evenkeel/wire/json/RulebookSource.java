package io.evenkeel.wire.json;

import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.rulebook.Rulebook;

/// Reads rulebooks, which in JSON are a name of a shipped one or YAML text.
public interface RulebookSource {
  /// The shipped rulebook of a name.
  ///
  /// @throws InvalidJson with an empty field when there is none, or it does not fit the catalogue
  Rulebook shipped(String name, Catalogue catalogue);

  /// The rulebook that a YAML text describes.
  ///
  /// @throws InvalidJson with an empty field, naming every problem by line
  Rulebook yaml(String text, Catalogue catalogue);
}
