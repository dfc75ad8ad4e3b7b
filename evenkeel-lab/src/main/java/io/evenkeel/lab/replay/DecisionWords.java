package io.evenkeel.lab.replay;

import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CallEnd;
import io.evenkeel.model.event.Event.LiquidationCause;
import io.evenkeel.model.event.Event.LiquidationResult;
import io.evenkeel.model.rulebook.Trigger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The venue's decisions in words, one line each: who, what, how much, why.
public final class DecisionWords {
  private final Wording wording;

  /// @param wording gives names and numbers
  public DecisionWords(Wording wording) {
    this.wording = wording;
  }

  /// One decision in words; null for events that are no decision of the venue.
  public @Nullable String tell(Event event) {
    return switch (event) {
      case Event.ToppedUp it ->
          "account %d topped up by %s: equity was %s short of initial"
              .formatted(
                  it.accountId(),
                  wording.amounts(it.amounts(), false),
                  Wording.value(it.shortfallE6()));
      case Event.Released it ->
          "account %d released %s: excess was %s"
              .formatted(
                  it.accountId(),
                  wording.amounts(it.amounts(), false),
                  Wording.value(it.excessE6()));
      case Event.MarginCallIssued it ->
          "account %d called for %s until %s"
              .formatted(
                  it.accountId(), Wording.value(it.amountE6()), Wording.time(it.deadlineNs()));
      case Event.MarginCallEnded it ->
          "account %d's call %d %s".formatted(it.accountId(), it.callId(), ended(it.end()));
      case Event.LiquidationStarted it ->
          "account %d in liquidation: %s".formatted(it.accountId(), cause(it.cause()));
      case Event.PositionReduced it ->
          "account %d reduced by %s at %s"
              .formatted(
                  it.accountId(),
                  wording.quantity(it.instrumentId(), it.closedUnits()),
                  wording.price(it.instrumentId(), it.priceUnits()));
      case Event.AccountTakenOver it ->
          "account %d taken over by the backstop, worth %s"
              .formatted(it.accountId(), Wording.value(it.valueE6()));
      case Event.LiquidationEnded it ->
          "account %d's liquidation ended: %s".formatted(it.accountId(), ended(it.result()));
      case Event.CollateralConverted it ->
          "account %d sold %s to cover a debt of %s"
              .formatted(
                  it.accountId(),
                  wording.money(it.soldAssetId(), it.soldMinor()),
                  wording.money(it.debtAssetId(), it.coveredMinor()));
      default -> tellLossOrData(event);
    };
  }

  private @Nullable String tellLossOrData(Event event) {
    return switch (event) {
      case Event.InsuranceDrawn it ->
          "insurance fund paid %s of a deficit of %s left by account %d"
              .formatted(
                  wording.money(it.assetId(), it.paidMinor()),
                  wording.money(it.assetId(), it.deficitMinor()),
                  it.accountId());
      case Event.LossShared it ->
          "%d winners in %s bore %s of the losses of %d accounts"
              .formatted(
                  it.winners(),
                  wording.target(
                      io.evenkeel.model.command.MarkBatch.Target.INSTRUMENT, it.instrumentId()),
                  wording.settlementMoney(it.instrumentId(), it.sharedMinor()),
                  it.deficits());
      case Event.BadDebtRecorded it ->
          "bad debt of %s recorded".formatted(wording.money(it.assetId(), it.amountMinor()));
      case Event.MarkRejected it ->
          "price of %s not believed: %s"
              .formatted(wording.target(it.target(), it.id()), lower(it.fault()));
      case Event.MarketDataDegraded it ->
          "price of %s degraded: %s"
              .formatted(wording.target(it.target(), it.id()), lower(it.fault()));
      case Event.MarketDataRestored it ->
          "price of %s restored".formatted(wording.target(it.target(), it.id()));
      case Event.MarketDataLost it ->
          "price of %s lost: tolerance has run out".formatted(wording.target(it.target(), it.id()));
      case Event.AlarmRaised it -> "ALARM: " + it.rule();
      default -> null;
    };
  }

  static String ended(CallEnd end) {
    return switch (end) {
      case MET -> "is met: equity is back at initial";
      case EXPIRED -> "expired unmet at its deadline";
      case CANCELLED -> "is cancelled";
      case SUPERSEDED -> "is superseded by liquidation";
    };
  }

  static String ended(LiquidationResult result) {
    return switch (result) {
      case RESCUED -> "rescued, no position had to be closed";
      case REDUCED -> "reduced, equity is back at its exit level";
      case TAKEN_OVER -> "taken over as a whole";
      case LEFT_OPEN -> "left as it is, nothing was worth closing";
    };
  }

  static String cause(LiquidationCause cause) {
    return switch (cause) {
      case BELOW_MAINTENANCE -> "equity fell below maintenance";
      case CALL_EXPIRED -> "its margin call was not met in time";
    };
  }

  /// What set the cycle going, as a clause.
  static String because(Trigger trigger) {
    return switch (trigger) {
      case MARKS -> "prices moved";
      case FILL -> "a trade was booked";
      case ORDER_CHANGE -> "orders or leverage changed";
      case DEPOSIT -> "money was brought";
      case WITHDRAWAL -> "money was taken out";
      case FUNDING -> "funding was paid";
      case SETTLEMENT -> "a contract was settled";
      case PARAMETER_CHANGE -> "parameters changed";
      case TIME -> "time passed";
      case REASSESS -> "it was asked for";
    };
  }

  static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
