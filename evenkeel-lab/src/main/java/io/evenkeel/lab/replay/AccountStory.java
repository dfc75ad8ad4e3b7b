package io.evenkeel.lab.replay;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One account's story as it happens: every line has the time, the zone, the equity, the four
/// levels, and in words what was moved, from where to where, and why. Where an event carries what
/// it was decided from, zone and figures are those; otherwise they are those right after the
/// command.
public final class AccountStory implements ReplayObserver {
  private final long accountId;
  private final Consumer<String> lines;
  private @Nullable Replay replay;
  private @Nullable Wording wording;
  private long partyId;

  /// @param accountId whose story
  /// @param lines hears each line
  public AccountStory(long accountId, Consumer<String> lines) {
    this.accountId = accountId;
    this.lines = lines;
  }

  /// Begins the story with what the account holds.
  ///
  /// @throws IllegalArgumentException when there is no such account, naming those that there are
  @Override
  public void onReady(Replay running, SetUpReport report) {
    EngineView view = running.view();
    if (!view.isOpen(accountId)) {
      int last = running.population().traderCount() - 1;
      throw new IllegalArgumentException(
          "no account %d to follow; traders' accounts are %d to %d"
              .formatted(
                  accountId,
                  running.population().accountId(0),
                  running.population().accountId(last)));
    }
    replay = running;
    wording = new Wording(running.listing());
    partyId = view.partyOf(accountId);
    lines.accept(
        "following account %d of party %d; figures are equity [maintenance search initial release]"
            .formatted(accountId, partyId));
    Evidence evidence = view.explain(accountId);
    say(
        running.timeNs(),
        evidence.assessment(),
        "begins with " + holdings(view, evidence, wording));
  }

  private String holdings(EngineView view, Evidence evidence, Wording words) {
    StringBuilder text = new StringBuilder();
    for (Evidence.CollateralLine line : evidence.collateral()) {
      if (line.balanceMinor() != 0) {
        text.append(words.money(line.assetId(), line.balanceMinor())).append(" posted, ");
      }
    }
    for (int assetId = 0; assetId < evidenceAssets(); assetId++) {
      long amountMinor = view.walletMinor(partyId, assetId);
      if (amountMinor != 0) {
        text.append(words.money(assetId, amountMinor)).append(" in the wallet, ");
      }
    }
    for (Evidence.PositionLine line : evidence.positions()) {
      if (line.quantityUnits() != 0) {
        text.append(line.quantityUnits() > 0 ? "long " : "short ")
            .append(words.quantity(line.instrumentId(), Math.abs(line.quantityUnits())))
            .append(" marked at ")
            .append(words.price(line.instrumentId(), line.markUnits()))
            .append(", ");
      }
    }
    return text.isEmpty() ? "nothing" : text.substring(0, text.length() - 2);
  }

  private int evidenceAssets() {
    return replay == null ? 0 : replay.listing().assets().size();
  }

  @Override
  public void onEvent(long timeNs, Event event) {
    if (replay == null || wording == null) {
      return;
    }
    String text = tellDecision(event, wording);
    text = text == null ? tellDealing(event, wording) : text;
    if (text != null) {
      Assessment known = assessmentOf(event);
      say(timeNs, known == null ? replay.view().assess(accountId) : known, text);
    }
  }

