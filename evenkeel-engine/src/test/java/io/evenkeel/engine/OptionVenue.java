package io.evenkeel.engine;

import io.evenkeel.engine.margin.FactorBox;
import io.evenkeel.engine.margin.MarginModel;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.MarketProfile;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.StandardOptions;
import io.evenkeel.model.rulebook.StandardOptions.Depeg;
import io.evenkeel.model.rulebook.StandardOptions.FutureRates;
import io.evenkeel.model.rulebook.StandardOptions.OptionRates;
import io.evenkeel.model.rulebook.StandardOptions.OracleContingency;
import io.evenkeel.model.rulebook.StandardOptions.ReferencePrice;
import io.evenkeel.model.rulebook.StandardOptions.SpreadRelief;
import io.evenkeel.model.rulebook.StandardOptions.ValueSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A venue of options on one coin. Cash `USD` counts in full at 1; `BTC` counts 0.8 for maintenance
/// and 0.72 for initial. Options on two expiries, in cash and in coin, perpetuals in cash and in
/// coin; a hundred units are one contract.
final class OptionVenue {
  static final int USD = 1;
  static final int BTC = 2;
  static final long ACCOUNT = 2;
  static final long OTHER_SIDE = 1;
  static final long NOW_NS = 1_700_000_000L * 1_000_000_000L;
  static final long DAY_NS = 86_400L * 1_000_000_000L;
  static final long NEAR_NS = NOW_NS + 7 * DAY_NS;
  static final long FAR_NS = NOW_NS + 60 * DAY_NS;
  static final long UNIT = 100;
  static final List<Integer> STRIKES = List.of(40_000, 50_000, 60_000);
  static final String PERPETUAL = "PERP";
  static final String INVERSE_PERPETUAL = "INVERSE-PERP";

  static final MarketProfile CLOSING =
      new MarketProfile(new Decimal(4, 2), 1_000_000_000_000L, new Decimal(1, 1));

  final Engine engine =
      new Engine(
          new EngineLimits(8, 256, 4, 64, 64, 128, 1_024, 4, 1), (number, time, event) -> {});
  final Map<String, Integer> contracts = new LinkedHashMap<>();
  long nowNs = NOW_NS;

  /// Parameters with which the figures of a test can be reckoned by hand.
  static StandardOptions parameters(
      ValueSource value, ReferencePrice reference, SpreadRelief relief) {
    return new StandardOptions(
        value,
        reference,
        relief,
        Map.of("BTC", market()),
        "BTC",
        new Depeg(decimal("0.98"), decimal("1.2")),
        CLOSING);
  }

  static StandardOptions standard() {
    return parameters(ValueSource.MODEL, ReferencePrice.SPOT, SpreadRelief.MAXIMUM_LOSS);
  }

  static StandardOptions.Market market() {
    return new StandardOptions.Market(
        new OptionRates(
            decimal("0.15"),
            decimal("0.1"),
            decimal("0.075"),
            decimal("0.07"),
            decimal("0.3"),
            decimal("1.05"),
            decimal("1.2"),
            decimal("1.1")),
        new FutureRates(decimal("0.02"), decimal("0.00005"), decimal("0.01"), decimal("0.00005")),
        new OracleContingency(decimal("0.4"), decimal("0.4"), decimal("0.4"), decimal("0.5")));
  }

  static OptionVenue with(StandardOptions parameters) {
    return new OptionVenue(parameters, false);
  }

