package io.evenkeel.lab.compare;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.Hypothesis;
import io.evenkeel.lab.compare.LiquidationWatch.Episode;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What would have become of liquidated accounts had they been left alone. A second engine hears
/// the same reference data, rules, times and marks as the first, and nothing about accounts. In it
/// stand empty accounts, one for each mode and leverage; at every tick each liquidated account is
/// supposed onto one of them, exactly as the evidence of its liquidation says, and weighed. So the
/// valuation is the engine's own, under the rules of the design, at the marks of its run.
///
/// Nothing is paid or earned meanwhile: no funding, interest or fees.
final class Counterfactual {
  /// Most accounts held on to at one time; each costs about as much per tick as its valuation.
  static final int MOST_AT_ONCE = 2_000;

  private static final long MINUTE_NS = 60L * 1_000_000_000L;
  private static final long SOON_NS = 10 * MINUTE_NS;
  private static final long LATE_NS = 60 * MINUTE_NS;
  private static final long BACKSTOP = 1;
  private static final long NEVER = Long.MAX_VALUE;

  private final Engine shadow = new Engine(EngineLimits.STANDARD, (_, _, _) -> {});
  private final Map<Slot, Long> slots = new HashMap<>();
  private final List<Held> starting = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final List<Held> all = new ArrayList<>();
  private long notFollowed;
  private long unlike;

  /// What an empty account must be like to stand for another.
  private record Slot(int rulebookId, AccountMode mode, int isolatedInstrumentId, int leverageE2) {}

  /// A liquidated account that is held on to.
  private static final class Held {
    private final Episode episode;
    private final long startNs;
    private final Slot slot;
    private final Evidence evidence;
    private final boolean isForCall;
    private long recoveredNs = NEVER;
    private long initialNs = NEVER;
    private boolean isSeenThrough;

    private Held(
        Episode episode, long startNs, Slot slot, Evidence evidence, LiquidationCause cause) {
      this.episode = episode;
      this.startNs = startNs;
      this.slot = slot;
      this.evidence = evidence;
      this.isForCall = cause == LiquidationCause.CALL_EXPIRED;
    }
  }

  /// Holds on to an account whose liquidation began; to be called before the command that it began
  /// in is passed on.
  void hold(long timeNs, Episode episode, Event.LiquidationStarted event, EngineView view) {
    if (held.size() + starting.size() >= MOST_AT_ONCE) {
      notFollowed++;
      return;
    }
    long accountId = event.accountId();
    Slot slot =
        new Slot(
            view.rulebookOf(accountId),
            view.modeOf(accountId),
            view.isolatedInstrumentOf(accountId),
            view.leverageE2(accountId));
    starting.add(new Held(episode, timeNs, slot, event.evidence(), event.cause()));
  }

  /// Passes a command on, all of whose events have been told, and weighs everybody at new marks.
  void onCommand(long timeNs, Command command, Listing listing) {
    switch (command) {
      case Command.DefineAsset _,
          Command.DefineInstrument _,
          Command.DefineRulebook _,
          Command.AdvanceTime _,
          Command.PublishFactors _,
          Command.SetPhase _ ->
          give(timeNs, command);
      case Command.MarkPrices _ -> {
        give(timeNs, command);
        weighAll(timeNs, listing);
      }
      default -> {}
    }
    if (!starting.isEmpty()) {
      begin(listing);
    }
  }

  private void give(long timeNs, Command command) {
    Outcome outcome = shadow.apply(timeNs, 0, 0, command);
    if (!outcome.isAccepted()) {
      throw new IllegalStateException(
          "a command that one engine accepted was refused by another: " + outcome.reason());
    }
  }

  /// Those that have just begun: from the next marks on they are weighed.
  private void begin(Listing listing) {
    for (Held one : starting) {
      if (!slots.containsKey(one.slot)) {
        slots.put(one.slot, open(one.slot));
      }
    }
    try (Hypothesis hypothesis = shadow.view().suppose()) {
      for (Held one : starting) {
        unlike +=
            weigh(hypothesis, one, listing).equityE6() == one.evidence.assessment().equityE6()
                ? 0
                : 1;
      }
    }
    held.addAll(starting);
    all.addAll(starting);
    starting.clear();
  }

