package io.evenkeel.conform.mango;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.ContractScale;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.CollateralScaling;
import io.evenkeel.model.rulebook.CollateralScaling.Rule;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.HealthClosing;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A live engine in which the account of one case is in liquidation: tokens, contracts and the
/// account are brought in by commands under a rulebook that does nothing yet, then a version that
/// maintains what it asks for at first begins the liquidation without taking anything, then the
/// version of the case lets it go on. So the engine's own cycle does what the peer's test asks a
/// liquidator for, also of accounts that a liquidation has left above maintenance. One native unit
/// of a token is one whole unit here.
final class ClosingVenue {
  private static final int SCALE = 9;
  private static final int PRICE_SCALE = 6;
  private static final long SUPPLY = 1_000_000_000_000_000L;
  private static final long PLENTY = SUPPLY / 10;
  private static final long WORST_COST = 10_000;

  /// Who holds the other contracts, long and short.
  private static final long LONG_HOLDER = 3;

  private static final long SHORT_HOLDER = 4;

  private final CaseVenue venue = new CaseVenue(1_000_000_000L);
  private final Map<String, JsonNode> tokens = new LinkedHashMap<>();
  private final List<Asset> assets = new ArrayList<>();
  private final Map<String, JsonNode> contracts = new LinkedHashMap<>();
  private final List<ContractScale> scales = new ArrayList<>();
  private final List<Integer> settling = new ArrayList<>();
  private final Map<Integer, Long> otherSideCost = new LinkedHashMap<>();
  private int toldBefore;

  /// Adds a token; the first one is what the insurance fund holds.
  ClosingVenue token(String name, JsonNode token) {
    int id = assets.size();
    tokens.put(name, token);
    long price = units(Fractions.decimal(token, "oracle"), PRICE_SCALE);
    Asset asset = new Asset(id, "T" + name, SCALE, SUPPLY, PRICE_SCALE, price, 2 * price);
    assets.add(asset);
    venue.asset(asset);
    return this;
  }

  /// Adds a contract that settles in a token.
  ClosingVenue contract(String name, JsonNode contract, String settle) {
    int id = contracts.size();
    contracts.put(name, contract);
    BigDecimal price = Fractions.cut(contract, "oracle");
    ContractScale scale =
        new ContractScale()
            .price(price)
            .price(new BigDecimal("0.0001"))
            .price(BigDecimal.valueOf(WORST_COST))
            .quantity(Fractions.cut(contract, "base_lots"));
    int asset = List.copyOf(tokens.keySet()).indexOf(settle);
    long size = Fractions.cut(contract, "lot").longValueExact();
    venue.instrument(scale.contract(id, "P" + name, assets.get(asset), size));
    venue.mark(id, scale.priceUnits(price));
    scales.add(scale);
    settling.add(asset);
    return this;
  }

  /// Brings the account in and lets the engine liquidate it.
  ///
  /// @param insurance what the insurance fund has, whole units of the first token
  ClosingVenue liquidate(HealthClosing closing, BigDecimal insurance) {
    HealthWeights weights = weights(false);
    Rulebook quiet = QuietRulebook.of("case", collateral(false), weights);
    venue.rulebook(quiet);
    venue.account(LONG_HOLDER);
    venue.account(SHORT_HOLDER);
    publishSlowPrices();
    bringIn();
    if (insurance.signum() > 0) {
      venue.apply(new Command.ContributeInsurance(0, units(insurance, SCALE)));
    }
    HealthClosing nothing =
        new HealthClosing(
            closing.exitToleranceE6(),
            new HealthClosing.Perpetuals(Map.of(), 0, Decimal.ZERO),
            new HealthClosing.Tokens(Map.of(), Decimal.ZERO),
            null);
    venue.apply(new Command.DefineRulebook(1, version(quiet, 2, true, nothing), 0));
    for (int id = 0; id < contracts.size(); id++) {
      otherSideCost.put(id, cost(CaseVenue.OTHER_SIDE, id));
    }
    toldBefore = venue.events().size();
    venue.apply(new Command.DefineRulebook(1, version(quiet, 3, false, closing), 0));
    return this;
  }

  private Rulebook version(Rulebook quiet, int version, boolean strict, HealthClosing closing) {
    TriggerPolicy closes = new TriggerPolicy(Set.of(CycleStep.CLOSE), false);
    LiquidationPolicy policy = quiet.liquidation();
    return new Rulebook(
        quiet.name(),
        version,
        quiet.cashAsset(),
        collateral(strict),
        weights(strict),
        quiet.crossLevels(),
        quiet.isolatedLevels(),
        Map.of(Trigger.PARAMETER_CHANGE, closes),
        quiet.topUp(),
        quiet.release(),
        quiet.call(),
        quiet.lossSources(),
        new LiquidationPolicy(
            List.of(
                new LiquidationStep.CancelOrders(),
                new LiquidationStep.CloseByHealth(closing),
                new LiquidationStep.ShareLoss()),
            policy.partialPenalty(),
            policy.takeOverPenalty(),
            policy.insuranceShare(),
            policy.backstopShare(),
            policy.closing()),
        quiet.venue());
  }

  /// @param strict whether maintenance asks for as much as initial
  private List<CollateralTerms> collateral(boolean strict) {
    List<CollateralTerms> terms = new ArrayList<>();
    int id = 0;
    for (JsonNode token : tokens.values()) {
      List<Rule> rules =
          List.of(
              new Rule.WorseOfSlowPrice(),
              new Rule.InitialDebtWeight(Fractions.parameter(token, "init_liab")));
      terms.add(
          new CollateralTerms(
              assets.get(id++).symbol(),
              Fractions.parameter(token, "init_asset"),
              Fractions.parameter(token, strict ? "init_asset" : "maint_asset"),
              Fractions.parameter(token, strict ? "init_liab" : "maint_liab"),
              1L << 62,
              Decimal.ZERO,
              new CollateralScaling(rules)));
    }
    return terms;
  }

