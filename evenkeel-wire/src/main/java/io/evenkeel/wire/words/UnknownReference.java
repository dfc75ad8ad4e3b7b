package io.evenkeel.wire.words;

import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument;

/// Something names an asset or instrument that the catalogue at hand does not list, so that its
/// figures cannot be written. A catalogue that is older than an event is the usual cause: take a
/// newer one.
public final class UnknownReference extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnknownReference(String what, int id) {
    super(what + " " + id + " is not in the catalogue; take one that is as new as the event");
  }

  /// The asset with an identifier.
  ///
  /// @throws UnknownReference when it is not listed
  public static Asset asset(Catalogue catalogue, int assetId) {
    Asset asset = catalogue.asset(assetId);
    if (asset == null) {
      throw new UnknownReference("asset", assetId);
    }
    return asset;
  }

  /// The instrument with an identifier.
  ///
  /// @throws UnknownReference when it is not listed
  public static Instrument instrument(Catalogue catalogue, int instrumentId) {
    Instrument instrument = catalogue.instrument(instrumentId);
    if (instrument == null) {
      throw new UnknownReference("instrument", instrumentId);
    }
    return instrument;
  }
}