  private long open(Slot slot) {
    long nowNs = shadow.view().nowNs();
    if (slots.isEmpty()) {
      // no trader without a backstop; nothing ever reaches it
      give(
          nowNs,
          new Command.OpenAccount(
              BACKSTOP, BACKSTOP, slot.rulebookId, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    }
    long accountId = BACKSTOP + 1 + slots.size();
    give(
        nowNs,
        new Command.OpenAccount(
            accountId,
            accountId,
            slot.rulebookId,
            slot.mode,
            slot.isolatedInstrumentId,
            AccountRole.TRADER));
    if (slot.leverageE2 > 0) {
      give(nowNs, new Command.SetLeverage(accountId, slot.leverageE2));
    }
    return accountId;
  }

  private void weighAll(long timeNs, Listing listing) {
    if (held.isEmpty()) {
      return;
    }
    try (Hypothesis hypothesis = shadow.view().suppose()) {
      for (Held one : held) {
        long passedNs = timeNs - one.startNs;
        if (passedNs <= LATE_NS) {
          Assessment now = weigh(hypothesis, one, listing);
          boolean isInitial = now.equityE6() >= now.levels().initialE6();
          boolean isBack =
              one.isForCall ? isInitial : now.equityE6() >= now.levels().maintenanceE6();
          one.recoveredNs = isBack ? Math.min(one.recoveredNs, passedNs) : one.recoveredNs;
          one.initialNs = isInitial ? Math.min(one.initialNs, passedNs) : one.initialNs;
        }
        one.isSeenThrough = passedNs >= LATE_NS || one.initialNs != NEVER;
      }
    }
    held.removeIf(one -> one.isSeenThrough);
  }

  private Assessment weigh(Hypothesis hypothesis, Held one, Listing listing) {
    long accountId = slots.getOrDefault(one.slot, -1L);
    int point = hypothesis.savepoint();
    for (Evidence.CollateralLine line : one.evidence.collateral()) {
      if (line.balanceMinor() != 0) {
        hypothesis.transfer(accountId, line.assetId(), line.balanceMinor());
      }
    }
    for (Evidence.PositionLine line : one.evidence.positions()) {
      if (line.quantityUnits() != 0) {
        take(hypothesis, accountId, line, listing);
      }
    }
    Assessment assessment = hypothesis.assess(accountId);
    hypothesis.backTo(point);
    return assessment;
  }

  /// Supposes a position with its exact cost: as many lots at the price just below its average as
  /// it takes, the others one price unit above, and what is still missing, less than the worth of
  /// one lot at one price unit, in cash.
  private static void take(
      Hypothesis hypothesis, long accountId, Evidence.PositionLine line, Listing listing) {
    int id = line.instrumentId();
    LinearContract contract = listing.contract(id);
    TickScale scale = contract.tickScale(listing.asset(contract.settlementAssetId()).scale());
    long units = Math.abs(line.quantityUnits());
    long sign = Long.signum(line.quantityUnits());
    long cost = sign * line.costTicks();
    long price =
        Math.clamp(
            Math.floorDiv(cost, Math.multiplyExact(units, scale.ticksPerUnit())),
            1,
            contract.maximumPriceUnits() - 1);
    long rest = cost - units * price * scale.ticksPerUnit();
    long above = Math.clamp(Math.floorDiv(rest, scale.ticksPerUnit()), 0, units);
    above -= above % contract.lotSize();
    if (above > 0) {
      hypothesis.trade(accountId, id, sign * above, price + 1, 0);
    }
    if (units > above) {
      hypothesis.trade(accountId, id, sign * (units - above), price, 0);
    }
    long missing = sign * (rest - above * scale.ticksPerUnit());
    if (missing != 0) {
      hypothesis.transfer(
          accountId, contract.settlementAssetId(), Math.floorDiv(-missing, scale.ticksPerMinor()));
    }
  }

  /// Adds up, at the end of the replay.
  RecoveryFigures figures() {
    long followed = 0;
    long[] recovered = new long[4];
    long cutShort = 0;
    for (Held one : all) {
      if (one.episode.isClosed()) {
        followed++;
        recovered[0] += one.recoveredNs <= SOON_NS ? 1 : 0;
        recovered[1] += one.recoveredNs <= LATE_NS ? 1 : 0;
        recovered[2] += one.initialNs <= SOON_NS ? 1 : 0;
        recovered[3] += one.initialNs <= LATE_NS ? 1 : 0;
        cutShort += one.recoveredNs == NEVER && !one.isSeenThrough ? 1 : 0;
      }
    }
    return new RecoveryFigures(
        followed,
        recovered[0],
        recovered[1],
        recovered[2],
        recovered[3],
        cutShort,
        notFollowed,
        unlike);
  }
}
