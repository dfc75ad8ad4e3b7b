package io.evenkeel.engine.desk;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorKind.Subject;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;

/// Published factors (`docs/RULES.md`, section 4.1).
public final class FactorDesk {
  private static final Decimal MINUS_ONE = new Decimal(-1, 0);

  private final Book book;
  private final EngineLimits limits;
  private final MarkDesk marks;

  /// Reads and writes the book.
  public FactorDesk(Book book, EngineLimits limits, MarkDesk marks) {
    this.book = book;
    this.limits = limits;
    this.marks = marks;
  }

  /// Takes all factors or none; accounts exposed to a subject are added to `concerned`.
  public RefusalReason publish(Command.PublishFactors command, AccountSet concerned) {
    if (command.factors().size() > limits.marksPerBatch()) {
      return RefusalReason.BATCH_TOO_LARGE;
    }
    for (FactorValue factor : command.factors()) {
      boolean ofAsset = factor.kind().subject() == Subject.ASSET;
      if (subject(factor) == IdIndex.ABSENT) {
        return ofAsset ? RefusalReason.UNKNOWN_ASSET : RefusalReason.UNKNOWN_INSTRUMENT;
      }
      if (!isPossible(factor.kind(), factor.value())) {
        return RefusalReason.INVALID_FACTOR;
      }
    }
    for (FactorValue factor : command.factors()) {
      take(factor, concerned);
    }
    return RefusalReason.NONE;
  }

  private void take(FactorValue factor, AccountSet concerned) {
    int subject = subject(factor);
    if (factor.kind().isPerExpiry()) {
      book.factors.setOfExpiry(factor.kind(), subject, factor.expiryNs(), factor.value());
    } else {
      book.factors.set(factor.kind(), subject, factor.value());
    }
    if (factor.kind().subject() == Subject.INSTRUMENT) {
      marks.addExposedToInstrument(subject, concerned);
      return;
    }
    marks.addExposedToAsset(subject, concerned);
    for (int instrument = 0; instrument < book.instruments.size(); instrument++) {
      if (book.instruments.at(instrument).terms().underlyingAssetId() == factor.subjectId()) {
        marks.addExposedToInstrument(instrument, concerned);
      }
    }
  }

  private int subject(FactorValue factor) {
    return factor.kind().subject() == Subject.ASSET
        ? book.assets.find(factor.subjectId())
        : book.instruments.find(factor.subjectId());
  }

  private static boolean isPossible(FactorKind kind, Decimal value) {
    return switch (kind) {
      case SPOT_CONFIDENCE,
          MARK_CONFIDENCE,
          FORWARD_CONFIDENCE,
          RATE_CONFIDENCE,
          VOLATILITY_CONFIDENCE ->
          !value.isNegative() && value.compareTo(Decimal.ONE) <= 0;
      case RATE, SVI_A, SVI_M, FUNDING_INCREMENT, PROFIT_POOL, NET_USER_PROFIT -> true;
      case SVI_RHO -> value.compareTo(Decimal.ONE) <= 0 && value.compareTo(MINUS_ONE) >= 0;
      case SVI_FORWARD, SVI_YEARS -> value.compareTo(Decimal.ZERO) > 0;
      default -> !value.isNegative();
    };
  }
}
