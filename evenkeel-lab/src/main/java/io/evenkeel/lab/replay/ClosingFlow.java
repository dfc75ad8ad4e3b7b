package io.evenkeel.lab.replay;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import java.util.HashMap;
import java.util.Map;

/// What liquidations buy and sell, by contract, worked out from events alone: closing trades as
/// they are told, and at a take-over everything that the account still held, at the marks of its
/// evidence, for whoever takes it over has to sell it into the same market. Closings against
/// holders of the other side are told apart: they meet no market.
public final class ClosingFlow {
  private final Listing listing;
  private final Listener listener;
  private final Map<Long, long[]> held = new HashMap<>();
  private final Map<Long, long[]> marks = new HashMap<>();

  /// Hears of each part of a liquidation.
  @FunctionalInterface
  public interface Listener {
    /// @param units signed change of the market's side of the trade for the liquidated account:
    ///   negative when it sells
    /// @param markUnits mark of the contract
    /// @param notionalE6 notional at that mark, millionths of the numeraire, not negative
    void onClosed(
        long accountId, int instrumentId, long units, long markUnits, long notionalE6, Kind kind);
  }

  /// How a position was closed.
  public enum Kind {
    /// By a closing trade.
    TRADE,
    /// Taken over with the whole account.
    TAKE_OVER,
    /// Against a holder of the other side.
    DELEVERAGED
  }

  /// @param listing what is traded
  /// @param listener hears each part
  public ClosingFlow(Listing listing, Listener listener) {
    this.listing = listing;
    this.listener = listener;
  }

  /// Takes note of an event.
  public void onEvent(Event event) {
    switch (event) {
      case Event.LiquidationStarted it -> start(it.accountId(), it.evidence());
      case Event.PositionReduced it ->
          close(
              it.accountId(),
              it.instrumentId(),
              it.closedUnits(),
              it.markUnits(),
              it.notionalE6(),
              Kind.TRADE);
      case Event.Deleveraged it ->
          close(
              it.accountId(),
              it.instrumentId(),
              it.closedUnits(),
              it.markUnits(),
              listing.notionalE6(it.instrumentId(), it.closedUnits(), it.markUnits()),
              Kind.DELEVERAGED);
      case Event.AccountTakenOver it -> takeOver(it.accountId());
      case Event.LiquidationEnded it -> {
        held.remove(it.accountId());
        marks.remove(it.accountId());
      }
      default -> {}
    }
  }

  private void start(long accountId, Evidence evidence) {
    long[] units = new long[listing.contractCount()];
    long[] markUnits = new long[listing.contractCount()];
    for (Evidence.PositionLine line : evidence.positions()) {
      units[line.instrumentId()] += line.quantityUnits();
      markUnits[line.instrumentId()] = line.markUnits();
    }
    held.put(accountId, units);
    marks.put(accountId, markUnits);
  }

  private void close(
      long accountId, int instrumentId, long units, long markUnits, long notionalE6, Kind kind) {
    long[] left = held.get(accountId);
    if (left == null) {
      return;
    }
    long signed = left[instrumentId] > 0 ? -units : units;
    left[instrumentId] += signed;
    listener.onClosed(accountId, instrumentId, signed, markUnits, notionalE6, kind);
  }

  private void takeOver(long accountId) {
    long[] left = held.get(accountId);
    long[] markUnits = marks.get(accountId);
    if (left == null || markUnits == null) {
      return;
    }
    for (int instrumentId = 0; instrumentId < left.length; instrumentId++) {
      if (left[instrumentId] != 0) {
        listener.onClosed(
            accountId,
            instrumentId,
            -left[instrumentId],
            markUnits[instrumentId],
            listing.notionalE6(instrumentId, Math.abs(left[instrumentId]), markUnits[instrumentId]),
            Kind.TAKE_OVER);
        left[instrumentId] = 0;
      }
    }
  }
}
