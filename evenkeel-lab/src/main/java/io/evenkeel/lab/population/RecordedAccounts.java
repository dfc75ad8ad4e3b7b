package io.evenkeel.lab.population;

import java.util.HashSet;
import java.util.Set;

/// What a population file says, as tables. A column `LINE` is the line of the file, for messages.
final class RecordedAccounts {
  static final int LINE = 0;

  // accounts
  static final int ACCOUNT_ID = 1;
  static final int PARTY_ID = 2;
  static final int ROLE = 3;
  static final int ISOLATED_INSTRUMENT = 4;
  static final int LEVERAGE_E2 = 5;

  // money of wallets (owner = party), margins (owner = account row) and the insurance fund
  static final int OWNER = 1;
  static final int ASSET = 2;
  static final int AMOUNT_MINOR = 3;

  // positions and orders
  static final int ACCOUNT_ROW = 1;
  static final int INSTRUMENT = 2;
  static final int UNITS = 3;
  static final int PRICE_UNITS = 4;
  static final int SELL_UNITS = 5;
  static final int SELL_NOTIONAL = 6;

  /// Buy notional of an order row, in place of a price.
  static final int BUY_NOTIONAL = PRICE_UNITS;

  static final long TRADER = 0;
  static final long BACKSTOP = 1;
  static final long MARKET_MAKER = 2;

  final LongTable accounts = new LongTable(6);
  final LongTable wallets = new LongTable(4);
  final LongTable margins = new LongTable(4);
  final LongTable insurance = new LongTable(4);

  /// One row per parcel: `UNITS` signed, at `PRICE_UNITS`.
  final LongTable positions = new LongTable(5);

  /// One row per account and instrument: totals of both sides, `UNITS` being those of the buy side.
  final LongTable orders = new LongTable(7);

  final Set<Long> siblingParties = new HashSet<>();
}
