package io.evenkeel.engine.margin;

import static io.evenkeel.engine.margin.Terms.e6;
import static io.evenkeel.engine.margin.Terms.input;

import io.evenkeel.engine.book.Book;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What [RateFactors] makes of a requirement by brackets, as terms down to the figures stated and
/// the parameters.
final class RateFactorTerms {
  private static final int SHARE_PLACES = 9;

  private final Book book;
  private final RateFactors factors;
  private final RateScaling scaling;

  RateFactorTerms(Book book, RateFactors factors, RateScaling scaling) {
    this.book = book;
    this.factors = factors;
    this.scaling = scaling;
  }

  /// The requirement as scaled, under a name; the requirement itself where nothing scales it.
  Term scaled(String name, Term byBrackets, int instrument, long notionalE6, boolean maintenance) {
    if (scaling.isNone()) {
      return byBrackets;
    }
    long requirement = byBrackets.value().movePointRight(Asset.NUMERAIRE_SCALE).longValueExact();
    return Terms.of(
        name,
        Operation.PRODUCT,
        factors.scaledE6(scaling, instrument, notionalE6, requirement, maintenance),
        byBrackets,
        factor(instrument, notionalE6, maintenance));
  }

  private Term factor(int instrument, long notionalE6, boolean maintenance) {
    List<Term> parts = new ArrayList<>();
    parts.add(Term.input("as the table has it", BigDecimal.ONE, "1"));
    Concentration concentration = scaling.concentration();
    if (concentration != null) {
      parts.add(concentration(concentration, instrument, notionalE6, maintenance));
    }
    Ramp byOpenInterest = scaling.openInterest();
    if (byOpenInterest != null) {
      parts.add(
          added(
              "open interest",
              byOpenInterest,
              factors.openInterestE9(byOpenInterest, instrument, maintenance),
              openInterest(instrument),
              Asset.NUMERAIRE_SCALE));
    }
    Ramp byUncertainty = scaling.uncertainty();
    if (byUncertainty != null) {
      parts.add(
          added(
              "uncertainty of the mark",
              byUncertainty,
              factors.uncertaintyE9(byUncertainty, instrument, maintenance),
              input("uncertainty", book.instruments.quotes().uncertaintyE6(instrument), 6, "1"),
              6));
    }
    long sum = factors.factorE9(scaling, instrument, notionalE6, maintenance);
    return new Term("factor", Operation.SUM, BigDecimal.valueOf(sum, SHARE_PLACES), "1", parts);
  }

  private Term concentration(
      Concentration concentration, int instrument, long notionalE6, boolean maintenance) {
    Term share =
        new Term(
            "share of the open interest",
            Operation.FUNCTION,
            BigDecimal.valueOf(
                factors.shareE9(concentration, instrument, notionalE6), SHARE_PLACES),
            "1",
            List.of(
                Term.input("notional", e6(notionalE6), Terms.NUMERAIRE),
                openInterest(instrument),
                Term.input("least", e6(concentration.leastE6()), Terms.NUMERAIRE)));
    return added(
        "concentration",
        concentration.ramp(),
        factors.concentrationE9(concentration, instrument, notionalE6, maintenance),
        share,
        SHARE_PLACES);
  }

  private Term openInterest(int instrument) {
    return Term.input(
        "open interest stated", e6(factors.openInterestE6(instrument)), Terms.NUMERAIRE);
  }

  /// One addition; a ramp that does not count for the level adds nothing.
  private static Term added(String name, Ramp ramp, long addedE9, Term figure, int places) {
    return new Term(
        name,
        Operation.FUNCTION,
        BigDecimal.valueOf(addedE9, SHARE_PLACES),
        "1",
        List.of(
            figure,
            input("from", ramp.from(), places, figure.unit()),
            input("to", ramp.to(), places, figure.unit()),
            input("most", ramp.mostE9(), SHARE_PLACES, "1")));
  }
}
