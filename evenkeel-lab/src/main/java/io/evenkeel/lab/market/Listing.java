package io.evenkeel.lab.market;

import io.evenkeel.lab.tape.QuotedSymbol;
import io.evenkeel.lab.tape.Tick;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The assets and contracts that a source of ticks is traded with: one perpetual per symbol,
/// settled in USDT, and the coins that a rulebook accepts as collateral. A contract's id is its
/// symbol's index in the source. When `BTCUSDT` ticks, the asset BTC is marked in the same batch,
/// likewise every other coin on the list; a coin that the source does not quote keeps its first
/// price.
public final class Listing {
  /// The asset that every contract settles in.
  public static final String SETTLEMENT_ASSET = "USDT";

  /// How far above the highest price of the source a mark is still believed.
  private static final long PRICE_HEADROOM = 50;

  private static final int STABLE_SCALE = 6;
  private static final int COIN_SCALE = 8;
  private static final long STABLE_PRICE_E6 = 1_000_000;
  private static final long STABLE_MAXIMUM_PRICE_E6 = 1_250_000;
  private static final List<String> STANDARD_ASSETS =
      List.of(SETTLEMENT_ASSET, "USDC", "BTC", "ETH");
  private static final List<String> STABLE_ASSETS =
      List.of(SETTLEMENT_ASSET, "USDC", "FDUSD", "DAI", "USD");

  /// Whole-unit prices of coins that the source does not quote.
  private static final Map<String, Long> USUAL_PRICES = Map.of("BTC", 60_000L, "ETH", 3_000L);

  private static final int USUAL_PRICE_SCALE = 2;

  private final List<QuotedSymbol> symbols;
  private final List<Asset> assets = new ArrayList<>();
  private final List<LinearContract> contracts = new ArrayList<>();
  private final int[] coinOfSymbol;

  private Listing(List<QuotedSymbol> symbols) {
    this.symbols = List.copyOf(symbols);
    this.coinOfSymbol = new int[symbols.size()];
    Arrays.fill(coinOfSymbol, -1);
  }

  /// The listing of a source under a rulebook: USDT, USDC, BTC, ETH and whatever else the rulebook
  /// accepts.
  ///
  /// @throws IllegalArgumentException when the rulebook accepts an asset whose price nobody states,
  ///   or a symbol has so many decimals that no useful quantity fits
  public static Listing of(List<QuotedSymbol> symbols, Rulebook rulebook) {
    Listing listing = new Listing(symbols);
    for (String symbol : STANDARD_ASSETS) {
      listing.addAsset(symbol);
    }
    for (CollateralTerms terms : rulebook.collateral()) {
      if (listing.assetId(terms.asset()) < 0) {
        listing.addAsset(terms.asset());
      }
    }
    for (int index = 0; index < symbols.size(); index++) {
      listing.contracts.add(contract(index, symbols.get(index)));
    }
    return listing;
  }

  /// The quoted symbols, by index.
  public List<QuotedSymbol> symbols() {
    return symbols;
  }

  /// The assets, by id.
  public List<Asset> assets() {
    return List.copyOf(assets);
  }

  /// The contracts, by id, which is the index of the symbol.
  public List<LinearContract> contracts() {
    return List.copyOf(contracts);
  }

  /// Names and scales of all of them.
  public Catalogue catalogue() {
    return new Catalogue(assets, contracts);
  }

  /// Number of contracts.
  public int contractCount() {
    return contracts.size();
  }

  /// The contract with this id.
  public LinearContract contract(int instrumentId) {
    return contracts.get(instrumentId);
  }

  /// The asset with this id.
  public Asset asset(int assetId) {
    return assets.get(assetId);
  }

  /// Id of the asset with this symbol; -1 when it is not listed.
  public int assetId(String symbol) {
    for (Asset asset : assets) {
      if (asset.symbol().equals(symbol)) {
        return asset.assetId();
      }
    }
    return -1;
  }

  /// Id of the contract with this symbol; -1 when it is not listed.
  public int instrumentId(String symbol) {
    for (LinearContract contract : contracts) {
      if (contract.symbol().equals(symbol)) {
        return contract.instrumentId();
      }
    }
    return -1;
  }

  /// Value of a quantity at a price, millionths of USDT, rounded up.
  ///
  /// @param units quantity units, not negative
  public long notionalE6(int instrumentId, long units, long priceUnits) {
    LinearContract contract = contracts.get(instrumentId);
    int exponent = contract.priceScale() + contract.quantityScale() - STABLE_SCALE;
    return exponent >= 0
        ? Fixed.mulDiv(units, priceUnits, Fixed.pow10(exponent), Rounding.CEILING)
        : Math.multiplyExact(Math.multiplyExact(units, priceUnits), Fixed.pow10(-exponent));
  }

  /// The quantity that a value buys at a price, whole lots, rounded down.
  ///
  /// @param valueE6 millionths of USDT, not negative
  public long unitsFor(int instrumentId, long valueE6, long priceUnits) {
    LinearContract contract = contracts.get(instrumentId);
    int exponent = contract.priceScale() + contract.quantityScale() - STABLE_SCALE;
    long units =
        exponent >= 0
            ? Fixed.mulDiv(valueE6, Fixed.pow10(exponent), priceUnits, Rounding.FLOOR)
            : valueE6 / Math.multiplyExact(priceUnits, Fixed.pow10(-exponent));
    return units - units % contract.lotSize();
  }

