package io.evenkeel.model.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.LevelPolicy.BetweenRequirements;
import io.evenkeel.model.rulebook.LevelPolicy.ScaledMaintenance;
import io.evenkeel.model.rulebook.LiquidationPolicy.ClosingMarket;
import io.evenkeel.model.rulebook.LiquidationStep.CancelOrders;
import io.evenkeel.model.rulebook.LiquidationStep.DrawInsurance;
import io.evenkeel.model.rulebook.LiquidationStep.ExitLevel;
import io.evenkeel.model.rulebook.LiquidationStep.PartialClose;
import io.evenkeel.model.rulebook.LiquidationStep.TakeOver;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulebookParametersTest {
  private static final long TOO_LONG_NS = CallPolicy.MAXIMUM_DURATION_NS + 1;
  private static final Bracket FIRST = new Bracket(0, of("0.05"), of("0.1"));
  private static final BracketTable TABLE = new BracketTable(List.of(FIRST), of("0.04"), 1);
  private static final ClosingMarket CLOSING = new ClosingMarket(of("0"), of("0"), of("0.1"));

  static Stream<Arguments> badParts() {
    return Stream.of(
        bad("collateral.asset", () -> terms(" ", "1", "1", "1", 0, "0")),
        bad("collateral.initialWeight", () -> terms("A", "-0.1", "1", "1", 0, "0")),
        bad("collateral.initialWeight", () -> terms("A", "0.9", "0.8", "1", 0, "0")),
        bad("collateral.maintenanceWeight", () -> terms("A", "1", "1.1", "1", 0, "0")),
        bad("collateral.debtWeight", () -> terms("A", "1", "1", "0.9", 0, "0")),
        bad("collateral.debtWeight", () -> terms("A", "1", "1", "4.1", 0, "0")),
        bad("collateral.capMinor", () -> terms("A", "1", "1", "1", -1, "0")),
        bad("collateral.conversionHaircut", () -> terms("A", "1", "1", "1", 0, "-0.1")),
        bad("collateral.conversionHaircut", () -> terms("A", "1", "1", "1", 0, "1")),
        bad("bracket.floor", () -> new Bracket(-1, of("0.1"), of("0.1"))),
        bad("bracket.maintenanceRate", () -> new Bracket(0, of("0"), of("0.1"))),
        bad("bracket.initialRate", () -> new Bracket(0, of("0.2"), of("0.1"))),
        bad("bracket.initialRate", () -> new Bracket(0, of("0.2"), of("1.1"))),
        bad("brackets", () -> new BracketTable(List.of(), of("0.1"), 1)),
        bad("brackets[0].floor", () -> table(new Bracket(1, of("0.1"), of("0.1")))),
        bad("brackets[1].floor", () -> table(FIRST, FIRST)),
        bad("brackets[1]", () -> table(FIRST, new Bracket(1, of("0.04"), of("0.1")))),
        bad("brackets[1]", () -> table(FIRST, new Bracket(1, of("0.05"), of("0.09")))),
        bad("dailyMove", () -> new BracketTable(List.of(FIRST), of("0"), 1)),
        bad("dailyMove", () -> new BracketTable(List.of(FIRST), of("10.1"), 1)),
        bad("depth", () -> new BracketTable(List.of(FIRST), of("0.1"), 0)),
        bad("requirement.defaultTable", () -> tiered(Map.of(), "absent", "1")),
        bad("requirement.tableOfInstrument.X", () -> tiered(Map.of("X", "absent"), "main", "1")),
        bad("requirement.profitInitialWeight", () -> tiered(Map.of(), "main", "-0.1")),
        bad("requirement.profitInitialWeight", () -> tiered(Map.of(), "main", "1.1")),
        bad("levels.search", () -> new ScaledMaintenance(of("0.9"), of("2"), of("3"))),
        bad("levels.initial", () -> new ScaledMaintenance(of("1.5"), of("1.4"), of("3"))),
        bad("levels.release", () -> new ScaledMaintenance(of("1.5"), of("2"), of("1.9"))),
        bad("levels.release", () -> new ScaledMaintenance(of("1.5"), of("2"), of("1000.1"))),
        bad("levels.searchShare", () -> new BetweenRequirements(of("-0.1"), of("1"))),
        bad("levels.searchShare", () -> new BetweenRequirements(of("1.1"), of("1"))),
        bad("levels.releaseFactor", () -> new BetweenRequirements(of("0.5"), of("0.9"))),
        bad("levels.releaseFactor", () -> new BetweenRequirements(of("0.5"), of("1000.1"))),
        bad("release.minimum", () -> new ReleasePolicy(true, -1, 0, of("1"))),
        bad("release.coolDown", () -> new ReleasePolicy(true, 0, -1, of("1"))),
        bad("release.coolDown", () -> new ReleasePolicy(true, 0, TOO_LONG_NS, of("1"))),
        bad("release.profitAllowance", () -> new ReleasePolicy(true, 0, 0, of("-0.1"))),
        bad("release.profitAllowance", () -> new ReleasePolicy(true, 0, 0, of("1.1"))),
        bad("call.deadline", () -> call(0, 1)),
        bad("call.deadline", () -> call(TOO_LONG_NS, 1)),
        bad("call.updateStep", () -> call(1, 0)),
        bad("guard.maximumAge", () -> new MarketDataGuard(-1, of("0"), of("0"), 0)),
        bad("guard.maximumAge", () -> new MarketDataGuard(TOO_LONG_NS, of("0"), of("0"), 0)),
        bad("guard.maximumDeviation", () -> new MarketDataGuard(0, of("-1"), of("0"), 0)),
        bad("guard.maximumUncertainty", () -> new MarketDataGuard(0, of("0"), of("-1"), 0)),
        bad("guard.tolerance", () -> new MarketDataGuard(0, of("0"), of("0"), -1)),
        bad("guard.tolerance", () -> new MarketDataGuard(0, of("0"), of("0"), TOO_LONG_NS)),
        bad("venue.priceCollar", () -> venue("-0.1", Map.of())),
        bad("venue.suspended.continuous", () -> venue(TradingPhase.CONTINUOUS, CycleStep.CLOSE)),
        bad("venue.suspended", () -> venue(TradingPhase.HALTED, CycleStep.SETTLE)));
  }

  static Stream<Arguments> badLiquidations() {
    TakeOver takeOver = new TakeOver();
    return Stream.of(
        bad("liquidation.closing.baseSlippage", () -> closing("-0.1", "0", "0.1")),
        bad("liquidation.closing.baseSlippage", () -> closing("0.2", "0", "0.1")),
        bad("liquidation.closing.impact", () -> closing("0", "-0.1", "0.1")),
        bad("liquidation.closing.impact", () -> closing("0", "1.1", "0.1")),
        bad("liquidation.closing.maximumSlippage", () -> closing("0", "0", "1")),
        bad("liquidation.steps", () -> liquidation(new CancelOrders())),
        bad(
            "liquidation.steps[1]",
            () -> liquidation(new PartialClose(ExitLevel.SEARCH), initialClose(), takeOver)),
        bad("liquidation.steps[0]", () -> liquidation(new DrawInsurance(), takeOver)),
        bad("liquidation.steps[1]", () -> liquidation(takeOver, new CancelOrders())),
        bad("liquidation.partialPenalty", () -> penalties("1.1", "0", "0", "0")),
        bad("liquidation.takeOverPenalty", () -> penalties("0", "-0.1", "0", "0")),
        bad("liquidation.insuranceShare", () -> penalties("0", "0", "1.1", "0")),
        bad("liquidation.backstopShare", () -> penalties("0", "0", "0", "-1")),
        bad("liquidation.backstopShare", () -> penalties("0", "0", "0.6", "0.5")));
  }

  static Stream<Arguments> badBooks() {
    CollateralTerms usd = terms("USD", "1", "1", "1", 0, "0");
    List<CollateralTerms> one = List.of(usd);
    List<LossSource> margin = List.of(LossSource.MARGIN);
    return Stream.of(
        bad("name", () -> book(" ", 1, "USD", one, margin)),
        bad("name", () -> book("n".repeat(65), 1, "USD", one, margin)),
        bad("version", () -> book("n", 0, "USD", one, margin)),
        bad("collateral", () -> book("n", 1, "USD", List.of(), margin)),
        bad("collateral", () -> book("n", 1, "USD", List.of(usd, usd), margin)),
        bad("cashAsset", () -> book("n", 1, "BTC", one, margin)),
        bad("lossSources", () -> book("n", 1, "USD", one, List.of())),
        bad("lossSources", () -> book("n", 1, "USD", one, List.of(LossSource.WALLET))),
        bad(
            "lossSources",
            () -> book("n", 1, "USD", one, List.of(LossSource.MARGIN, LossSource.MARGIN))));
  }

  @ParameterizedTest
  @MethodSource({"badParts", "badLiquidations", "badBooks"})
  void shouldNameTheBadParameter(String parameter, Supplier<Object> construction) {
    InvalidParameter refusal =
        catchThrowableOfType(InvalidParameter.class, () -> construction.get());
    assertThat(refusal).isNotNull();
    assertThat(refusal.parameter()).isEqualTo(parameter);
    assertThat(refusal.remedy()).isNotBlank();
  }

  @Test
  void shouldAcceptEveryParameterAtItsBound() {
    assertThat(terms("A", "0", "0", "4", 0, "0.99").debtWeight()).isEqualTo(of("4"));
    assertThat(new Bracket(0, of("1"), of("1")).initialRate()).isEqualTo(Decimal.ONE);
    assertThat(new ScaledMaintenance(of("1"), of("1.1"), of("1000")).search()).isEqualTo(of("1"));
    assertThat(new BetweenRequirements(of("1"), of("1000")).searchShare()).isEqualTo(of("1"));
    assertThat(new ReleasePolicy(false, 0, TOO_LONG_NS - 1, of("0")).minimumE6()).isZero();
    assertThat(call(TOO_LONG_NS - 1, 1).updateStepE6()).isOne();
    assertThat(closing("0.5", "1", "0.5").impact()).isEqualTo(Decimal.ONE);
    assertThat(penalties("1", "1", "0.5", "0.5").steps()).hasSize(1);
  }

  @Test
  void shouldNotSeeLaterChangesOfWhatItWasMadeFrom() {
    Map<String, BracketTable> tables = new HashMap<>(Map.of("main", TABLE));
    TieredRates rates = new TieredRates(tables, Map.of(), "main", true, Decimal.ONE);
    tables.clear();
    assertThat(rates.tableFor("X")).isEqualTo(TABLE);
    Map<TradingPhase, Set<CycleStep>> suspended = new EnumMap<>(TradingPhase.class);
    suspended.put(TradingPhase.AUCTION, Set.of(CycleStep.RELEASE));
    VenuePolicy venue = venue("0", suspended);
    suspended.clear();
    assertThat(venue.suspends(TradingPhase.AUCTION, CycleStep.RELEASE)).isTrue();
    assertThat(venue.suspends(TradingPhase.AUCTION, CycleStep.CALL)).isFalse();
    assertThat(venue.suspends(TradingPhase.HALTED, CycleStep.RELEASE)).isFalse();
  }

  @Test
  void shouldAnswerForModesAndTriggers() {
    Rulebook book =
        book(
            "n",
            1,
            "USD",
            List.of(terms("USD", "1", "1", "1", 0, "0")),
            List.of(LossSource.MARGIN));
    assertThat(book.levels(AccountMode.CROSS)).isEqualTo(new LevelPolicy.FullyCollateralised());
    assertThat(book.levels(AccountMode.ISOLATED)).isEqualTo(new LevelPolicy.WithoutBands());
    assertThat(book.onTrigger(Trigger.FILL).runs(CycleStep.CALL)).isTrue();
    assertThat(book.onTrigger(Trigger.FILL).runs(CycleStep.CLOSE)).isFalse();
    assertThat(book.onTrigger(Trigger.MARKS)).isEqualTo(TriggerPolicy.NOTHING);
  }

  private static Arguments bad(String parameter, Supplier<Object> construction) {
    return Arguments.of(parameter, construction);
  }

  private static Decimal of(String text) {
    return Decimal.parse(text);
  }

  private static CollateralTerms terms(
      String asset, String initial, String maintenance, String debt, long cap, String haircut) {
    return new CollateralTerms(asset, of(initial), of(maintenance), of(debt), cap, of(haircut));
  }

  private static BracketTable table(Bracket... brackets) {
    return new BracketTable(List.of(brackets), of("0.04"), 1);
  }

  private static TieredRates tiered(
      Map<String, String> tableOfInstrument, String defaultTable, String profitWeight) {
    return new TieredRates(
        Map.of("main", TABLE), tableOfInstrument, defaultTable, true, of(profitWeight));
  }

  private static CallPolicy call(long deadlineNs, long updateStepE6) {
    return new CallPolicy(true, deadlineNs, updateStepE6, CallPolicy.OnExpiry.NOTHING);
  }

  private static VenuePolicy venue(TradingPhase phase, CycleStep step) {
    return venue("0", Map.of(phase, Set.of(step)));
  }

  private static VenuePolicy venue(String collar, Map<TradingPhase, Set<CycleStep>> suspended) {
    MarketDataGuard guard = new MarketDataGuard(0, of("0"), of("0"), 0);
    return new VenuePolicy(ExecutionOrder.INDEX, of(collar), guard, guard, suspended);
  }

  private static ClosingMarket closing(String base, String impact, String maximum) {
    return new ClosingMarket(of(base), of(impact), of(maximum));
  }

  private static LiquidationStep initialClose() {
    return new PartialClose(ExitLevel.INITIAL);
  }

  private static LiquidationPolicy liquidation(LiquidationStep... steps) {
    Decimal none = Decimal.ZERO;
    return new LiquidationPolicy(List.of(steps), none, none, none, none, CLOSING);
  }

  private static LiquidationPolicy penalties(
      String partial, String takeOver, String insuranceShare, String backstopShare) {
    return new LiquidationPolicy(
        List.of(new TakeOver()),
        of(partial),
        of(takeOver),
        of(insuranceShare),
        of(backstopShare),
        CLOSING);
  }

  private static Rulebook book(
      String name,
      int version,
      String cashAsset,
      List<CollateralTerms> collateral,
      List<LossSource> lossSources) {
    return new Rulebook(
        name,
        version,
        cashAsset,
        collateral,
        tiered(Map.of(), "main", "1"),
        new LevelPolicy.FullyCollateralised(),
        new LevelPolicy.WithoutBands(),
        Map.of(Trigger.FILL, new TriggerPolicy(Set.of(CycleStep.CALL), false)),
        new TopUpPolicy(true),
        new ReleasePolicy(true, 0, 0, Decimal.ONE),
        call(1, 1),
        lossSources,
        liquidation(new TakeOver()),
        venue("0", Map.of()));
  }
}
