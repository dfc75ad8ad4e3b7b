package io.evenkeel.gateway;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument;

/// What commands of one batch define for those after them.
final class Definitions {
  private Definitions() {}

  /// Whether amounts or prices are read with what it defines.
  static boolean isReference(Command command) {
    return command instanceof Command.DefineAsset || command instanceof Command.DefineInstrument;
  }

  /// The catalogue with what a command defines. What is defined already stays: the engine never
  /// redefines anything, so the command will be refused.
  static Catalogue after(Catalogue catalogue, Command command) {
    if (command instanceof Command.DefineAsset(Asset asset)) {
      boolean isTaken =
          catalogue.asset(asset.assetId()) != null || catalogue.asset(asset.symbol()) != null;
      return isTaken ? catalogue : catalogue.with(asset);
    }
    if (command instanceof Command.DefineInstrument(Instrument instrument)) {
      boolean isTaken =
          catalogue.instrument(instrument.instrumentId()) != null
              || catalogue.instrument(instrument.symbol()) != null;
      return isTaken ? catalogue : catalogue.with(instrument);
    }
    return catalogue;
  }

  /// Whether exactly what a command defines is in force.
  static boolean isInForce(Catalogue catalogue, Command command) {
    if (command instanceof Command.DefineAsset(Asset asset)) {
      return asset.equals(catalogue.asset(asset.assetId()));
    }
    return !(command instanceof Command.DefineInstrument(Instrument instrument))
        || instrument.equals(catalogue.instrument(instrument.instrumentId()));
  }
}