  private HealthWeights weights(boolean strict) {
    Map<String, HealthWeights.Market> markets = new LinkedHashMap<>();
    Map<String, String> marketOf = new LinkedHashMap<>();
    String second = strict ? "init" : "maint";
    contracts.forEach((name, contract) -> {
      markets.put(
          name,
          new HealthWeights.Market(
              Fractions.parameter(contract, "init_asset"),
              Fractions.parameter(contract, second + "_asset"),
              Fractions.parameter(contract, "init_liab"),
              Fractions.parameter(contract, second + "_liab"),
              Fractions.parameter(contract, "init_overall"),
              Fractions.parameter(contract, second + "_overall"),
              QuietRulebook.MARKET));
      marketOf.put("P" + name, name);
    });
    return new HealthWeights(
        markets, marketOf, List.copyOf(contracts.keySet()).getFirst(), Map.of());
  }

  private void publishSlowPrices() {
    List<FactorValue> factors = new ArrayList<>();
    int id = 0;
    for (JsonNode token : tokens.values()) {
      factors.add(factor(FactorKind.SLOW_PRICE, id++, token));
    }
    id = 0;
    for (JsonNode contract : contracts.values()) {
      factors.add(factor(FactorKind.SLOW_MARK, id++, contract));
    }
    venue.factors(factors);
  }

  private static FactorValue factor(FactorKind kind, int subject, JsonNode node) {
    return new FactorValue(kind, subject, 0, Fractions.parameter(node, "stable"));
  }

  private void bringIn() {
    int id = 0;
    for (JsonNode token : tokens.values()) {
      venue.balance(id, units(Fractions.cut(token, "balance"), SCALE));
      for (long account : new long[] {CaseVenue.OTHER_SIDE, LONG_HOLDER, SHORT_HOLDER}) {
        venue.balance(account, id, PLENTY);
      }
      id++;
    }
    id = 0;
    for (JsonNode contract : contracts.values()) {
      bringIn(id, contract);
      id++;
    }
  }

  private void bringIn(int id, JsonNode contract) {
    ContractScale scale = scales.get(id);
    long lots = scale.quantityUnits(Fractions.cut(contract, "base_lots"));
    long cost = scale.ticks(Fractions.cut(contract, "quote").negate(), SCALE);
    if (lots < 0) {
      venue.apply(
          new Command.ImportPosition(id, CaseVenue.OTHER_SIDE, CaseVenue.ACCOUNT, -lots, -cost));
    } else if (lots > 0 || cost != 0) {
      venue.apply(
          new Command.ImportPosition(id, CaseVenue.ACCOUNT, CaseVenue.OTHER_SIDE, lots, cost));
    }
    venue.apply(new Command.ImportPosition(id, LONG_HOLDER, SHORT_HOLDER, 1, 0));
    long profit = scale.ticks(BigDecimal.valueOf(WORST_COST), SCALE);
    venue.apply(new Command.ImportPosition(id, LONG_HOLDER, SHORT_HOLDER, 0, -profit));
  }

  /// What the account has of a token, whole units.
  BigDecimal balance(String token) {
    return amount(CaseVenue.ACCOUNT, token);
  }

  /// What the backstop got of a token, whole units.
  BigDecimal backstopGot(String token) {
    return amount(CaseVenue.OTHER_SIDE, token).subtract(BigDecimal.valueOf(PLENTY, SCALE));
  }

  private BigDecimal amount(long account, String token) {
    int id = List.copyOf(tokens.keySet()).indexOf(token);
    return BigDecimal.valueOf(venue.view().marginMinor(account, id), SCALE);
  }

  /// Lots that the account holds of a contract.
  BigDecimal lots(String contract) {
    int id = List.copyOf(contracts.keySet()).indexOf(contract);
    return BigDecimal.valueOf(venue.view().quantityUnits(CaseVenue.ACCOUNT, id));
  }

  /// Money on the account's position in a contract, whole units.
  BigDecimal quote(String contract) {
    int id = List.copyOf(contracts.keySet()).indexOf(contract);
    return inUnits(id, -cost(CaseVenue.ACCOUNT, id));
  }

  /// Money that came to the backstop's position in a contract, whole units.
  BigDecimal backstopQuote(String contract) {
    int id = List.copyOf(contracts.keySet()).indexOf(contract);
    return inUnits(id, otherSideCost.getOrDefault(id, 0L) - cost(CaseVenue.OTHER_SIDE, id));
  }

  /// What was left to others of losses, whole units.
  BigDecimal shared() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Event event : events()) {
      if (event instanceof Event.LossShared loss) {
        sum = sum.add(BigDecimal.valueOf(loss.sharedMinor(), SCALE));
      }
    }
    return sum;
  }

  private BigDecimal inUnits(int id, long ticks) {
    BigDecimal unit = BigDecimal.valueOf(scales.get(id).ticks(BigDecimal.ONE, SCALE));
    return BigDecimal.valueOf(ticks).divide(unit, SCALE, RoundingMode.HALF_EVEN);
  }

  private long cost(long account, int instrument) {
    long cost = 0;
    for (EngineView.Position position : venue.view().positions(account)) {
      cost += position.instrumentId() == instrument ? position.costTicks() : 0;
    }
    return cost;
  }

  /// What happened since the engine was asked to liquidate.
  List<Event> events() {
    return venue.events().subList(toldBefore, venue.events().size());
  }

  private static long units(BigDecimal value, int places) {
    return value.movePointRight(places).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }
}
