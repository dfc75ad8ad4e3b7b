package io.evenkeel.bench;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.population.Population;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Commands that a venue accepts as often as they are repeated, in the same order. What the first
/// half of a pool does, the second half undoes; deposits and withdrawals are so small that neither
/// the supply nor a wallet ends. The accounts are drawn at random, so that their memory is about as
/// cold as in operation.
final class CommandPool {
  /// Commands in a pool; a power of two.
  static final int SIZE = 1 << 15;

  private static final long SEED = 2;
  private static final int MOST_DRAWS = 1_000;
  private static final int SETTLEMENT_ASSET_ID = 0;
  private static final long WALLET_MINOR = 1_000_000_000L;
  private static final long SMALL_AMOUNT_MINOR = 100;
  private static final long ROOM_E6 = 10_000_000;

  private final QuietVenue venue;
  private final EngineView view;
  private final Population population;
  private final SplittableRandom random = new SplittableRandom(SEED);

  CommandPool(QuietVenue venue) {
    this.venue = venue;
    view = venue.engine().view();
    population = venue.population();
  }

  /// Trades of one unit at the mark, between two accounts that hold the contract.
  Command[] fills() {
    List<Command> there = new ArrayList<>();
    List<Command> back = new ArrayList<>();
    while (there.size() < SIZE / 2) {
      long buyer = drawAccount();
      int instrumentId = drawPosition(buyer).instrumentId();
      long seller = drawOther(buyer, instrumentId);
      there.add(fill(instrumentId, buyer, seller));
      back.add(fill(instrumentId, seller, buyer));
    }
    return joined(there, back);
  }

  private Command fill(int instrumentId, long buyer, long seller) {
    return new Command.Fill(
        instrumentId, buyer, seller, 1, view.markUnits(instrumentId), 0, 0, false, false);
  }

  private long drawOther(long accountId, int instrumentId) {
    for (int draws = 0; draws < MOST_DRAWS; draws++) {
      long other = drawAccount();
      if (other != accountId && view.quantityUnits(other, instrumentId) != 0) {
        return other;
      }
    }
    throw new IllegalStateException("too few accounts hold instrument " + instrumentId);
  }

  /// Orders to buy one unit a little below the mark, on rows without orders.
  Command[] orders() {
    List<Command> place = new ArrayList<>();
    List<Command> cancel = new ArrayList<>();
    while (place.size() < SIZE / 2) {
      long accountId = drawAccount();
      EngineView.Position position = drawPosition(accountId);
      if (position.buyUnits() == 0 && position.sellUnits() == 0) {
        int instrumentId = position.instrumentId();
        long price = view.markUnits(instrumentId) * 99 / 100;
        place.add(new Command.SetOrderExposure(accountId, instrumentId, 1, 0, price, 0));
        cancel.add(new Command.SetOrderExposure(accountId, instrumentId, 0, 0, 0, 0));
      }
    }
    return joined(place, cancel);
  }

  /// Small deposits.
  Command[] deposits() {
    Command[] commands = new Command[SIZE];
    for (int i = 0; i < SIZE; i++) {
      commands[i] =
          new Command.Deposit(view.partyOf(drawAccount()), SETTLEMENT_ASSET_ID, SMALL_AMOUNT_MINOR);
    }
    return commands;
  }

  /// Small withdrawals from wallets that were filled before, by parties all of whose accounts may.
  Command[] withdrawals() {
    Command[] commands = new Command[SIZE];
    for (int i = 0; i < SIZE; ) {
      long partyId = view.partyOf(drawAccount());
      venue.apply(new Command.Deposit(partyId, SETTLEMENT_ASSET_ID, WALLET_MINOR));
      Command withdrawal = new Command.Withdraw(partyId, SETTLEMENT_ASSET_ID, SMALL_AMOUNT_MINOR);
      if (venue.apply(withdrawal).isAccepted()) {
        commands[i++] = withdrawal;
      }
    }
    return commands;
  }

  /// A cross account with a little more than its initial level, so that no gate has to pull margin.
  private long drawAccount() {
    for (int draws = 0; draws < MOST_DRAWS; draws++) {
      int trader = random.nextInt(population.traderCount());
      long accountId = population.accountId(trader);
      if (view.isOpen(accountId)
          && population.isolatedInstrumentId(trader) < 0
          && !view.positions(accountId).isEmpty()
          && hasRoom(view.assess(accountId))) {
        return accountId;
      }
    }
    throw new IllegalStateException("too few accounts have a position and room above initial");
  }

  private static boolean hasRoom(Assessment assessment) {
    long initialE6 = assessment.levels().initialE6();
    return assessment.equityE6() > initialE6 + initialE6 / 20 + ROOM_E6;
  }

  private EngineView.Position drawPosition(long accountId) {
    List<EngineView.Position> positions = view.positions(accountId);
    return positions.get(random.nextInt(positions.size()));
  }

  private static Command[] joined(List<Command> first, List<Command> second) {
    List<Command> all = new ArrayList<>(first);
    all.addAll(second);
    return all.toArray(Command[]::new);
  }
}
