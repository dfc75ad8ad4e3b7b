package io.evenkeel.engine.margin;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.Evidence.CollateralLine;
import io.evenkeel.model.event.Evidence.PositionLine;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.List;

/// Writes down what a decision was computed from, with the same functions that computed it.
public final class EvidenceWriter {
  private final Book book;
  private final Valuation valuation;

  /// Reads the book.
  public EvidenceWriter(Book book, Valuation valuation) {
    this.book = book;
    this.valuation = valuation;
  }

  /// Evidence of an account as it stands; `weighing` must be its valuation now.
  public Evidence of(int account, Trigger trigger, Weighing weighing) {
    int rulebook = book.accounts.rulebook(account);
    RulebookTerms terms = book.rulebooks.at(rulebook);
    return new Evidence(
        trigger,
        book.rulebooks.idAt(rulebook),
        terms.rulebook().version(),
        weighing.toAssessment(),
        collateral(account, terms),
        positions(account, terms),
        isExplained(terms) ? List.of(valuation.explain(account)) : List.of());
  }

  /// Whether the lines alone do not say what requirements were computed from.
  private static boolean isExplained(RulebookTerms terms) {
    return switch (terms.rulebook().requirement()) {
      case TieredRates tiered -> !tiered.scaling().isNone();
      case ModelParameters _ -> true;
    };
  }

  private List<CollateralLine> collateral(int account, RulebookTerms terms) {
    List<CollateralLine> lines = new ArrayList<>(4);
    for (int asset = 0; asset < book.assets.size(); asset++) {
      long balance = book.ledger.marginBalance(account, asset);
      boolean settles = false;
      long profit = 0;
      for (int row = book.positions.first(account);
          row != Positions.NONE;
          row = book.positions.next(row)) {
        int instrument = book.positions.instrument(row);
        if (book.instruments.settlementAsset(instrument) == asset) {
          settles = true;
          profit += valuation.profitMinor(row, instrument);
        }
      }
      if (balance != 0 || settles) {
        lines.add(line(terms, asset, balance, profit));
      }
    }
    return List.copyOf(lines);
  }

  private CollateralLine line(RulebookTerms terms, int asset, long balance, long profitMinor) {
    if (terms.isScaled(asset) && terms.rulebook().requirement() instanceof TieredRates tiered) {
      return scaledLine(terms, tiered, asset, balance, profitMinor);
    }
    CollateralTerms weights = terms.collateral(asset);
    Decimal maintenanceWeight = weights.maintenanceWeight();
    Decimal initialWeight = weights.initialWeight();
    if (balance < 0) {
      maintenanceWeight = weights.debtWeight();
      initialWeight = weights.debtWeight();
    } else {
      maintenanceWeight = book.assets.quotes().isLost(asset) ? Decimal.ZERO : maintenanceWeight;
      initialWeight = book.assets.quotes().isDegraded(asset) ? Decimal.ZERO : initialWeight;
    }
    long maintenanceValue = valuation.collateral().maintenanceE6(terms, asset, balance);
    long profitValue = book.assets.valueE6(asset, profitMinor, Rounding.FLOOR);
    return new CollateralLine(
        book.assets.idAt(asset),
        balance,
        book.assets.price(asset),
        maintenanceWeight,
        initialWeight,
        maintenanceValue,
        valuation.collateral().initialE6(terms, asset, balance, maintenanceValue),
        profitMinor,
        profitValue,
        switch (terms.rulebook().requirement()) {
          case TieredRates tiered -> Valuation.initialProfitE6(tiered, profitValue);
          case ModelParameters _ -> profitValue;
        });
  }

  /// A line whose weights are those in force at this amount, before tiers, cut to twelve places.
  private CollateralLine scaledLine(
      RulebookTerms terms, TieredRates tiered, int asset, long balance, long profitMinor) {
    return new CollateralLine(
        book.assets.idAt(asset),
        balance,
        book.assets.price(asset),
        scaledWeight(terms, asset, balance, false),
        scaledWeight(terms, asset, balance, true),
        valuation.countedBalanceE6(terms, asset, balance, profitMinor, false),
        valuation.countedBalanceE6(terms, asset, balance, profitMinor, true),
        profitMinor,
        valuation.countedProfitE6(terms, tiered, asset, profitMinor, false),
        valuation.countedProfitE6(terms, tiered, asset, profitMinor, true));
  }

  private Decimal scaledWeight(RulebookTerms terms, int asset, long balance, boolean initial) {
    ScaledCollateral scaled = valuation.collateral().scaled();
    boolean unreliable =
        initial ? book.assets.quotes().isDegraded(asset) : book.assets.quotes().isLost(asset);
    long weight =
        balance < 0
            ? scaled.debtE12(terms, asset, balance, initial)
            : unreliable
                ? 0
                : scaled.assetE12(
                    terms, asset, Math.min(balance, terms.collateral(asset).capMinor()), initial);
    return new Decimal(weight, 12);
  }

  private List<PositionLine> positions(int account, RulebookTerms terms) {
    return switch (terms.rulebook().requirement()) {
      case TieredRates tiered -> positions(account, terms, tiered);
      case ModelParameters _ -> positionsAlone(account);
    };
  }

  /// Lines without requirements, for models that do not require by instrument.
  private List<PositionLine> positionsAlone(int account) {
    Positions positions = book.positions;
    List<PositionLine> lines = new ArrayList<>(positions.count(account));
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      lines.add(
          new PositionLine(
              book.instruments.idAt(instrument),
              positions.quantity(row),
              positions.cost(row),
              book.instruments.mark(instrument),
              positions.buyUnits(row),
              positions.sellUnits(row),
              valuation.profitMinor(row, instrument),
              valuation.positionNotionalE6(row, instrument),
              valuation.notionalE6(instrument, valuation.orderTicks(row, instrument)),
              0,
              0,
              positions.side(row)));
    }
    return lines;
  }

  private List<PositionLine> positions(int account, RulebookTerms terms, TieredRates tiered) {
    Positions positions = book.positions;
    Instruments instruments = book.instruments;
    List<PositionLine> lines = new ArrayList<>(positions.count(account));
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int instrument = positions.instrument(row);
      long initialNotional =
          valuation.notionalE6(instrument, valuation.orderTicks(row, instrument));
      long maintenanceNotional =
          valuation.maintenanceNotionalE6(tiered, row, instrument, initialNotional);
      lines.add(
          new PositionLine(
              instruments.idAt(instrument),
              positions.quantity(row),
              positions.cost(row),
              instruments.mark(instrument),
              positions.buyUnits(row),
              positions.sellUnits(row),
              valuation.profitMinor(row, instrument),
              maintenanceNotional,
              initialNotional,
              valuation.maintenanceMarginE6(
                  tiered, instrument, terms.brackets(instrument), maintenanceNotional),
              valuation.initialMarginE6(
                  account, tiered, row, instrument, terms.brackets(instrument), initialNotional),
              positions.side(row)));
    }
    return List.copyOf(lines);
  }
}