  /// One tick as a batch of marks: the contracts that ticked, then the coins they are the price of.
  public MarkBatch marks(Tick tick) {
    MarkBatch.Builder batch = MarkBatch.builder();
    for (int i = 0; i < tick.size(); i++) {
      batch.add(
          MarkBatch.Target.INSTRUMENT, tick.symbolIndex(i), tick.priceUnits(i), tick.timeNs());
    }
    for (int i = 0; i < tick.size(); i++) {
      int coin = coinOfSymbol[tick.symbolIndex(i)];
      if (coin >= 0) {
        batch.add(MarkBatch.Target.ASSET, coin, tick.priceUnits(i), tick.timeNs());
      }
    }
    return batch.build();
  }

  /// Every contract at the first price of its symbol, as one batch.
  public MarkBatch firstMarks(long timeNs) {
    Tick tick = new Tick();
    tick.start(timeNs);
    for (int index = 0; index < symbols.size(); index++) {
      tick.add(index, symbols.get(index).firstPriceUnits());
    }
    return marks(tick);
  }

  private void addAsset(String symbol) {
    int assetId = assets.size();
    if (STABLE_ASSETS.contains(symbol)) {
      assets.add(
          asset(
              assetId,
              symbol,
              STABLE_SCALE,
              STABLE_SCALE,
              STABLE_PRICE_E6,
              STABLE_MAXIMUM_PRICE_E6));
      return;
    }
    for (int index = 0; index < symbols.size(); index++) {
      QuotedSymbol quoted = symbols.get(index);
      if (quoted.symbol().equals(symbol + SETTLEMENT_ASSET)) {
        coinOfSymbol[index] = assetId;
        assets.add(
            asset(
                assetId,
                symbol,
                COIN_SCALE,
                quoted.priceScale(),
                quoted.firstPriceUnits(),
                maximumPrice(quoted)));
        return;
      }
    }
    Long usual = USUAL_PRICES.get(symbol);
    if (usual == null) {
      throw new IllegalArgumentException(
          ("the rulebook accepts %s as collateral, whose price nobody states; "
                  + "add a candle file for %s%s, or take %s out of the rulebook")
              .formatted(symbol, symbol, SETTLEMENT_ASSET, symbol));
    }
    long price = usual * Fixed.pow10(USUAL_PRICE_SCALE);
    assets.add(
        asset(assetId, symbol, COIN_SCALE, USUAL_PRICE_SCALE, price, price * PRICE_HEADROOM));
  }

  /// The supply is the largest whole number of units that [Asset] accepts at the maximum price.
  private static Asset asset(
      int assetId, String symbol, int scale, int priceScale, long priceUnits, long maximumUnits) {
    long unit = Fixed.pow10(scale);
    long supply =
        Fixed.mulDiv(
            Asset.MAXIMUM_VALUE_E6,
            Fixed.pow10(scale + priceScale - Asset.NUMERAIRE_SCALE),
            maximumUnits,
            Rounding.FLOOR);
    return new Asset(
        assetId, symbol, scale, supply - supply % unit, priceScale, priceUnits, maximumUnits);
  }

  private static long maximumPrice(QuotedSymbol symbol) {
    return Math.multiplyExact(symbol.highestPriceUnits(), PRICE_HEADROOM);
  }

  /// A lot worth at most three USDT at the first price, and more than 0.3; open interest as large
  /// as its value at the maximum price may be.
  private static LinearContract contract(int instrumentId, QuotedSymbol symbol) {
    int quantityScale = quantityScale(symbol);
    long maximumPriceUnits = maximumPrice(symbol);
    int exponent = STABLE_SCALE - symbol.priceScale() - quantityScale;
    long ticksPerUnit = exponent >= 0 ? Fixed.pow10(exponent) : 1;
    long ticksPerMinor = exponent >= 0 ? 1 : Fixed.pow10(-exponent);
    long valueMinor =
        Fixed.mulDiv(
            Asset.MAXIMUM_VALUE_E6 - 2, STABLE_PRICE_E6, STABLE_MAXIMUM_PRICE_E6, Rounding.FLOOR);
    long mostTicks = (1L << 60) - 1;
    if (ticksPerMinor <= mostTicks / valueMinor) {
      mostTicks = valueMinor * ticksPerMinor;
    }
    long openInterest = mostTicks / ticksPerUnit / maximumPriceUnits;
    if (openInterest < 100_000) {
      throw new IllegalArgumentException(
          ("%s: prices with %d decimals near %d leave no room for quantities; "
                  + "round the prices of its candle file")
              .formatted(
                  symbol.symbol(),
                  symbol.priceScale(),
                  symbol.firstPriceUnits() / Fixed.pow10(symbol.priceScale())));
    }
    return new LinearContract(
        instrumentId,
        symbol.symbol(),
        ContractKind.PERPETUAL,
        0,
        Variation.UNREALISED_UNTIL_CLOSED,
        1,
        symbol.priceScale(),
        quantityScale,
        1,
        maximumPriceUnits,
        openInterest / 2,
        openInterest);
  }

  private static int quantityScale(QuotedSymbol symbol) {
    long priceUnits = symbol.firstPriceUnits();
    for (int scale = -9; scale < 12; scale++) {
      int exponent = symbol.priceScale() + scale;
      if (exponent >= 0 && (exponent > 17 || priceUnits <= 3 * Fixed.pow10(exponent))) {
        return scale;
      }
    }
    return 12;
  }
}
