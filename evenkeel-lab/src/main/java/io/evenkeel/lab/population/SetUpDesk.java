package io.evenkeel.lab.population;

import static io.evenkeel.lab.population.RecordedAccounts.INSTRUMENT;
import static io.evenkeel.lab.population.RecordedAccounts.PRICE_UNITS;
import static io.evenkeel.lab.population.RecordedAccounts.UNITS;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import java.util.Arrays;

/// Takes the other side of every recorded position at its entry price. A fill has one price, but a
/// long and a short that face each other today were entered at different ones; so each trades with
/// the desk, which ends flat, is closed, and takes out what is left of the money it was lent plus
/// what the entries brought it. It keeps its own account, by the engine's rule for trades, so that
/// it knows that sum exactly.
final class SetUpDesk {
  private static final int SETTLEMENT_ASSET_ID = 0;
  private static final long SLACK_MINOR = 1_000_000_000L;

  private final Listing listing;
  private final LongTable positions;
  private final long accountId;
  private final long partyId;
  private final long loanMinor;
  private final long[] heldUnits;
  private final long[] costTicks;
  private long realisedMinor;

  SetUpDesk(Listing listing, LongTable positions, long accountId, long partyId) {
    this.listing = listing;
    this.positions = positions;
    this.accountId = accountId;
    this.partyId = partyId;
    heldUnits = new long[listing.contractCount()];
    costTicks = new long[listing.contractCount()];
    loanMinor = largestLossMinor();
  }

  /// Takes one trade of a recorded account at its entry price.
  interface EntryFills {
    /// @param position row of the position
    boolean fill(int position);
  }

  void open(long timeNs, CommandSink sink) {
    HouseSetUp.open(timeNs, accountId, partyId, AccountRole.TRADER, sink);
    HouseSetUp.fund(timeNs, accountId, partyId, loanMinor, sink);
  }

  /// Enters all positions, in turns of long and short, so that the desk itself never holds much.
  void enterAll(EntryFills fills) {
    int[] longs = new int[positions.size()];
    int[] shorts = new int[positions.size()];
    for (int instrumentId = 0; instrumentId < heldUnits.length; instrumentId++) {
      int longCount = 0;
      int shortCount = 0;
      for (int row = 0; row < positions.size(); row++) {
        if (positions.get(row, INSTRUMENT) == instrumentId) {
          if (positions.get(row, UNITS) > 0) {
            longs[longCount++] = row;
          } else {
            shorts[shortCount++] = row;
          }
        }
      }
      int nextLong = 0;
      int nextShort = 0;
      while (nextLong < longCount || nextShort < shortCount) {
        boolean takeLong =
            nextShort == shortCount || (nextLong < longCount && heldUnits[instrumentId] >= 0);
        enter(takeLong ? longs[nextLong++] : shorts[nextShort++], fills);
      }
    }
  }

  /// Closes the desk and takes its money out. After a refused fill the desk is not flat; it then
  /// stays, as an account that holds what nobody else would.
  void close(long timeNs, CommandSink sink) {
    if (Arrays.stream(heldUnits).allMatch(units -> units == 0)) {
      sink.submit(timeNs, new Command.CloseAccount(accountId));
      sink.submit(
          timeNs, new Command.Withdraw(partyId, SETTLEMENT_ASSET_ID, loanMinor + realisedMinor));
    }
  }

  long accountId() {
    return accountId;
  }

  private void enter(int row, EntryFills fills) {
    if (fills.fill(row)) {
      int instrumentId = (int) positions.get(row, INSTRUMENT);
      trade(instrumentId, -positions.get(row, UNITS), positions.get(row, PRICE_UNITS));
    }
  }

  /// The rule for trades of `docs/RULES.md` section 3.2, on the desk's own row.
  private void trade(int instrumentId, long units, long priceUnits) {
    TickScale ticks = ticks(instrumentId);
    long held = heldUnits[instrumentId];
    long addedTicks =
        Math.multiplyExact(Math.multiplyExact(units, priceUnits), ticks.ticksPerUnit());
    if (held == 0 || Long.signum(held) == Long.signum(units)) {
      costTicks[instrumentId] += addedTicks;
    } else {
      long closed = Math.min(Math.abs(units), Math.abs(held));
      long heldShare =
          Fixed.mulDiv(costTicks[instrumentId], closed, Math.abs(held), Rounding.FLOOR);
      long addedShare = Fixed.mulDiv(addedTicks, closed, Math.abs(units), Rounding.FLOOR);
      realisedMinor += Math.floorDiv(-(heldShare + addedShare), ticks.ticksPerMinor());
      costTicks[instrumentId] += addedTicks - addedShare - heldShare;
    }
    heldUnits[instrumentId] = held + units;
  }

  /// What the desk could lose at most: every entry against the first mark.
  private long largestLossMinor() {
    long total = SLACK_MINOR;
    for (int row = 0; row < positions.size(); row++) {
      int instrumentId = (int) positions.get(row, INSTRUMENT);
      long distance =
          Math.abs(
              positions.get(row, PRICE_UNITS)
                  - listing.symbols().get(instrumentId).firstPriceUnits());
      long units = Math.abs(positions.get(row, UNITS));
      total = Math.addExact(total, listing.notionalE6(instrumentId, units, Math.max(distance, 1)));
    }
    return total;
  }

  private TickScale ticks(int instrumentId) {
    LinearContract contract = listing.contract(instrumentId);
    return contract.tickScale(listing.asset(contract.settlementAssetId()).scale());
  }
}
