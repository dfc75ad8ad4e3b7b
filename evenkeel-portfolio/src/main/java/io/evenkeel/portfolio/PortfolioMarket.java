package io.evenkeel.portfolio;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.OptionEntry;
import io.evenkeel.portfolio.PortfolioDocument.SviEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The assets, instruments and prices of a document, told to an engine by ordinary commands.
public final class PortfolioMarket {
  private static final int OTHER_DECIMALS = 8;

  private final PortfolioDocument document;
  private final Desk desk;
  private final long room;
  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Map<String, LinearContract> contracts = new LinkedHashMap<>();
  private final List<LinearContract> byId = new ArrayList<>();

  /// Takes commands.
  public interface Desk {
    /// @param path what of the document the command comes from, for a message if it is refused
    void apply(String path, Command command);
  }

  /// Defines everything; nothing has a price yet.
  ///
  /// @param room to how many times its present price a price may rise
  /// @param rulebooks what they name as collateral is an asset, too, of price 1
  /// @throws InvalidParameter naming what the engine cannot represent
  PortfolioMarket(
      PortfolioDocument document, long room, Collection<Rulebook> rulebooks, Desk desk) {
    this.document = document;
    this.room = room;
    this.desk = desk;
    document.assets().forEach((symbol, entry) -> define(symbol, entry));
    for (Rulebook rulebook : rulebooks) {
      for (CollateralTerms terms : rulebook.collateral()) {
        if (!assets.containsKey(terms.asset())) {
          define(terms.asset(), new AssetEntry(OTHER_DECIMALS, Decimal.ONE, null, null));
        }
      }
    }
    defineInstruments();
  }

  /// Assets by symbol: those of the document, then those that only rulebooks name.
  public Map<String, Asset> assets() {
    return Collections.unmodifiableMap(assets);
  }

  /// Contracts by symbol.
  public Map<String, LinearContract> contracts() {
    return Collections.unmodifiableMap(contracts);
  }

  /// An asset that is known to be there.
  public Asset asset(String symbol) {
    return Objects.requireNonNull(assets.get(symbol), symbol);
  }

  /// A contract that is known to be there.
  public LinearContract contract(String symbol) {
    return Objects.requireNonNull(contracts.get(symbol), symbol);
  }

  /// The contract with an identifier of this market.
  LinearContract contractOf(int instrumentId) {
    return byId.get(instrumentId);
  }

  /// What a contract settles in.
  public Asset settlement(LinearContract contract) {
    return asset(instrument(contract.symbol()).settlement());
  }

  /// What a position costs that was entered at a price, in ticks of its instrument.
  ///
  /// @param quantityUnits above 0
  /// @throws ArithmeticException when it does not fit
  long costTicks(LinearContract contract, long quantityUnits, long priceUnits) {
    return Math.multiplyExact(
        quantityUnits, contract.tickScale(settlement(contract).scale()).worthTicks(priceUnits));
  }

  /// A rulebook with its margin model and levels, whose cycle never acts.
  static Rulebook silenced(Rulebook it) {
    return new Rulebook(
        it.name(),
        it.version(),
        it.cashAsset(),
        it.collateral(),
        it.requirement(),
        it.crossLevels(),
        it.isolatedLevels(),
        Map.of(),
        it.topUp(),
        it.release(),
        it.call(),
        it.lossSources(),
        it.liquidation(),
        it.venue());
  }

  private void define(String symbol, AssetEntry entry) {
    String path = "assets." + symbol;
    Asset asset = placed(path, () -> PortfolioScales.asset(assets.size(), symbol, entry, room));
    assets.put(symbol, asset);
    desk.apply(path, new Command.DefineAsset(asset));
  }

  private void defineInstruments() {
    document
        .instruments()
        .forEach((symbol, entry) -> {
          Asset settlement = asset(entry.settlement());
          String path = "instruments." + symbol;
          LinearContract contract =
              placed(
                  path,
                  () ->
                      PortfolioScales.contract(
                          contracts.size(), symbol, entry, settlement, document, room));
          contracts.put(symbol, contract);
          byId.add(contract);
          desk.apply(path, new Command.DefineInstrument(contract));
        });
  }

