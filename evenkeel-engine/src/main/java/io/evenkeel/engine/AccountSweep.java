package io.evenkeel.engine;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.model.account.Zone;

/// Goes through accounts by index and weighs one at a time, keeping the figures of the last.
/// Changes nothing; call it on the engine's thread, between commands.
public final class AccountSweep {
  private final Machine machine;
  private final Book book;
  private final Weighing weighing = new Weighing();

  AccountSweep(Machine machine) {
    this.machine = machine;
    book = machine.book;
  }

  /// Weighs the account at an index, if it can be liquidated one day: it is open, not the backstop,
  /// and has positions, orders or debts.
  ///
  /// @return whether it was weighed
  public boolean weighExposed(int index) {
    if (book.accounts.isClosed(index)
        || book.accounts.isBackstop(index)
        || (book.positions.first(index) == Positions.NONE && !hasDebt(index))) {
      return false;
    }
    machine.valuation.assess(index, weighing);
    return true;
  }

  /// Whether the account at an index is not closed.
  public boolean isOpen(int index) {
    return !book.accounts.isClosed(index);
  }

  /// The zone of the account at an index as last stated.
  public Zone statedZone(int index) {
    return book.accounts.statedZone(index);
  }

  private boolean hasDebt(int index) {
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (book.ledger.marginBalance(index, asset) < 0) {
        return true;
      }
    }
    return false;
  }

  /// Equity of the account weighed last, millionths of the numeraire.
  public long equityE6() {
    return weighing.equityE6();
  }

  /// Maintenance level of the account weighed last, millionths of the numeraire.
  public long maintenanceE6() {
    return weighing.maintenanceE6();
  }
}
