package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;

/// An instrument that stands for trading one asset against another at once: its open orders move
/// balances when they fill. A position in it counts as the coin still to be delivered and its cost
/// as the money still to be paid.
///
/// @param base symbol of the asset bought and sold
/// @param quote symbol of the asset it is paid in; the instrument settles in it
public record SpotPair(String base, String quote) {
  /// Refuses a pair of one asset with itself.
  public SpotPair {
    Check.parameter(
        !base.isBlank() && !quote.isBlank() && !base.equals(quote),
        "quote",
        "must be another asset than base");
  }

  /// Reads `{base, quote}`.
  public static SpotPair read(ParameterReader reader) {
    return new SpotPair(reader.word("base"), reader.word("quote"));
  }

  /// As a tree.
  public ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder().word("base", base).word("quote", quote).build();
  }
}