  /// What the venue decided about the account; null when the event is none of that.
  private @Nullable String tellDecision(Event event, Wording words) {
    return switch (event) {
      case Event.ToppedUp it when it.accountId() == accountId ->
          "topped up to initial by %s to account %d: equity below search, %s short of initial, as %s"
              .formatted(
                  words.amounts(it.amounts(), true),
                  accountId,
                  Wording.value(it.shortfallE6()),
                  DecisionWords.because(it.evidence().trigger()));
      case Event.Released it when it.accountId() == accountId ->
          "released %s from account %d to the wallet of party %d: equity above release, excess %s, as %s"
              .formatted(
                  words.amounts(it.amounts(), false),
                  accountId,
                  partyId,
                  Wording.value(it.excessE6()),
                  DecisionWords.because(it.evidence().trigger()));
      case Event.MarginCallIssued it when it.accountId() == accountId ->
          "margin call %d for %s until %s: wallet exhausted; a one-sigma move reaches maintenance in %s"
              .formatted(
                  it.callId(),
                  Wording.value(it.amountE6()),
                  Wording.time(it.deadlineNs()),
                  Wording.duration(it.timeToLiquidationNs()));
      case Event.MarginCallUpdated it when it.accountId() == accountId ->
          "margin call %d restated from %s to %s"
              .formatted(
                  it.callId(), Wording.value(it.previousAmountE6()), Wording.value(it.amountE6()));
      case Event.MarginCallEnded it when it.accountId() == accountId ->
          "margin call %d %s".formatted(it.callId(), DecisionWords.ended(it.end()));
      case Event.LiquidationStarted it when it.accountId() == accountId ->
          "liquidation begins: %s, as %s"
              .formatted(
                  DecisionWords.cause(it.cause()), DecisionWords.because(it.evidence().trigger()));
      case Event.LiquidationEnded it when it.accountId() == accountId ->
          "liquidation ends: " + DecisionWords.ended(it.result());
      case Event.ZoneChanged it when it.accountId() == accountId ->
          "zone %s, was %s".formatted(it.after(), it.before());
      case Event.OrdersCancelled it when it.accountId() == accountId ->
          "open orders in %d contracts cancelled".formatted(it.instruments());
      case Event.AccountFrozen it when it.accountId() == accountId ->
          "frozen after an internal fault";
      default -> tellClosing(event, words);
    };
  }

  private @Nullable String tellClosing(Event event, Wording words) {
    return switch (event) {
      case Event.PositionReduced it when it.accountId() == accountId ->
          "closed %s against the backstop at %s (mark %s): realised %s, penalty %s"
              .formatted(
                  words.quantity(it.instrumentId(), it.closedUnits()),
                  words.price(it.instrumentId(), it.priceUnits()),
                  words.price(it.instrumentId(), it.markUnits()),
                  words.settlementMoney(it.instrumentId(), it.realisedMinor()),
                  words.settlementMoney(it.instrumentId(), it.penaltyMinor()));
      case Event.AccountTakenOver it when it.accountId() == accountId ->
          "taken over as a whole by the backstop: worth %s, notional %s, penalty %s"
              .formatted(
                  Wording.value(it.valueE6()),
                  Wording.value(it.notionalE6()),
                  words.money(it.cashAssetId(), it.penaltyMinor()));
      case Event.CollateralConverted it when it.accountId() == accountId ->
          "sold %s to the backstop to cover a debt of %s"
              .formatted(
                  words.money(it.soldAssetId(), it.soldMinor()),
                  words.money(it.debtAssetId(), it.coveredMinor()));
      case Event.InsuranceDrawn it when it.accountId() == accountId ->
          "the insurance fund paid %s of the deficit of %s it left"
              .formatted(
                  words.money(it.assetId(), it.paidMinor()),
                  words.money(it.assetId(), it.deficitMinor()));
      case Event.ProfitReduced it when it.accountId() == accountId ->
          "profit in %s reduced by %s to bear another account's loss"
              .formatted(
                  symbol(it.instrumentId()),
                  words.settlementMoney(it.instrumentId(), it.reductionMinor()));
      case Event.BadDebtRecorded it when it.accountId() == accountId ->
          "%s of its deficit remain as bad debt"
              .formatted(words.money(it.assetId(), it.amountMinor()));
      default -> null;
    };
  }