  /// What the engine's records refuse is named from the record on; here is known where it stands.
  private static <T> T placed(String path, Supplier<T> making) {
    try {
      return making.get();
    } catch (InvalidParameter e) {
      throw e.parameter().startsWith(path)
          ? e
          : new InvalidParameter(
              path, "does not fit the engine: " + e.parameter() + ": " + e.remedy());
    }
  }

  /// Tells the engine every mark and price, as of the instant of the document.
  void mark() {
    MarkBatch.Builder batch = MarkBatch.builder();
    contracts.forEach((symbol, contract) -> {
      String path = "instruments." + symbol + ".mark";
      Decimal mark = instrument(symbol).mark();
      batch.add(
          Target.INSTRUMENT,
          contract.instrumentId(),
          PortfolioScales.units(mark, contract.priceScale(), path),
          document.timeNs());
    });
    assets
        .values()
        .forEach(asset ->
            batch.add(Target.ASSET, asset.assetId(), asset.initialPriceUnits(), document.timeNs()));
    desk.apply("instruments", new Command.MarkPrices(batch.build()));
  }

  /// Tells the engine what margin models read besides marks and prices.
  void publish() {
    List<FactorValue> factors = new ArrayList<>();
    document
        .assets()
        .forEach((symbol, entry) -> {
          int id = asset(symbol).assetId();
          add(factors, FactorKind.SLOW_PRICE, id, entry.slowPrice());
          add(factors, FactorKind.SPOT_CONFIDENCE, id, entry.confidence());
          add(factors, FactorKind.SPOT, id, entry.price());
        });
    document
        .underlyings()
        .forEach((symbol, entry) -> {
          int id = asset(symbol).assetId();
          add(factors, FactorKind.SPOT, id, entry.spot());
          add(factors, FactorKind.REALISED_VOLATILITY, id, entry.realisedVolatility());
          entry.expiries().forEach((expiryNs, expiry) -> addExpiry(factors, id, expiryNs, expiry));
        });
    document
        .instruments()
        .forEach((symbol, entry) -> {
          OptionEntry option = entry.option();
          if (option != null) {
            int id = contract(symbol).instrumentId();
            add(factors, FactorKind.MARK_VOLATILITY, id, option.volatility());
          }
        });
    desk.apply("underlyings", new Command.PublishFactors(factors));
  }

  private static void addExpiry(
      List<FactorValue> factors, int asset, long expiryNs, PortfolioDocument.ExpiryEntry expiry) {
    factors.add(new FactorValue(FactorKind.FORWARD_VARIABLE, asset, expiryNs, expiry.forward()));
    factors.add(new FactorValue(FactorKind.FORWARD_FIXED, asset, expiryNs, expiry.forwardFixed()));
    factors.add(new FactorValue(FactorKind.RATE, asset, expiryNs, expiry.rate()));
    SviEntry svi = expiry.svi();
    if (svi != null) {
      factors.add(new FactorValue(FactorKind.SVI_A, asset, expiryNs, svi.a()));
      factors.add(new FactorValue(FactorKind.SVI_B, asset, expiryNs, svi.b()));
      factors.add(new FactorValue(FactorKind.SVI_RHO, asset, expiryNs, svi.rho()));
      factors.add(new FactorValue(FactorKind.SVI_M, asset, expiryNs, svi.m()));
      factors.add(new FactorValue(FactorKind.SVI_SIGMA, asset, expiryNs, svi.sigma()));
      factors.add(new FactorValue(FactorKind.SVI_FORWARD, asset, expiryNs, svi.forward()));
      factors.add(new FactorValue(FactorKind.SVI_YEARS, asset, expiryNs, svi.years()));
    }
  }

  private static void add(
      List<FactorValue> factors, FactorKind kind, int subject, @Nullable Decimal value) {
    if (value != null) {
      factors.add(new FactorValue(kind, subject, 0, value));
    }
  }

  private PortfolioDocument.InstrumentEntry instrument(String symbol) {
    return Objects.requireNonNull(document.instruments().get(symbol), symbol);
  }
}
