package io.evenkeel.portfolio;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.OptionEntry;
import io.evenkeel.portfolio.PortfolioDocument.PositionEntry;
import io.evenkeel.portfolio.PortfolioDocument.SviEntry;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A live engine that holds one document's portfolio under one rulebook. The rulebook's cycle is
/// silenced, so that the account stays as the document describes it; its margin model is what it
/// is.
public final class PortfolioVenue {
  /// The portfolio's account.
  public static final long ACCOUNT = 2;

  private static final long OTHER_SIDE = 1;
  private static final int OTHER_DECIMALS = 8;
  private static final EngineLimits LIMITS =
      new EngineLimits(64, 4_096, 1, 2, 2, 4_096, 65_536, 1, 1);

  private final PortfolioDocument document;
  private final Rulebook rulebook;
  private final Engine engine = new Engine(LIMITS, (number, timeNs, event) -> {});
  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Map<String, LinearContract> contracts = new LinkedHashMap<>();

  /// Sets a document up under a rulebook.
  ///
  /// @param nameOrPath a shipped rulebook, or the path of a file
  /// @throws io.evenkeel.rulebook.RulebookException when the rulebook is not valid
  /// @throws InvalidParameter naming what in the document the engine cannot represent
  public static PortfolioVenue of(PortfolioDocument document, String nameOrPath) {
    AssetScales scales = AssetScales.STANDARD;
    for (Map.Entry<String, AssetEntry> entry : document.assets().entrySet()) {
      scales = scales.with(entry.getKey(), entry.getValue().decimals());
    }
    return new PortfolioVenue(document, ShippedRulebooks.read(nameOrPath, scales).rulebook());
  }

  /// @throws InvalidParameter naming what in the document the engine cannot represent
  public PortfolioVenue(PortfolioDocument document, Rulebook rulebook) {
    this.document = document;
    this.rulebook = rulebook;
    defineAssets();
    defineInstruments();
    apply("rulebook", new Command.DefineRulebook(0, silenced(rulebook), 0));
    open(OTHER_SIDE, AccountRole.BACKSTOP);
    open(ACCOUNT, AccountRole.TRADER);
    mark();
    publish();
    importAccount();
  }

  /// The document it was set up from.
  public PortfolioDocument document() {
    return document;
  }

  /// The rulebook as it was given.
  public Rulebook rulebook() {
    return rulebook;
  }

  /// Reads the engine.
  public EngineView view() {
    return engine.view();
  }

  /// Assets by symbol: those of the document, then those that only the rulebook names.
  public Map<String, Asset> assets() {
    return assets;
  }

  /// Contracts by symbol.
  public Map<String, LinearContract> contracts() {
    return contracts;
  }

