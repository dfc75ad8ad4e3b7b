package io.evenkeel.model.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The assets and instruments that are defined, by identifier and by symbol: what is needed to
/// write amounts and prices as people and other systems do. Immutable.
public final class Catalogue {
  /// Nothing is defined.
  public static final Catalogue EMPTY = new Catalogue(List.of(), List.of());

  private final List<Asset> assets;
  private final List<Instrument> instruments;
  private final Map<Integer, Asset> assetsById = new HashMap<>();
  private final Map<String, Asset> assetsBySymbol = new HashMap<>();
  private final Map<Integer, Instrument> instrumentsById = new HashMap<>();
  private final Map<String, Instrument> instrumentsBySymbol = new HashMap<>();

  /// Copies the lists and keeps their order.
  public Catalogue(List<Asset> assets, List<? extends Instrument> instruments) {
    this.assets = List.copyOf(assets);
    this.instruments = List.copyOf(instruments);
    for (Asset asset : assets) {
      assetsById.put(asset.assetId(), asset);
      assetsBySymbol.put(asset.symbol(), asset);
    }
    for (Instrument instrument : instruments) {
      instrumentsById.put(instrument.instrumentId(), instrument);
      instrumentsBySymbol.put(instrument.symbol(), instrument);
    }
  }

  /// The same with one asset more.
  public Catalogue with(Asset asset) {
    List<Asset> more = new ArrayList<>(assets);
    more.add(asset);
    return new Catalogue(more, instruments);
  }

  /// The same with one instrument more.
  public Catalogue with(Instrument instrument) {
    List<Instrument> more = new ArrayList<>(instruments);
    more.add(instrument);
    return new Catalogue(assets, more);
  }

  /// All assets, in order of definition.
  public List<Asset> assets() {
    return assets;
  }

  /// All instruments, in order of definition.
  public List<Instrument> instruments() {
    return instruments;
  }

  /// The asset with an identifier; null when there is none.
  public @Nullable Asset asset(int assetId) {
    return assetsById.get(assetId);
  }

  /// The asset with a symbol; null when there is none.
  public @Nullable Asset asset(String symbol) {
    return assetsBySymbol.get(symbol);
  }

  /// The instrument with an identifier; null when there is none.
  public @Nullable Instrument instrument(int instrumentId) {
    return instrumentsById.get(instrumentId);
  }

  /// The instrument with a symbol; null when there is none.
  public @Nullable Instrument instrument(String symbol) {
    return instrumentsBySymbol.get(symbol);
  }
}
