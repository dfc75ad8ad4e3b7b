package io.evenkeel.model.account;

/// Which row of an account in an instrument is meant. A one-way account has one, [#NET], long or
/// short as it comes; an account in hedge mode has a long and a short one side by side.
public enum PositionSide {
  /// The one row of a one-way account.
  NET,
  /// The row of an account in hedge mode whose quantity is never below zero.
  LONG,
  /// The row of an account in hedge mode whose quantity is never above zero.
  SHORT;

  private static final PositionSide[] SIDES = values();

  /// The side of a code.
  ///
  /// @throws ArrayIndexOutOfBoundsException when no side has it
  public static PositionSide of(int code) {
    return SIDES[code];
  }

  /// Number of the side in lines and files: 0 to 2, as declared.
  public int code() {
    return ordinal();
  }

  /// Whether a signed quantity may stand on this side.
  public boolean holds(long quantityUnits) {
    return this == NET || (this == LONG ? quantityUnits >= 0 : quantityUnits <= 0);
  }
}
