package io.evenkeel.audit;

import io.evenkeel.model.command.Command.ApplyFunding;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.PublishFactors;
import io.evenkeel.model.command.Command.SetPhase;
import io.evenkeel.model.command.Command.SettleInstrument;
import io.evenkeel.model.command.FactorKind.Subject;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Marks, funding, settlement and phases.
final class MarketCommands {
  private final AuditBook book;
  private final Journal journal;
  private final MarketData marketData;
  private final CashSettlement cashSettlement;
  private final ExpiryCommands expiries;
  private final Cycle cycle;

  MarketCommands(
      AuditBook book,
      Ledger ledger,
      Journal journal,
      MarketData marketData,
      ExpiryCommands expiries,
      Cycle cycle) {
    this.book = book;
    this.journal = journal;
    this.marketData = marketData;
    this.cashSettlement = new CashSettlement(book, ledger, journal);
    this.expiries = expiries;
    this.cycle = cycle;
  }

  RefusalReason mark(MarkPrices command) {
    MarkBatch batch = command.batch();
    if (batch.size() > book.limits.marksPerBatch()) {
      return RefusalReason.BATCH_TOO_LARGE;
    }
    Set<PriceState> seen = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      PriceState price = marketData.price(batch.target(i), batch.id(i));
      if (price == null) {
        return switch (batch.target(i)) {
          case INSTRUMENT -> RefusalReason.UNKNOWN_INSTRUMENT;
          case ASSET -> RefusalReason.UNKNOWN_ASSET;
        };
      }
      if (!seen.add(price)) {
        return RefusalReason.DUPLICATE_MARK;
      }
    }
    MarketData.Verdict verdict = marketData.judge(batch);
    if (isVariationSettled()) {
      for (AuditInstrument instrument : book.instruments) {
        if (instrument.paysVariationInCash() && verdict.accepted().contains(instrument.mark)) {
          cashSettlement.settleVariation(instrument);
        }
      }
    }
    cycle.run(Trigger.MARKS, book.accountsExposedTo(verdict.changed()));
    return RefusalReason.NONE;
  }

  /// Factors change nothing by tiered rates; who is exposed to them is looked at all the same.
  RefusalReason publish(PublishFactors command) {
    if (command.factors().size() > book.limits.marksPerBatch()) {
      return RefusalReason.BATCH_TOO_LARGE;
    }
    for (FactorValue factor : command.factors()) {
      if (factor.kind().subject() == Subject.ASSET && book.asset(factor.subjectId()) == null) {
        return RefusalReason.UNKNOWN_ASSET;
      }
      if (factor.kind().subject() == Subject.INSTRUMENT
          && book.instrument(factor.subjectId()) == null) {
        return RefusalReason.UNKNOWN_INSTRUMENT;
      }
      if (!isPossible(factor)) {
        return RefusalReason.INVALID_FACTOR;
      }
    }
    command.factors().forEach(this::keep);
    List<AuditAccount> concerned = new ArrayList<>();
    for (AuditAccount account : book.accounts) {
      if (command.factors().stream().anyMatch(factor -> isExposed(account, factor))) {
        concerned.add(account);
      }
    }
    cycle.run(Trigger.MARKS, concerned);
    return RefusalReason.NONE;
  }

  private void keep(FactorValue factor) {
    AuditInstrument instrument =
        factor.kind().subject() == Subject.INSTRUMENT ? book.instrument(factor.subjectId()) : null;
    if (instrument != null && !factor.kind().isPerExpiry()) {
      instrument.factors.put(factor.kind(), factor.value());
    }
  }

  private boolean isExposed(AuditAccount account, FactorValue factor) {
    boolean ofAsset = factor.kind().subject() == Subject.ASSET;
    for (Place place : account.rows().keySet()) {
      AuditInstrument instrument = place.instrument();
      boolean meant =
          ofAsset
              ? instrument.settlement.definition.assetId() == factor.subjectId()
                  || instrument.contract.terms().underlyingAssetId() == factor.subjectId()
              : instrument.id() == factor.subjectId();
      if (meant) {
        return true;
      }
    }
    AuditAsset asset = ofAsset ? book.asset(factor.subjectId()) : null;
    return asset != null && account.balance(asset).signum() != 0;
  }

  private static boolean isPossible(FactorValue factor) {
    Ratio value = Ratio.of(factor.value());
    int sign = value.numerator().signum();
    boolean withinOne = value.numerator().abs().compareTo(value.denominator()) <= 0;
    return switch (factor.kind()) {
      case RATE, SVI_A, SVI_M, FUNDING_INCREMENT, PROFIT_POOL, NET_USER_PROFIT -> true;
      case SPOT_CONFIDENCE,
          MARK_CONFIDENCE,
          FORWARD_CONFIDENCE,
          RATE_CONFIDENCE,
          VOLATILITY_CONFIDENCE ->
          sign >= 0 && withinOne;
      case SVI_RHO -> withinOne;
      case SVI_FORWARD, SVI_YEARS -> sign > 0;
      default -> sign >= 0;
    };
  }

  private boolean isVariationSettled() {
    return !book.rulebooks.isEmpty()
        && book.rulebooks.getFirst().inForce().onTrigger(Trigger.MARKS).runs(CycleStep.SETTLE);
  }

  RefusalReason fund(ApplyFunding command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    if (instrument.contract.kind() != ContractKind.PERPETUAL) {
      return RefusalReason.NOT_A_PERPETUAL;
    }
    Ratio rate = Ratio.of(command.rate());
    if (rate.numerator().abs().compareTo(rate.denominator()) > 0) {
      return RefusalReason.INVALID_RATE;
    }
    if (!instrument.isMarked()) {
      return RefusalReason.NO_MARK_PRICE;
    }
    if (instrument.mark.degraded || instrument.settlement.price.degraded) {
      return RefusalReason.MARKET_DATA_DEGRADED;
    }
    List<AuditAccount> holders = cashSettlement.holders(instrument);
    cashSettlement.settleFunding(instrument, rate);
    cycle.run(Trigger.FUNDING, holders);
    return RefusalReason.NONE;
  }

  RefusalReason settle(SettleInstrument command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    long price = command.settlementPriceUnits();
    if (!instrument.allows(price)) {
      return RefusalReason.INVALID_PRICE;
    }
    List<AuditAccount> had = book.accountsWithRow(instrument);
    expiries.end(instrument, price);
    cycle.run(Trigger.SETTLEMENT, had);
    return RefusalReason.NONE;
  }

  RefusalReason set(SetPhase command) {
    AuditInstrument instrument = book.instrument(command.instrumentId());
    if (instrument == null) {
      return RefusalReason.UNKNOWN_INSTRUMENT;
    }
    if (instrument.settled) {
      return RefusalReason.INSTRUMENT_SETTLED;
    }
    instrument.phase = command.phase();
    journal.say(new Event.PhaseSet(instrument.id(), command.phase()));
    cycle.run(Trigger.PARAMETER_CHANGE, book.accountsWithRow(instrument));
    return RefusalReason.NONE;
  }
}
