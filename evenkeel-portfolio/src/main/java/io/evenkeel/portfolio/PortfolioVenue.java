package io.evenkeel.portfolio;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.PositionEntry;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A live engine that holds one document's portfolio under one rulebook. The rulebook's cycle is
/// silenced, so that the account stays as the document describes it; its margin model is what it
/// is.
public final class PortfolioVenue {
  /// The portfolio's account.
  public static final long ACCOUNT = 2;

  private static final long OTHER_SIDE = 1;
  private static final EngineLimits LIMITS =
      new EngineLimits(64, 4_096, 1, 2, 2, 4_096, 65_536, 1, 1);

  private final PortfolioDocument document;
  private final Rulebook rulebook;
  private final Engine engine = new Engine(LIMITS, (number, timeNs, event) -> {});
  private final PortfolioMarket market;

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
    market =
        new PortfolioMarket(
            document, PortfolioScales.ROOM_FOR_SEARCH, List.of(rulebook), this::apply);
    apply("rulebook", new Command.DefineRulebook(0, PortfolioMarket.silenced(rulebook), 0));
    open(OTHER_SIDE, AccountRole.BACKSTOP);
    open(ACCOUNT, AccountRole.TRADER);
    market.mark();
    market.publish();
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
    return market.assets();
  }

  /// Contracts by symbol.
  public Map<String, LinearContract> contracts() {
    return market.contracts();
  }

  /// What the engine answers to a question about the account.
  ///
  /// @throws InvalidParameter when a figure does not fit the engine's numbers: it counts money in
  ///   whole millionths and does not wrap
  <T> T counted(Supplier<T> question) {
    try {
      return question.get();
    } catch (ArithmeticException e) {
      throw new InvalidParameter(
          "account",
          "is worth or needs more than can be counted: "
              + e.getMessage()
              + "; look for a figure with too many digits");
    }
  }

  private void open(long accountId, AccountRole role) {
    apply("account", new Command.OpenAccount(accountId, accountId, 0, AccountMode.CROSS, -1, role));
  }

  private void importAccount() {
    long leverage =
        PortfolioScales.exactUnits(document.account().leverage(), 2, "account.leverage");
    if (leverage != 0) {
      apply(
          "account.leverage",
          new Command.SetLeverage(
              ACCOUNT, Math.clamp(leverage, Integer.MIN_VALUE, Integer.MAX_VALUE)));
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
            apply(path, new Command.ImportBalance(ACCOUNT, market.asset(symbol).assetId(), minor));
          }
        });
    document
        .account()
        .wallet()
        .forEach((symbol, amount) -> {
          String path = "account.wallet." + symbol;
          apply(
              path,
              new Command.Deposit(
                  ACCOUNT, market.asset(symbol).assetId(), minor(symbol, amount, path)));
        });
  }

  /// Orders pass the margin gate, which the account as described need not do; so they are placed
  /// while the account is as rich as can be, and what it was lent is taken back.
  private void importOrders() {
    if (document.account().orders().isEmpty()) {
      return;
    }
    Asset cash = market.asset(rulebook.cashAsset());
    long lent = cash.maximumSupplyMinor();
    apply("account.orders", new Command.ImportBalance(ACCOUNT, cash.assetId(), lent));
    document
        .account()
        .orders()
        .forEach((symbol, orders) -> {
          LinearContract contract = market.contract(symbol);
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

  private long notional(long units, Decimal price, LinearContract contract, String path) {
    long priceUnits = PortfolioScales.exactUnits(price, contract.priceScale(), path);
    long each =
        contract.isInverseFuture()
            ? -contract.tickScale(market.settlement(contract).scale()).worthTicks(priceUnits)
            : priceUnits;
    return PortfolioScales.product(units, each, path);
  }

  private void importPosition(String symbol, PositionEntry position) {
    LinearContract contract = market.contract(symbol);
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
    return new Command.ImportPosition(
        contract.instrumentId(),
        longAccount,
        shortAccount,
        quantity,
        market.costTicks(contract, quantity, price));
  }

  private long minor(String symbol, Decimal amount, String path) {
    return PortfolioScales.exactUnits(amount, market.asset(symbol).scale(), path);
  }

  private void apply(String path, Command command) {
    RefusalReason reason = engine.apply(document.timeNs(), 0, 0, command).reason();
    if (reason != RefusalReason.NONE) {
      throw new InvalidParameter(path, "was refused by the engine: " + reason);
    }
  }
}
