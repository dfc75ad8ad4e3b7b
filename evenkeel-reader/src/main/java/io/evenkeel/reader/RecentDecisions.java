package io.evenkeel.reader;

import io.evenkeel.engine.EngineView;
import io.evenkeel.engine.snapshot.StateInput;
import io.evenkeel.engine.snapshot.StateOutput;
import io.evenkeel.model.event.Event;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.journal.JournalCursor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the journal the last few events about each account lie. Takes memory only for accounts
/// of which something was decided: 80 bytes each.
///
/// Trades may take half of an account's places, so that a day of trading does not push its margin
/// call out.
final class RecentDecisions implements JournalCursor.EventPlaces, AutoCloseable {
  /// Events kept per account.
  static final int KEPT = 8;

  private static final int MOST_TRADES = KEPT / 2;
  private static final long TRADE = 1;

  private final JournalCursor cursor;
  private long[] @Nullable [] places = new long[1024][];
  private long[] awaitedNumbers = new long[64];
  private int[] awaitedAccounts = new int[64];
  private boolean[] awaitedTrades = new boolean[64];
  private int awaited;
  private int placed;

  RecentDecisions(Path journalFolder) {
    cursor = JournalCursor.at(journalFolder, 0);
  }

  /// Forgets events that were noted and never passed.
  void beginCommand() {
    awaited = 0;
    placed = 0;
  }

  /// Notes whom an event concerns; where it lies is heard later by [#passed]. In order of number.
  void note(long number, Event event, EngineView view) {
    DecisionEvents.tell(
        event,
        new DecisionEvents.Hearer() {
          @Override
          public void decided(long accountId) {
            await(number, view.accountIndex(accountId), false);
          }

          @Override
          public void traded(long accountId) {
            await(number, view.accountIndex(accountId), true);
          }
        });
  }

  private void await(long number, int account, boolean isTrade) {
    if (account < 0) {
      return;
    }
    if (awaited == awaitedNumbers.length) {
      awaitedNumbers = Arrays.copyOf(awaitedNumbers, 2 * awaited);
      awaitedAccounts = Arrays.copyOf(awaitedAccounts, 2 * awaited);
      awaitedTrades = Arrays.copyOf(awaitedTrades, 2 * awaited);
    }
    awaitedNumbers[awaited] = number;
    awaitedAccounts[awaited] = account;
    awaitedTrades[awaited++] = isTrade;
  }

  @Override
  public void passed(long number, long position) {
    while (placed < awaited && awaitedNumbers[placed] <= number) {
      if (awaitedNumbers[placed] == number) {
        add(awaitedAccounts[placed], position, awaitedTrades[placed]);
      }
      placed++;
    }
  }

  /// Puts an event first in an account's list; the oldest makes room, or the oldest trade when
  /// trades have taken their half.
  void add(int account, long position, boolean isTrade) {
    if (account >= places.length) {
      places = Arrays.copyOf(places, Math.max(account + 1, places.length + places.length / 2));
    }
    long[] list = places[account];
    if (list == null) {
      list = new long[KEPT];
      Arrays.fill(list, -1);
      places[account] = list;
    }
    int last = isTrade && trades(list) >= MOST_TRADES ? lastTrade(list) : KEPT - 1;
    System.arraycopy(list, 0, list, 1, last);
    // positions are multiples of 8, which leaves a bit for what kind of event it is
    list[0] = position | (isTrade ? TRADE : 0);
  }

  private static boolean isTrade(long place) {
    return place >= 0 && (place & TRADE) != 0;
  }

  private static int trades(long[] list) {
    int count = 0;
    for (long place : list) {
      count += isTrade(place) ? 1 : 0;
    }
    return count;
  }

  private static int lastTrade(long[] list) {
    int at = KEPT - 1;
    while (!isTrade(list[at])) {
      at--;
    }
    return at;
  }

  /// The events about an account, newest first, read from the journal.
  List<RecordedEvent> of(int account) {
    long[] list = account < places.length ? places[account] : null;
    if (list == null) {
      return List.of();
    }
    List<RecordedEvent> events = new ArrayList<>(KEPT);
    for (long place : list) {
      if (place >= 0) {
        cursor.seek(place & ~TRADE);
        RecordedEvent event = cursor.nextEvent(0);
        if (event != null) {
          events.add(event);
        }
      }
    }
    return events;
  }

  void write(StateOutput out) {
    int count = 0;
    for (long[] list : places) {
      count += list == null ? 0 : 1;
    }
    out.putInt(count);
    for (int account = 0; account < places.length; account++) {
      long[] list = places[account];
      if (list != null) {
        out.putInt(account);
        for (long place : list) {
          out.putLong(place);
        }
      }
    }
  }

  void read(StateInput in, int mostAccounts) {
    for (int left = in.getCount(mostAccounts, "accounts with decisions"); left > 0; left--) {
      int account = in.getCount(mostAccounts, "account index");
      long[] list = new long[KEPT];
      for (int i = 0; i < KEPT; i++) {
        list[i] = in.getLong();
      }
      if (account >= places.length) {
        places = Arrays.copyOf(places, account + account / 2 + 1);
      }
      places[account] = list;
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}