  /// @param backwards whether contracts are defined in the opposite order
  OptionVenue(StandardOptions parameters, boolean backwards) {
    apply(
        new Command.DefineAsset(
            new Asset(USD, "USD", 6, 10_000_000_000_000_000L, 6, 1_000_000, 2_000_000)));
    apply(
        new Command.DefineAsset(
            new Asset(BTC, "BTC", 8, 5_000_000_000_000L, 2, 5_000_000, 100_000_000)));
    List<LinearContract> all = listed();
    for (LinearContract contract : backwards ? all.reversed() : all) {
      contracts.put(contract.symbol(), contract.instrumentId());
      apply(new Command.DefineInstrument(contract));
    }
    apply(new Command.DefineRulebook(1, rulebook(parameters), 0));
    apply(new Command.OpenAccount(OTHER_SIDE, 1, 1, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    apply(new Command.OpenAccount(ACCOUNT, 2, 1, AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  /// The same venue under other parameters.
  OptionVenue under(StandardOptions parameters, int version) {
    Rulebook rulebook = rulebook(parameters);
    Rulebook next =
        new Rulebook(
            rulebook.name(),
            version,
            rulebook.cashAsset(),
            rulebook.collateral(),
            parameters,
            rulebook.crossLevels(),
            rulebook.isolatedLevels(),
            Map.of(),
            rulebook.topUp(),
            rulebook.release(),
            rulebook.call(),
            rulebook.lossSources(),
            rulebook.liquidation(),
            rulebook.venue());
    return apply(new Command.DefineRulebook(1, next, 0));
  }

  private static Rulebook rulebook(StandardOptions parameters) {
    RulebookSketch sketch = new RulebookSketch();
    Rulebook house = sketch.build();
    List<CollateralTerms> collateral =
        List.of(
            RulebookSketch.terms("USD", "1", "1", "1", Long.MAX_VALUE, "0"),
            RulebookSketch.terms("BTC", "0.72", "0.8", "1", 2_000_000_000_000L, "0"));
    return new Rulebook(
        "options",
        1,
        "USD",
        collateral,
        parameters,
        new LevelPolicy.WithoutBands(),
        new LevelPolicy.WithoutBands(),
        Map.of(),
        house.topUp(),
        house.release(),
        house.call(),
        house.lossSources(),
        house.liquidation(),
        house.venue());
  }

  private static List<LinearContract> listed() {
    List<LinearContract> all = new ArrayList<>();
    all.add(contract(1, PERPETUAL, ContractKind.PERPETUAL, USD, 2, ContractTerms.perpetual(BTC)));
    all.add(
        contract(
            2,
            INVERSE_PERPETUAL,
            ContractKind.PERPETUAL,
            BTC,
            2,
            new ContractTerms(BTC, 0, true, null)));
    all.add(contract(3, "UNSTATED", ContractKind.PERPETUAL, USD, 2, ContractTerms.UNSTATED));
    int id = 10;
    for (boolean inverse : new boolean[] {false, true}) {
      for (long expiry : new long[] {NEAR_NS, FAR_NS}) {
        for (int strike : STRIKES) {
          for (Right right : Right.values()) {
            OptionTerms option = new OptionTerms(right, new Decimal(strike, 0));
            all.add(
                contract(
                    id++,
                    symbol(inverse, expiry, strike, right),
                    ContractKind.OPTION,
                    inverse ? BTC : USD,
                    inverse ? 6 : 2,
                    new ContractTerms(BTC, expiry, inverse, option)));
          }
        }
      }
    }
    return all;
  }

  static String symbol(boolean inverse, long expiryNs, int strike, Right right) {
    return (inverse ? "I-" : "L-") + (expiryNs == NEAR_NS ? "N-" : "F-") + strike + "-" + right;
  }

  static String call(int strike) {
    return symbol(false, NEAR_NS, strike, Right.CALL);
  }

  static String put(int strike) {
    return symbol(false, NEAR_NS, strike, Right.PUT);
  }

  private static LinearContract contract(
      int id, String symbol, ContractKind kind, int settlement, int scale, ContractTerms terms) {
    boolean inverseFuture = settlement == BTC && scale == 2;
    long maximumPrice = settlement == USD || inverseFuture ? 20_000_000 : 10_000_000;
    int quantityScale = inverseFuture ? 0 : 2;
    long most = settlement == USD ? 1_000_000 : inverseFuture ? 5_000_000 : 100_000;
    return new LinearContract(
        id,
        symbol,
        kind,
        settlement,
        Variation.UNREALISED_UNTIL_CLOSED,
        inverseFuture ? 10 : 1,
        scale,
        quantityScale,
        1,
        maximumPrice,
        most,
        most,
        terms);
  }

  OptionVenue apply(Command command) {
    RefusalReason reason = tryToApply(command);
    if (reason != RefusalReason.NONE) {
      throw new AssertionError(reason + " refused " + command);
    }
    return this;
  }

  RefusalReason tryToApply(Command command) {
    return engine.apply(nowNs, 0, 0, command).reason();
  }

  OptionVenue factor(FactorKind kind, int subject, String value) {
    return publish(kind, subject, 0, value);
  }

  OptionVenue publish(FactorKind kind, int subject, long expiryNs, String value) {
    return apply(
        new Command.PublishFactors(
            List.of(new FactorValue(kind, subject, expiryNs, decimal(value)))));
  }

  OptionVenue volatility(String symbol, String value) {
    return factor(FactorKind.MARK_VOLATILITY, id(symbol), value);
  }

  /// The same volatility for every option.
  OptionVenue volatility(String value) {
    contracts.keySet().stream()
        .filter(symbol -> symbol.contains("-N-") || symbol.contains("-F-"))
        .forEach(symbol -> volatility(symbol, value));
    return this;
  }

  OptionVenue mark(String symbol, long units) {
    return apply(
        new Command.MarkPrices(
            MarkBatch.builder().add(Target.INSTRUMENT, id(symbol), units, nowNs).build()));
  }

  OptionVenue price(int asset, long units) {
    return apply(
        new Command.MarkPrices(MarkBatch.builder().add(Target.ASSET, asset, units, nowNs).build()));
  }

  OptionVenue balance(int asset, long minor) {
    return minor == 0 ? this : apply(new Command.ImportBalance(ACCOUNT, asset, minor));
  }

  /// Cash in whole dollars.
  OptionVenue cash(long dollars) {
    return balance(USD, dollars * 1_000_000);
  }

  /// A position in hundredths of a contract, its premium in cash already.
  OptionVenue position(String symbol, long units) {
    return position(symbol, units, 0);
  }

  OptionVenue position(String symbol, long units, long costTicks) {
    if (units == 0) {
      return this;
    }
    int id = id(symbol);
    return apply(
        units > 0
            ? new Command.ImportPosition(id, ACCOUNT, OTHER_SIDE, units, costTicks)
            : new Command.ImportPosition(id, OTHER_SIDE, ACCOUNT, -units, -costTicks));
  }

  /// Cost of so many contracts of the inverse perpetual at a price in cents.
  static long inverseCost(long units, long price) {
    return listed().get(1).tickScale(8).worthTicks(price) * units;
  }

  int id(String symbol) {
    return java.util.Objects.requireNonNull(contracts.get(symbol), symbol);
  }

  Assessment assess() {
    return engine.view().assess(ACCOUNT);
  }

  long equityE6() {
    return assess().equityE6();
  }

  long maintenanceSurplusE6() {
    Assessment assessment = assess();
    return assessment.equityE6() - assessment.maintenanceMarginE6();
  }

  long initialSurplusE6() {
    Assessment assessment = assess();
    return assessment.initialEquityE6() - assessment.initialMarginE6();
  }

  Term explain() {
    return engine.view().explain(ACCOUNT).terms().getFirst();
  }

  MarginModel model() {
    return java.util.Objects.requireNonNull(engine.machine().valuation.model(account()));
  }

  int account() {
    return engine.view().accountIndex(ACCOUNT);
  }

  FactorBox box() {
    return new FactorBox(engine.machine().book);
  }

  static Decimal decimal(String text) {
    return Decimal.parse(text);
  }
}
