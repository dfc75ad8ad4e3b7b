package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.debt.DebtModel;
import io.evenkeel.engine.margin.factor.FactorRatesModel;
import io.evenkeel.engine.margin.health.HealthModel;
import io.evenkeel.engine.margin.options.StandardOptionsModel;
import io.evenkeel.engine.margin.portfolio.ScenarioPortfolioModel;
import io.evenkeel.engine.margin.rates.OpenInterestModel;
import io.evenkeel.engine.margin.rates.SizeScaledModel;
import io.evenkeel.engine.margin.sized.SizedRatioModel;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.HealthWeights;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.SizeScaledRates;
import io.evenkeel.model.rulebook.SizedRatios;
import io.evenkeel.model.rulebook.StandardOptions;
import io.evenkeel.model.rulebook.portfolio.ScenarioPortfolio;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The margin models of the rulebooks in force, made when they are first needed and made anew when
/// a rulebook, an asset or an instrument changes.
final class MarginModels {
  private final Book book;
  private final Valuation valuation;
  private final List<@Nullable Made> made = new ArrayList<>();

  private record Made(RulebookTerms terms, MarginModel model) {}

  MarginModels(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  /// The model of a rulebook whose requirement is `parameters`.
  MarginModel of(int rulebook, RulebookTerms terms, ModelParameters parameters) {
    while (made.size() <= rulebook) {
      made.add(null);
    }
    Made known = made.get(rulebook);
    if (known == null || known.terms() != terms) {
      known = new Made(terms, make(terms, parameters));
      made.set(rulebook, known);
    }
    return known.model();
  }

  private MarginModel make(RulebookTerms terms, ModelParameters parameters) {
    return switch (parameters) {
      case OpenInterestRates it -> new OpenInterestModel(book, terms, valuation, it);
      case SizeScaledRates it -> new SizeScaledModel(book, terms, valuation, it);
      case FactorRates it -> new FactorRatesModel(book, terms, valuation, it);
      case SizedRatios it -> new SizedRatioModel(book, terms, it);
      case HealthWeights it -> new HealthModel(book, terms, it);
      case CollateralisedDebt it -> new DebtModel(book, terms, valuation, it);
      case StandardOptions it -> new StandardOptionsModel(book, terms, valuation, it);
      case ScenarioPortfolio it -> new ScenarioPortfolioModel(book, terms, valuation, it);
      default -> throw new InvariantViolation("there is a margin model for " + parameters.type());
    };
  }
}