  private static Rulebook silenced(Rulebook it) {
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

  private void defineAssets() {
    document.assets().forEach((symbol, entry) -> define(symbol, entry));
    for (CollateralTerms terms : rulebook.collateral()) {
      if (!assets.containsKey(terms.asset())) {
        define(terms.asset(), new AssetEntry(OTHER_DECIMALS, Decimal.ONE, null, null));
      }
    }
  }

  private void define(String symbol, AssetEntry entry) {
    Asset asset = PortfolioScales.asset(assets.size(), symbol, entry);
    assets.put(symbol, asset);
    apply("assets." + symbol, new Command.DefineAsset(asset));
  }

  private void defineInstruments() {
    document
        .instruments()
        .forEach((symbol, entry) -> {
          Asset settlement = known(entry.settlement());
          LinearContract contract =
              PortfolioScales.contract(contracts.size(), symbol, entry, settlement, document);
          contracts.put(symbol, contract);
          apply("instruments." + symbol, new Command.DefineInstrument(contract));
        });
  }

  private void open(long accountId, AccountRole role) {
    apply("account", new Command.OpenAccount(accountId, accountId, 0, AccountMode.CROSS, -1, role));
  }

  private void mark() {
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
    apply("instruments", new Command.MarkPrices(batch.build()));
  }

  private void publish() {
    List<FactorValue> factors = new ArrayList<>();
    document
        .assets()
        .forEach((symbol, entry) -> {
          int id = known(symbol).assetId();
          add(factors, FactorKind.SLOW_PRICE, id, entry.slowPrice());
          add(factors, FactorKind.SPOT_CONFIDENCE, id, entry.confidence());
          add(factors, FactorKind.SPOT, id, entry.price());
        });
    document
        .underlyings()
        .forEach((symbol, entry) -> {
          int id = known(symbol).assetId();
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
    apply("underlyings", new Command.PublishFactors(factors));
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

  private void importAccount() {
    long leverage =
        PortfolioScales.exactUnits(document.account().leverage(), 2, "account.leverage");
    if (leverage != 0) {
      apply(
          "account.leverage",
          new Command.SetLeverage(ACCOUNT, (int) Math.min(leverage, Integer.MAX_VALUE)));
    }
    importOrders();
    document.account().positions().forEach(this::importPosition);
    document
        .account()
        .balances()
        .forEach((symbol, amount) -> {
          String path = "account.balances." + symbol;
          long minor = minor(symbol, amount, path);
          if (minor != 0) {
            apply(path, new Command.ImportBalance(ACCOUNT, known(symbol).assetId(), minor));
          }
        });
    document
        .account()
        .wallet()
        .forEach((symbol, amount) -> {
          String path = "account.wallet." + symbol;
          apply(
              path,
              new Command.Deposit(ACCOUNT, known(symbol).assetId(), minor(symbol, amount, path)));
        });
  }

  /// Orders pass the margin gate, which the account as described need not do; so they are placed
  /// while the account is as rich as can be, and what it was lent is taken back.
  private void importOrders() {
    if (document.account().orders().isEmpty()) {
      return;
    }
    Asset cash = known(rulebook.cashAsset());
    long lent = cash.maximumSupplyMinor();
    apply("account.orders", new Command.ImportBalance(ACCOUNT, cash.assetId(), lent));
    document
        .account()
        .orders()
        .forEach((symbol, orders) -> {
          LinearContract contract = contract(symbol);
          String path = "account.orders." + symbol;
          long buy = PortfolioScales.exactUnits(orders.buy(), contract.quantityScale(), path);
          long sell = PortfolioScales.exactUnits(orders.sell(), contract.quantityScale(), path);
          apply(
              path,
              new Command.SetOrderExposure(
                  ACCOUNT,
                  contract.instrumentId(),
                  buy,
                  sell,
                  notional(buy, orders.buyPrice(), contract, path),
                  notional(sell, orders.sellPrice(), contract, path)));
        });
    apply("account.orders", new Command.ImportBalance(ACCOUNT, cash.assetId(), -lent));
  }

  private static long notional(long units, Decimal price, LinearContract contract, String path) {
    return Math.multiplyExact(
        units, PortfolioScales.exactUnits(price, contract.priceScale(), path));
  }

  private void importPosition(String symbol, PositionEntry position) {
    LinearContract contract = contract(symbol);
    String path = "account.positions." + symbol;
    long quantity = PortfolioScales.exactUnits(position.quantity(), contract.quantityScale(), path);
    if (Math.abs(quantity) > contract.maximumPositionUnits()) {
      throw new InvalidParameter(path, "is worth more than the engine holds in one instrument");
    }
    long price = PortfolioScales.exactUnits(position.entry(), contract.priceScale(), path);
    apply(
        path,
        quantity > 0
            ? importing(contract, ACCOUNT, OTHER_SIDE, quantity, price)
            : importing(contract, OTHER_SIDE, ACCOUNT, -quantity, price));
  }

  private Command importing(
      LinearContract contract, long longAccount, long shortAccount, long quantity, long price) {
    long cost = quantity * price * contract.tickScale(settlement(contract).scale()).ticksPerUnit();
    return new Command.ImportPosition(
        contract.instrumentId(), longAccount, shortAccount, quantity, cost);
  }

  private Asset settlement(LinearContract contract) {
    return known(instrument(contract.symbol()).settlement());
  }

  private long minor(String symbol, Decimal amount, String path) {
    return PortfolioScales.exactUnits(amount, known(symbol).scale(), path);
  }

  private Asset known(String symbol) {
    return java.util.Objects.requireNonNull(assets.get(symbol), symbol);
  }

  private LinearContract contract(String symbol) {
    return java.util.Objects.requireNonNull(contracts.get(symbol), symbol);
  }

  private PortfolioDocument.InstrumentEntry instrument(String symbol) {
    return java.util.Objects.requireNonNull(document.instruments().get(symbol), symbol);
  }

  private void apply(String path, Command command) {
    RefusalReason reason = engine.apply(document.timeNs(), 0, 0, command).reason();
    if (reason != RefusalReason.NONE) {
      throw new InvalidParameter(path, "was refused by the engine: " + reason);
    }
  }
}
