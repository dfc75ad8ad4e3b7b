package io.evenkeel.wire.json;

import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.wire.words.UnknownReference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks up what a document names by symbol.
record Symbols(Catalogue catalogue) {
  private static final int EXAMPLES = 8;

  /// The asset whose symbol a field holds.
  Asset asset(JsonFields fields, String name) {
    String symbol = fields.symbol(name);
    Asset asset = catalogue.asset(symbol);
    if (asset == null) {
      throw fields.invalid(
          name, unknown("asset", symbol, examples(catalogue.assets(), Asset::symbol)));
    }
    return asset;
  }

  /// The contract whose symbol a field holds.
  LinearContract contract(JsonFields fields, String name) {
    String symbol = fields.symbol(name);
    Instrument instrument = catalogue.instrument(symbol);
    if (instrument == null) {
      throw fields.invalid(
          name,
          unknown("instrument", symbol, examples(catalogue.instruments(), Instrument::symbol)));
    }
    return switch (instrument) {
      case LinearContract contract -> contract;
    };
  }

  /// The asset a contract settles in.
  Asset settlementOf(LinearContract contract) {
    return UnknownReference.asset(catalogue, contract.settlementAssetId());
  }

  private static String unknown(String what, String symbol, String examples) {
    return "no %s %s is defined; %s".formatted(what, Figures.quoted(symbol), examples);
  }

  private static <T> String examples(List<T> all, Function<T, String> symbol) {
    if (all.isEmpty()) {
      return "none is defined yet";
    }
    String first = all.stream().limit(EXAMPLES).map(symbol).collect(Collectors.joining(", "));
    int more = all.size() - EXAMPLES;
    return "there are " + first + (more > 0 ? " and %s more".formatted(more) : "");
  }
}
