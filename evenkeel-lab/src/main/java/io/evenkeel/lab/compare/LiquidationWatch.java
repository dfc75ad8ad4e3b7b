package io.evenkeel.lab.compare;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.replay.Numeraire;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.LiquidationResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Follows liquidations from their events, account by account.
final class LiquidationWatch {
  private final Listing listing;
  private final Numeraire numeraire;
  private final Map<Long, Episode> open = new HashMap<>();
  private final List<Episode> all = new ArrayList<>();
  private BigDecimal notional = BigDecimal.ZERO;
  private BigDecimal freed = BigDecimal.ZERO;
  private BigDecimal penalties = BigDecimal.ZERO;
  private BigDecimal slippage = BigDecimal.ZERO;
  private BigDecimal equityTaken = BigDecimal.ZERO;
  private BigDecimal deleveraged = BigDecimal.ZERO;
  private BigDecimal overshoot = BigDecimal.ZERO;

  LiquidationWatch(Listing listing, Numeraire numeraire) {
    this.listing = listing;
    this.numeraire = numeraire;
  }

  /// One account in liquidation, from its beginning until it is out of it.
  static final class Episode {
    private final long accountId;
    private boolean isClosed;
    private long maintenanceE6;
    private Evidence evidence;

    /// What closing left of the account's value, so far as its own closing costs go; negative is a
    /// deficit.
    private BigDecimal value;

    private BigDecimal forgone = BigDecimal.ZERO;

    private Episode(long accountId, Evidence evidence, BigDecimal value) {
      this.accountId = accountId;
      this.evidence = evidence;
      this.value = value;
    }

    /// Whether any position was closed.
    boolean isClosed() {
      return isClosed;
    }
  }

  /// Takes note of an event; of its beginning, returns the episode that began with it, or null when
  /// an account that waited for its next slices goes on.
  @Nullable Episode onEvent(Event event) {
    switch (event) {
      case Event.LiquidationStarted it -> {
        return start(it);
      }
      case Event.CollateralConverted it -> convert(it);
      case Event.PositionReduced it -> reduce(it);
      case Event.Deleveraged it -> deleverage(it);
      case Event.AccountTakenOver it -> takeOver(it);
      case Event.LiquidationEnded it -> end(it);
      case Event.ZoneChanged it -> {
        if (it.after() != Zone.LIQUIDATION) {
          open.remove(it.accountId());
        }
      }
      default -> {}
    }
    return null;
  }

  private @Nullable Episode start(Event.LiquidationStarted event) {
    Evidence evidence = event.evidence();
    BigDecimal value = fullValue(evidence);
    Episode waiting = open.get(event.accountId());
    Episode episode = waiting;
    if (episode == null) {
      episode = new Episode(event.accountId(), evidence, value);
      open.put(event.accountId(), episode);
      all.add(episode);
    }
    episode.evidence = evidence;
    episode.value = value;
    episode.forgone = BigDecimal.ZERO;
    episode.maintenanceE6 = evidence.assessment().maintenanceMarginE6();
    return waiting == null ? episode : null;
  }

  /// Collateral and profit, unweighted, at the prices of now.
  private BigDecimal fullValue(Evidence evidence) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Evidence.CollateralLine line : evidence.collateral()) {
      sum = sum.add(numeraire.value(line.assetId(), line.balanceMinor() + line.profitMinor()));
    }
    return sum;
  }

  private void convert(Event.CollateralConverted event) {
    Episode episode = open.get(event.accountId());
    if (episode != null) {
      BigDecimal lost =
          numeraire
              .value(event.soldAssetId(), event.soldMinor())
              .subtract(numeraire.value(event.debtAssetId(), event.coveredMinor()));
      episode.value = episode.value.subtract(lost);
    }
  }

  private void reduce(Event.PositionReduced event) {
    Episode episode = open.get(event.accountId());
    if (episode == null) {
      return;
    }
    episode.isClosed = true;
    BigDecimal penalty = numeraire.settlementValue(event.instrumentId(), event.penaltyMinor());
    BigDecimal lost =
        Numeraire.ofE6(
            Math.abs(
                listing.notionalE6(event.instrumentId(), event.closedUnits(), event.markUnits())
                    - listing.notionalE6(
                        event.instrumentId(), event.closedUnits(), event.priceUnits())));
    boolean isBetter =
        isLong(episode.evidence, event.instrumentId())
            ? event.priceUnits() > event.markUnits()
            : event.priceUnits() < event.markUnits();
    lost = isBetter ? lost.negate() : lost;
    notional = notional.add(Numeraire.ofE6(event.notionalE6()));
    penalties = penalties.add(penalty);
    slippage = slippage.add(lost);
    episode.value = episode.value.subtract(penalty).subtract(lost);
  }

  private static boolean isLong(Evidence evidence, int instrumentId) {
    for (Evidence.PositionLine line : evidence.positions()) {
      if (line.instrumentId() == instrumentId) {
        return line.quantityUnits() > 0;
      }
    }
    return false;
  }

  private void deleverage(Event.Deleveraged event) {
    Episode episode = open.get(event.accountId());
    if (episode != null) {
      episode.isClosed = true;
      episode.forgone =
          episode.forgone.add(
              numeraire.settlementValue(event.instrumentId(), event.forgoneMinor()));
      deleveraged =
          deleveraged.add(
              Numeraire.ofE6(
                  listing.notionalE6(
                      event.instrumentId(), event.closedUnits(), event.markUnits())));
    }
  }

  private void takeOver(Event.AccountTakenOver event) {
    Episode episode = open.get(event.accountId());
    if (episode == null) {
      return;
    }
    episode.isClosed = true;
    BigDecimal penalty = numeraire.value(event.cashAssetId(), event.penaltyMinor());
    BigDecimal left = Numeraire.ofE6(event.valueE6()).subtract(penalty);
    notional = notional.add(Numeraire.ofE6(event.notionalE6()));
    penalties = penalties.add(penalty);
    equityTaken = equityTaken.add(left.max(BigDecimal.ZERO));
  }

  private void end(Event.LiquidationEnded event) {
    Episode episode = open.get(event.accountId());
    if (episode == null) {
      return;
    }
    long freedE6 =
        Math.subtractExact(episode.maintenanceE6, event.assessment().maintenanceMarginE6());
    freed = episode.isClosed ? freed.add(Numeraire.ofE6(freedE6)) : freed;
    BigDecimal deficit = episode.value.negate().max(BigDecimal.ZERO);
    overshoot = overshoot.add(episode.forgone.subtract(deficit).max(BigDecimal.ZERO));
    if (event.result() != LiquidationResult.WAITING) {
      open.remove(event.accountId());
    }
  }

  /// What was closed and at what cost.
  LiquidationFigures figures() {
    TreeSet<Long> accounts = new TreeSet<>();
    long closed = 0;
    for (Episode episode : all) {
      if (episode.isClosed) {
        closed++;
        accounts.add(episode.accountId);
      }
    }
    return new LiquidationFigures(
        closed,
        all.size() - closed,
        accounts,
        notional,
        freed,
        penalties,
        slippage,
        equityTaken,
        deleveraged);
  }

  /// What holders of the other side gave up beyond the deficits of the accounts they were closed
  /// with.
  BigDecimal overshoot() {
    return overshoot;
  }
}
