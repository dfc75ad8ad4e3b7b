package io.evenkeel.lab.population;

import org.jspecify.annotations.Nullable;

/// What a trader can see: accounts, wallets and marks as they stand after the last command. Reading
/// changes nothing. An account that was never opened has zero of everything.
public interface AccountView {
  /// Whether the account is open and not frozen.
  boolean isActive(long accountId);

  /// Signed position in quantity units, long positive.
  long positionUnits(long accountId, int instrumentId);

  /// Signed cost of the position, ticks of the instrument.
  long costTicks(long accountId, int instrumentId);

  /// Totals of the account's open orders in the instrument; [OpenOrders#NONE] when there are none.
  OpenOrders openOrders(long accountId, int instrumentId);

  /// Posted collateral in one asset, minor units; negative is a debt.
  long marginMinor(long accountId, int assetId);

  /// What the party holds outside its margin accounts, minor units.
  long walletMinor(long partyId, int assetId);

  /// What the insurance fund holds in one asset, minor units.
  long insuranceMinor(int assetId);

  /// Leverage chosen for the account, hundredths; 0 = none.
  int leverageE2(long accountId);

  /// Equity at maintenance weights, millionths of the numeraire.
  long equityE6(long accountId);

  /// Initial level, millionths of the numeraire.
  long initialE6(long accountId);

  /// The account's margin call, open or expired; null when it has none.
  @Nullable OpenCall call(long accountId);

  /// Last good mark of the instrument, price units; 0 when it has none.
  long markUnits(int instrumentId);

  /// Totals of open orders of one account in one instrument, as in
  /// [io.evenkeel.model.command.Command.SetOrderExposure].
  record OpenOrders(long buyUnits, long sellUnits, long buyNotional, long sellNotional) {
    /// No orders.
    public static final OpenOrders NONE = new OpenOrders(0, 0, 0, 0);

    /// True when there is no order on either side.
    public boolean isEmpty() {
      return buyUnits == 0 && sellUnits == 0;
    }
  }

  /// A margin call.
  ///
  /// @param amountE6 what is asked for, millionths of the numeraire
  /// @param deadlineNs until when, nanoseconds since 1970-01-01T00:00Z
  /// @param isExpired whether the deadline has passed
  record OpenCall(long amountE6, long deadlineNs, boolean isExpired) {}
}
