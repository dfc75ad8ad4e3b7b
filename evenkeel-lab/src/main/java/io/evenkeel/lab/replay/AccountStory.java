package io.evenkeel.lab.replay;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.words.EventWords;
import io.evenkeel.wire.words.Wording;
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
    wording = new Wording(running.listing().catalogue());
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
    if (isAbout(event)) {
      Assessment known = assessmentIn(event);
      say(
          timeNs,
          known == null ? replay.view().assess(accountId) : known,
          new EventWords(wording).tell(event));
    }
  }

  /// Whether an event is part of the story. Postings that another event tells already are left out.
  private boolean isAbout(Event event) {
    if (event instanceof Event.MoneyMoved moved) {
      return touches(moved) && isToldByItself(moved.reason());
    }
    for (long concerned : EventJson.accountsOf(event)) {
      if (concerned == accountId) {
        return true;
      }
    }
    return false;
  }

  private boolean touches(Event.MoneyMoved moved) {
    return isOwn(moved.from()) || isOwn(moved.to());
  }

  private boolean isOwn(LedgerAccount account) {
    return switch (account) {
      case LedgerAccount.Margin margin -> margin.accountId() == accountId;
      case LedgerAccount.Wallet wallet -> wallet.partyId() == partyId;
      case LedgerAccount.Clearing _, LedgerAccount.InstrumentFund _, LedgerAccount.House _ -> false;
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
          TAKE_OVER,
          CONFISCATION,
          IMPORT,
          INTEREST,
          AUCTION,
          BORROW ->
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

  /// What the event was decided from, if that is an assessment of this account.
  private @Nullable Assessment assessmentIn(Event event) {
    return switch (event) {
      case Event.ToppedUp it when it.accountId() == accountId -> it.evidence().assessment();
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
