package io.evenkeel.engine.margin;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.options.StandardOptionsModel;
import io.evenkeel.engine.margin.rates.OpenInterestModel;
import io.evenkeel.engine.margin.factor.FactorRatesModel;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.StandardOptions;
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
    if (parameters instanceof StandardOptions options) {
      return new StandardOptionsModel(book, terms, options);
    }
    if (parameters instanceof OpenInterestRates rates) {
      return new OpenInterestModel(book, terms, valuation, rates);
    }
    if (parameters instanceof FactorRates rates) {
      return new FactorRatesModel(book, terms, valuation, rates);
    }
    throw new IllegalStateException("no margin model computes by " + parameters.type());
  }
}
