package io.evenkeel.conform.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.conform.portfolio.RandomBook.Leg;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.rulebook.portfolio.VolatilityMove;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Over random accounts; the seed is the test's argument.
class ScenarioPortfolioPropertyTest {
  private static final long ROUNDING_E6 = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldKeepOrderAndCountMoneyInFull(long seed) {
    RandomBook book = RandomBook.of(seed);
    Assessment before = book.assess();
    book.cashE6 += 7_654_321;
    Assessment richer = book.assess();

    assertThat(before.maintenanceMarginE6()).isBetween(0L, before.initialMarginE6());
    assertThat(richer.equityE6()).isEqualTo(before.equityE6() + 7_654_321);
    assertThat(richer.maintenanceMarginE6()).isEqualTo(before.maintenanceMarginE6());
    book.coinE6 += 1_000;
    assertThat(book.assess().equityE6()).isGreaterThan(richer.equityE6());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldNotCareHowAPositionCameAbout(long seed) {
    RandomBook book = RandomBook.of(seed);

    assertThat(book.open(2).assess()).isEqualTo(book.assess());
    Assessment reversed = book.with(book.legs.reversed()).assess();
    assertThat(reversed.equityE6()).isCloseTo(book.assess().equityE6(), within(ROUNDING_E6));
    assertThat(reversed.initialMarginE6())
        .isCloseTo(book.assess().initialMarginE6(), within(ROUNDING_E6));
  }

  /// Without skew scenarios the loss is subadditive: a hedge never needs more than its legs.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldNeverAskMoreOfAHedgeThanOfItsLegs(long seed) {
    RandomBook book = RandomBook.of(seed);
    int half = book.legs.size() / 2;
    RandomBook one = book.with(book.legs.subList(0, half));
    RandomBook other = book.with(book.legs.subList(half, book.legs.size()));
    other.perpHundredths = 0;
    other.coinE6 = 0;

    assertThat(book.assess().maintenanceMarginE6())
        .isLessThanOrEqualTo(
            one.assess().maintenanceMarginE6() + other.assess().maintenanceMarginE6() + 2);
    assertThat(book.assess().initialMarginE6())
        .isLessThanOrEqualTo(one.assess().initialMarginE6() + other.assess().initialMarginE6() + 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldAskMoreWithALargerHaircutAndMoveWithTheMarket(long seed) {
    RandomBook book = RandomBook.of(seed);
    Assessment before = book.assess();
    book.haircut = "0.06";
    assertThat(book.assess().maintenanceMarginE6())
        .isGreaterThanOrEqualTo(before.maintenanceMarginE6());
    book.haircut = "0.05";
    List<Leg> moved =
        book.legs.stream()
            .map(leg ->
                new Leg(
                    leg.days(),
                    leg.strike(),
                    leg.isCall(),
                    leg.hundredths(),
                    leg.volatility() + 1e-9))
            .toList();
    assertThat(book.with(moved).assess().maintenanceMarginE6())
        .as("no jump in volatility")
        .isCloseTo(before.maintenanceMarginE6(), within(2_000L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldExplainEveryFigureByItsChildren(long seed) {
    RandomBook book = RandomBook.of(seed);
    Term root = book.explain();
    recompute(root);
    Assessment assessment = book.assess();
    assertThat(root.find("equity").value())
        .isEqualByComparingTo(BigDecimal.valueOf(assessment.equityE6(), 6));
    assertThat(root.find("initial margin").value())
        .isEqualByComparingTo(BigDecimal.valueOf(assessment.initialMarginE6(), 6));
    BigDecimal exact = root.find("maintenance margin", "units, rounded up", "units").value();
    assertThat(root.find("maintenance margin").value().subtract(exact).doubleValue())
        .as("rounded once, against the account")
        .isBetween(-1e-7, 1.1e-6);
  }

  private static void recompute(Term term) {
    if (term.operation() != Operation.INPUT && term.operation() != Operation.FUNCTION) {
      assertThat(term.value())
          .as(term.name())
          .isEqualByComparingTo(term.operation().apply(term.children()));
    }
    term.children().forEach(ScenarioPortfolioPropertyTest::recompute);
  }

  /// The same account by other algebra: leg by leg instead of expiry by expiry, puts by parity,
  /// probabilities by a series.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void shouldAgreeWithAnIndependentEvaluation(long seed) {
    RandomBook book = RandomBook.of(seed);
    Assessment actual = book.assess();
    double coin = book.coinE6 / 1e6 * book.spot;
    double perp = book.perpHundredths / 100.0;
    double options = 0;
    double gross = 0;
    Map<String, Double> nets = new TreeMap<>();
    for (Leg leg : book.legs) {
      options += amount(leg) * worth(book, leg, 1, VolatilityMove.NONE);
      gross += Math.abs(amount(leg));
      nets.merge(leg.days() + "/" + leg.strike(), amount(leg), Double::sum);
    }
    double worst = basis(book);
    for (double factor : RandomBook.SPOTS) {
      for (VolatilityMove move : RandomBook.MOVES) {
        double weight = factor > 1.3 ? 0.5 : 1;
        Map<Integer, Double> shocked = byExpiry(book, factor, move);
        Map<Integer, Double> now = byExpiry(book, 1, VolatilityMove.NONE);
        double profit = (perp * book.spot + coin) * (factor - 1);
        for (int days : shocked.keySet()) {
          profit += discounted(book, days, shocked.get(days)) - now.get(days);
        }
        worst = Math.min(worst, weight * profit);
      }
    }
    double naked = nets.values().stream().mapToDouble(net -> Math.max(0, -net)).sum();
    double fixed = Math.abs(perp) * book.spot * 0.015 + naked * book.spot * 0.003 + coin * 0.05;
    double added = Math.abs(perp) * book.spot * 0.005 + naked * book.spot * 0.002 + coin * 0.01;
    if (book.confidence < 0.4) {
      double exposed = (Math.abs(perp) + gross) * book.spot + coin;
      added += (1 - book.confidence) * 0.5 * exposed;
    }
    near(actual.equityE6(), book.cashE6 / 1e6 + options + coin);
    near(actual.maintenanceMarginE6(), -worst * 0.8 + fixed);
    near(actual.initialMarginE6(), -worst + fixed + added);
  }

  private static void near(long actualE6, double expected) {
    assertThat(actualE6 / 1e6).isCloseTo(expected, within(2e-6 + 1e-9 * Math.abs(expected)));
  }

  private static double amount(Leg leg) {
    return leg.hundredths() / 100.0;
  }

  private static Map<Integer, Double> byExpiry(
      RandomBook book, double factor, VolatilityMove move) {
    Map<Integer, Double> sums = new TreeMap<>();
    for (Leg leg : book.legs) {
      sums.merge(leg.days(), amount(leg) * worth(book, leg, factor, move), Double::sum);
    }
    return sums;
  }

  private static double basis(RandomBook book) {
    Map<Integer, Double> up = byExpiry(book, 1.05, VolatilityMove.NONE);
    Map<Integer, Double> down = byExpiry(book, 0.95, VolatilityMove.NONE);
    double sum = 0;
    for (Map.Entry<Integer, Double> now : byExpiry(book, 1, VolatilityMove.NONE).entrySet()) {
      int days = now.getKey();
      double worse = Math.min(up.get(days), down.get(days)) - now.getValue();
      sum += Math.min(0, worse) * (0.5 + 2 * days / 365.0);
    }
    return sum;
  }

  private static double discounted(RandomBook book, int days, double value) {
    double years = days / 365.0;
    double rate = book.rate(days);
    return value >= 0
        ? value * 0.95 * Math.exp(-years * (rate + 0.08))
        : value * Math.min(Math.exp(rate * years), 1.04 * Math.exp(years * (rate / 2 + 0.08)));
  }

  private static double worth(RandomBook book, Leg leg, double factor, VolatilityMove move) {
    double ratio = Math.pow(30.0 / leg.days(), leg.days() <= 30 ? 0.3 : 0.13);
    double volatility =
        switch (move) {
          case UP -> Math.max(0.45, leg.volatility() * (1 + 0.5 * ratio));
          case DOWN -> leg.volatility() * Math.max(0, 1 - 0.3 * ratio);
          default -> leg.volatility();
        };
    double forward = book.forward(leg.days()) * factor;
    double years = leg.days() / 365.0;
    double deviation = volatility * Math.sqrt(years);
    double call;
    if (deviation == 0) {
      call = Math.max(0, forward - leg.strike());
    } else {
      double d1 = (Math.log(forward) - Math.log(leg.strike())) / deviation + deviation / 2;
      call = forward * below(d1) - leg.strike() * below(d1 - deviation);
    }
    double value = leg.isCall() ? call : call - forward + leg.strike();
    return value * Math.exp(-book.rate(leg.days()) * years);
  }

  /// `1/2 + density(x) * (x + x^3/3 + x^5/15 + ...)`.
  private static double below(double x) {
    if (Math.abs(x) > 9) {
      return x > 0 ? 1 : 0;
    }
    double term = x;
    double sum = x;
    for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum) && i < 1_000; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
