package io.evenkeel.audit;

import io.evenkeel.model.account.PositionSide;

/// Where a row of an account is: in an instrument and, in hedge mode, on a side of it.
record Place(AuditInstrument instrument, PositionSide side) implements Comparable<Place> {
  /// The one row of a one-way account.
  static Place net(AuditInstrument instrument) {
    return new Place(instrument, PositionSide.NET);
  }

  @Override
  public int compareTo(Place other) {
    int order = Integer.compare(instrument.index, other.instrument.index);
    return order != 0 ? order : side.compareTo(other.side);
  }
}
