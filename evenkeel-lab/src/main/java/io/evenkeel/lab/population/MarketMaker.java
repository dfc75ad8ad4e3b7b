package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.command.Command;

/// The market maker: takes the other side of what traders want, as far as its margin goes, and buys
/// from the backstop what that had to take over, little by little. When its margin runs low it
/// brings fresh capital, from a reserve that ends and comes back only slowly.
final class MarketMaker {
  private static final int SETTLEMENT_ASSET_ID = 0;

  /// Part of the backstop's position that is unwound per step: one over this.
  private static final long UNWIND_DIVISOR = 25;

  /// Positions below this are unwound at once, millionths.
  private static final long UNWIND_WHOLE_E6 = 2_000_000_000L;

  private static final long UNWIND_PAUSE_NS = 20L * 1_000_000_000L;
  private static final int RESERVE_PARTS = 8;

  /// One part of the reserve is earned again in this time: a week.
  private static final long RESERVE_PART_NS = 7L * 86_400 * 1_000_000_000L;

  private final Listing listing;
  private final RequirementEstimate estimate;
  private final AccountView view;
  private final CommandSink sink;
  private final long accountId;
  private final long partyId;
  private final long backstopAccountId;
  private long lastUnwindNs = Long.MIN_VALUE;
  private long reservePartMinor = -1;
  private int reservePartsLeft = RESERVE_PARTS;
  private long reserveTimeNs;

  MarketMaker(
      Population population, RequirementEstimate estimate, AccountView view, CommandSink sink) {
    this.listing = population.listing();
    this.estimate = estimate;
    this.view = view;
    this.sink = sink;
    accountId = population.marketMakerAccountId();
    partyId = population.marketMakerPartyId();
    backstopAccountId = population.backstopAccountId();
  }

  long accountId() {
    return accountId;
  }

  /// Its signed position, long positive.
  long positionUnits(int instrumentId) {
    return view.positionUnits(accountId, instrumentId);
  }

  /// Whether its margin and wallet bear a trade of so many units at the mark.
  ///
  /// @param units signed from the market maker's side, positive when it buys
  boolean canTake(int instrumentId, long units) {
    long held = positionUnits(instrumentId);
    long after = held + units;
    if (Math.abs(after) <= Math.abs(held) && Long.signum(after) * Long.signum(held) >= 0) {
      return true;
    }
    long markUnits = view.markUnits(instrumentId);
    if (markUnits == 0 || Math.abs(after) > listing.contract(instrumentId).maximumPositionUnits()) {
      return false;
    }
    long moreE6 =
        requiredE6(instrumentId, after, markUnits) - requiredE6(instrumentId, held, markUnits);
    return moreE6 + moreE6 / 5 <= spareE6();
  }

  /// Sells part of what the backstop holds to the market maker (or buys back what it is short of),
  /// at the mark.
  void unwindBackstop(long timeNs) {
    if (lastUnwindNs != Long.MIN_VALUE && timeNs - lastUnwindNs < UNWIND_PAUSE_NS) {
      return;
    }
    lastUnwindNs = timeNs;
    raiseCapital(timeNs);
    for (int instrumentId = 0; instrumentId < listing.contractCount(); instrumentId++) {
      long held = view.positionUnits(backstopAccountId, instrumentId);
      long markUnits = view.markUnits(instrumentId);
      if (held == 0 || markUnits == 0) {
        continue;
      }
      long units = unwindUnits(instrumentId, Math.abs(held), markUnits);
      if (canTake(instrumentId, held > 0 ? units : -units)) {
        sink.submit(
            timeNs,
            new Command.Fill(
                instrumentId,
                held > 0 ? accountId : backstopAccountId,
                held > 0 ? backstopAccountId : accountId,
                units,
                markUnits,
                0,
                0,
                false,
                false));
      }
    }
  }

  private long unwindUnits(int instrumentId, long heldUnits, long markUnits) {
    if (listing.notionalE6(instrumentId, heldUnits, markUnits) <= UNWIND_WHOLE_E6) {
      return heldUnits;
    }
    long lot = listing.contract(instrumentId).lotSize();
    long part = heldUnits / UNWIND_DIVISOR;
    return Math.max(lot, part - part % lot);
  }

  /// One part of the reserve when less than a tenth of the initial level is to spare.
  private void raiseCapital(long timeNs) {
    if (reservePartMinor < 0) {
      long capital =
          view.walletMinor(partyId, SETTLEMENT_ASSET_ID)
              + Math.max(0, view.marginMinor(accountId, SETTLEMENT_ASSET_ID));
      reservePartMinor = capital / 4;
      reserveTimeNs = timeNs;
    }
    if (timeNs - reserveTimeNs >= RESERVE_PART_NS) {
      reserveTimeNs = timeNs;
      reservePartsLeft = Math.min(RESERVE_PARTS, reservePartsLeft + 1);
    }
    boolean isShort = spareE6() < view.initialE6(accountId) / 10;
    if (isShort && reservePartsLeft > 0 && reservePartMinor > 0) {
      reservePartsLeft--;
      sink.submit(timeNs, new Command.Deposit(partyId, SETTLEMENT_ASSET_ID, reservePartMinor));
    }
  }

  private long spareE6() {
    return view.equityE6(accountId)
        - view.initialE6(accountId)
        + view.walletMinor(partyId, SETTLEMENT_ASSET_ID);
  }

  private long requiredE6(int instrumentId, long units, long markUnits) {
    long notionalE6 = listing.notionalE6(instrumentId, Math.abs(units), markUnits);
    return estimate.initialE6(instrumentId, notionalE6, view.leverageE2(accountId), false);
  }
}
