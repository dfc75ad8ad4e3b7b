package io.evenkeel.engine.margin;

import static io.evenkeel.engine.margin.Terms.e6;
import static io.evenkeel.engine.margin.Terms.input;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.Brackets;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RateScaling.Concentration;
import io.evenkeel.model.rulebook.RateScaling.Ramp;
import io.evenkeel.model.rulebook.RateScaling.VolatilityRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What [RateFactors] makes of a requirement by brackets, as terms down to the figures stated and
/// the parameters.
final class RateFactorTerms {
  private static final int SHARE_PLACES = 9;

  private final Book book;
  private final RulebookTerms terms;
  private final RateFactors factors;
  private final RateScaling scaling;

  RateFactorTerms(Book book, RulebookTerms terms, RateFactors factors, RateScaling scaling) {
    this.book = book;
    this.terms = terms;
    this.factors = factors;
    this.scaling = scaling;
  }

  /// The requirement as scaled, under a name; the requirement itself where nothing scales it.
  Term scaled(String name, Term byBrackets, int instrument, long notionalE6, boolean maintenance) {
    if (scaling.isNone()) {
      return byBrackets;
    }
    long requirement = byBrackets.value().movePointRight(Asset.NUMERAIRE_SCALE).longValueExact();
    Brackets brackets = terms.brackets(instrument);
    long scaled =
        factors.scaledE6(scaling, brackets, instrument, notionalE6, requirement, maintenance);
    Term factor = factor(brackets, instrument, notionalE6, maintenance);
    return Terms.of(name, Operation.PRODUCT, scaled, byBrackets, factor);
  }

  private Term factor(Brackets brackets, int instrument, long notionalE6, boolean maintenance) {
    VolatilityRange range = scaling.volatility();
    if (range == null) {
      return added("factor", instrument, notionalE6, maintenance);
    }
    long factor = factors.factorE9(scaling, brackets, instrument, notionalE6, maintenance);
    return new Term(
        "factor",
        Operation.PRODUCT,
        BigDecimal.valueOf(factor, SHARE_PLACES),
        "1",
        List.of(
            added("with additions", instrument, notionalE6, maintenance),
            volatility(range, instrument)));
  }

  private Term volatility(VolatilityRange range, int instrument) {
    Brackets brackets = terms.brackets(instrument);
    return new Term(
        "volatility over the usual",
        Operation.FUNCTION,
        BigDecimal.valueOf(factors.volatilityE9(range, brackets, instrument), SHARE_PLACES),
        "1",
        List.of(
            input(
                "volatility stated",
                book.instruments.volatility().statedE9(instrument),
                SHARE_PLACES,
                "1"),
            input("usual", brackets.dailyMoveE9(), SHARE_PLACES, "1"),
            input("lowest", range.lowestE9(), SHARE_PLACES, "1"),
            input("highest", range.highestE9(), SHARE_PLACES, "1")));
  }

  private Term added(String name, int instrument, long notionalE6, boolean maintenance) {
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
    long sum = factors.addedE9(scaling, instrument, notionalE6, maintenance);
    return new Term(name, Operation.SUM, BigDecimal.valueOf(sum, SHARE_PLACES), "1", parts);
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