  /// What the account's owner did, or what was paid; null when the event is none of that.
  private @Nullable String tellDealing(Event event, Wording words) {
    return switch (event) {
      case Event.FillApplied it when it.buyerAccountId() == accountId ->
          "bought %s at %s from account %d"
              .formatted(
                  words.quantity(it.instrumentId(), it.quantityUnits()),
                  words.price(it.instrumentId(), it.priceUnits()),
                  it.sellerAccountId());
      case Event.FillApplied it when it.sellerAccountId() == accountId ->
          "sold %s at %s to account %d"
              .formatted(
                  words.quantity(it.instrumentId(), it.quantityUnits()),
                  words.price(it.instrumentId(), it.priceUnits()),
                  it.buyerAccountId());
      case Event.OrderExposureSet it when it.accountId() == accountId ->
          "open orders in %s: buying %s, selling %s"
              .formatted(
                  symbol(it.instrumentId()),
                  words.quantity(it.instrumentId(), it.buyUnits()),
                  words.quantity(it.instrumentId(), it.sellUnits()));
      case Event.OrderMarginSecured it when it.accountId() == accountId ->
          "new risk secured with %s to account %d"
              .formatted(words.amounts(it.amounts(), true), accountId);
      case Event.MoneyMoved it when touches(it) && isToldByItself(it.reason()) ->
          "%s: %s from %s to %s"
              .formatted(
                  DecisionWords.lower(it.reason()),
                  words.money(it.assetId(), it.amountMinor()),
                  words.place(it.from()),
                  words.place(it.to()));
      default -> null;
    };
  }

  private boolean touches(Event.MoneyMoved moved) {
    return isOwn(moved.from()) || isOwn(moved.to());
  }

  private boolean isOwn(LedgerAccount account) {
    return switch (account) {
      case LedgerAccount.Margin margin -> margin.accountId() == accountId;
      case LedgerAccount.Wallet wallet -> wallet.partyId() == partyId;
      case LedgerAccount.Clearing _, LedgerAccount.House _ -> false;
    };
  }

  /// Postings that belong to an event which has been told already are left out.
  private static boolean isToldByItself(MoneyReason reason) {
    return switch (reason) {
      case DEPOSIT,
          WITHDRAWAL,
          TRANSFER_IN,
          TRANSFER_OUT,
          REALISED_PROFIT,
          FEE,
          VARIATION,
          FUNDING,
          FINAL_SETTLEMENT,
          TAKE_OVER ->
          true;
      case INSURANCE_CONTRIBUTION,
          TOP_UP,
          RELEASE,
          ROUNDING_REMAINDER,
          COLLATERAL_CONVERSION,
          PENALTY,
          INSURANCE,
          LOSS_SHARING,
          BAD_DEBT ->
          false;
    };
  }

  private String symbol(int instrumentId) {
    return replay == null ? "" : replay.listing().contract(instrumentId).symbol();
  }

  private static @Nullable Assessment assessmentOf(Event event) {
    return switch (event) {
      case Event.ToppedUp it -> it.evidence().assessment();
      case Event.Released it -> it.evidence().assessment();
      case Event.MarginCallIssued it -> it.evidence().assessment();
      case Event.LiquidationStarted it -> it.evidence().assessment();
      case Event.LiquidationEnded it -> it.assessment();
      case Event.ZoneChanged it -> it.assessment();
      default -> null;
    };
  }

  private void say(long timeNs, Assessment now, String text) {
    MarginLevels levels = now.levels();
    String release =
        levels.releaseE6() == MarginLevels.NO_RELEASE ? "-" : Wording.value(levels.releaseE6());
    lines.accept(
        String.format(
            Locale.ROOT,
            "%s  %-11s %12s [%s %s %s %s]  %s",
            Wording.time(timeNs),
            now.zone(),
            Wording.value(now.equityE6()),
            Wording.value(levels.maintenanceE6()),
            Wording.value(levels.searchE6()),
            Wording.value(levels.initialE6()),
            release,
            text));
  }
}
