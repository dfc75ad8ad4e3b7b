package io.evenkeel.bench;

import io.evenkeel.engine.OptionBook;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.portfolio.RiskUnit;
import io.evenkeel.model.rulebook.portfolio.Scenario;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// An account of fifty options over ten expiries under forty scenarios, weighed by the engine's own
/// model: the rulebook `derive-pmrm2` with some more moves of the spot. Everything between the book
/// and equity, levels and both requirements is in it. Divide by 2,000 for an option and scenario.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
public class ScenarioPortfolioBenchmark {
  static final int OPTIONS = 50;
  static final int SCENARIOS = 40;

  /// Expiries of the account.
  public static final int EXPIRIES = 10;

  final OptionBook book = new OptionBook(rulebook(), OPTIONS, EXPIRIES);

  /// Made by JMH; the same account every time.
  public ScenarioPortfolioBenchmark() {}

  /// The rulebook; its other coins are left out.
  public static Rulebook rulebook() {
    Rulebook shipped = ShippedRulebooks.load("derive-pmrm2");
    if (!(shipped.requirement() instanceof ScenarioPortfolio portfolio)) {
      throw new IllegalStateException("not a scenario portfolio: " + shipped.name());
    }
    RiskUnit unit = portfolio.units().get("BTC");
    if (unit == null) {
      throw new IllegalStateException("no unit BTC");
    }
    List<CollateralTerms> collateral = new ArrayList<>(shipped.collateral());
    collateral.removeIf(terms -> !List.of("USDC", "BTC").contains(terms.asset()));
    List<Scenario> scenarios = new ArrayList<>(unit.scenarios());
    for (int i = 0; scenarios.size() < SCENARIOS; i++) {
      scenarios.add(new Scenario(new Decimal(71 + 7L * i, 2), VolatilityMove.UP, Decimal.ONE));
    }
    RiskUnit wider =
        new RiskUnit(
            unit.valuedIn(),
            unit.discounted(),
            unit.maintenanceFactor(),
            unit.initialFactor(),
            scenarios.subList(0, SCENARIOS),
            unit.extended(),
            unit.volatility(),
            unit.skew(),
            unit.discount(),
            unit.basis(),
            unit.charges(),
            unit.confidence(),
            unit.peg(),
            unit.delta(),
            unit.gains(),
            unit.provisions(),
            unit.collateral());
    return new Rulebook(
        shipped.name(),
        shipped.version(),
        shipped.cashAsset(),
        collateral,
        new ScenarioPortfolio(Map.of("BTC", wider), portfolio.market()),
        shipped.crossLevels(),
        shipped.isolatedLevels(),
        shipped.triggers(),
        shipped.topUp(),
        shipped.release(),
        shipped.call(),
        shipped.lossSources(),
        shipped.liquidation(),
        shipped.venue());
  }

  /// Every forward moved: all options are valued anew.
  @Benchmark
  public long full() {
    return book.weighAfterMarketMoved();
  }

  /// The forward of one expiry moved.
  @Benchmark
  public long oneExpiryMoved() {
    return book.weighAfterOneExpiryMoved();
  }

  /// The quantity of one leg changed.
  @Benchmark
  public long oneLegChanged() {
    return book.weighAfterOneLegChanged();
  }

  /// Nothing changed.
  @Benchmark
  public long again() {
    return book.weigh();
  }
}
