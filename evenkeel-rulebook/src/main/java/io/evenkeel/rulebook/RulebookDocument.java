package io.evenkeel.rulebook;

import io.evenkeel.model.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rulebook with what its file says about itself but the engine does not need.
///
/// @param rulebook the rules
/// @param description one line for lists of rulebooks; empty when the file has none
/// @param provenance where groups of parameters come from, in the order of the file
public record RulebookDocument(Rulebook rulebook, String description, List<Provenance> provenance) {
  /// Copies the list.
  public RulebookDocument {
    provenance = List.copyOf(provenance);
  }

  /// Where the parameters of one section come from. What is said of a section holds for the
  /// sections inside it.
  ///
  /// @param section dotted key, e.g. `requirement.tables.majors`; empty for the whole rulebook
  /// @param source who says so: a document, an address, a decision; empty when only the date is
  ///   given
  /// @param asOf the day on which the source was right; null when not stated
  public record Provenance(String section, String source, @Nullable LocalDate asOf) {}
}
