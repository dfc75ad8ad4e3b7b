package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.AdvanceTime;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An endless, seeded history of a venue. It begins by setting the venue up, a little out of order
/// at times, and then mixes everything that can happen. Whoever runs it tells it what came of each
/// command ([#observe]), so that what it asks for next mostly makes sense; the same answers lead to
/// the same history.
public final class RandomHistory {
  /// One command as the log carries it.
  ///
  /// @param logTimeNs time of the log; now and then it goes back
  /// @param sessionId the client's session; 0 is none
  /// @param commandNumber the client's number; now and then a repeated or an old one
  public record Step(long logTimeNs, long sessionId, long commandNumber, Command command) {}

  private record Choice(int weight, Supplier<@Nullable Command> command) {}

  /// Limits tight enough to be met within a history.
  public static final EngineLimits LIMITS = new EngineLimits(7, 12, 3, 14, 32, 4, 24, 6, 5);

  private static final long SECOND = 1_000_000_000L;
  private static final double REFUSED_SHARE = 0.1;
  private static final long NO_SUCH_SESSION = 99;

  /// Tight enough to be met within a history.
  private static final EngineLimits FEW = new EngineLimits(7, 12, 3, 14, 32, 4, 24, 6, 5);

  /// Room for a crowd.
  private static final EngineLimits MANY = new EngineLimits(7, 12, 3, 400, 400, 4, 24, 6, 5);

  /// Room for contracts that come and go.
  private static final EngineLimits EXPIRING = new EngineLimits(7, 48, 3, 14, 32, 4, 24, 6, 5);

  private final HistoryWorld world;
  private final Dice dice;
  private final ReferenceChoices references;
  private final LendingChoices lending;
  private final RulebookChoices rulebooks;
  private final AccountChoices accounts;
  private final TradeChoices trades;
  private final MarketChoices market;
  private final ImportChoices imports;
  private final ChargeChoices charges;
  private final OperationChoices operations;
  private final HedgeChoices hedges;
  private final AuctionChoices auctions;
  private final BadChoices bad;
  private final List<Choice> choices = new ArrayList<>();
  private final ArrayDeque<Supplier<@Nullable Command>> opening = new ArrayDeque<>();
  private final Map<Long, Long> sessionNumbers = new HashMap<>();
  private final int totalWeight;
  private @Nullable Step lastInSession;
  private boolean lastIsRepeated;
  private @Nullable Step last;

  /// The history of a seed.
  public RandomHistory(long seed) {
    dice = new Dice(seed);
    boolean crowd = dice.chance(0.04);
    boolean expiring = !crowd && dice.chance(0.2);
    world = new HistoryWorld(dice, crowd ? MANY : expiring ? EXPIRING : FEW, expiring);
    references = new ReferenceChoices(world);
    lending = new LendingChoices(world);
    rulebooks = new RulebookChoices(world, lending);
    accounts = new AccountChoices(world);
    trades = new TradeChoices(world);
    market = new MarketChoices(world);
    imports = new ImportChoices(world, accounts, trades);
    charges = new ChargeChoices(world, accounts, trades);
    operations = new OperationChoices(world, trades);
    hedges = new HedgeChoices(world);
    auctions = new AuctionChoices(world, accounts);
    bad = new BadChoices(world, rulebooks, trades, imports);
    planOpening(crowd ? 20 : 1);
    planDays();
    totalWeight = choices.stream().mapToInt(Choice::weight).sum();
  }

  private void planOpening(int size) {
    int assets = (int) dice.between(3, 5);
    int instruments = (int) dice.between(3, 6);
    repeat(assets, references::nextAsset);
    repeat(instruments, references::nextInstrument);
    repeat(1, market::marks);
    repeat((int) dice.between(2, 3), rulebooks::next);
    repeat(dice.below(2), accounts::open);
    repeat(1, accounts::openBackstop);
    repeat((int) dice.between(1, 6), () -> accounts.deposit(AccountChoices.HOUSE));
    repeat(4, this::fundBackstop);
    repeat((int) dice.between(0, 4), accounts::insure);
    repeat(size * (int) dice.between(6, 14), accounts::open);
    repeat(size * 25, accounts::deposit);
    repeat(size * 25, accounts::transfer);
    repeat(size * 5, accounts::policy);
    repeat(size * 4, hedges::mode);
    if (size > 1) {
      repeat(600, trades::open);
    }
  }

  private void repeat(int times, Supplier<@Nullable Command> command) {
    for (int i = 0; i < times; i++) {
      opening.add(command);
    }
  }

  private void planDays() {
    choices.add(new Choice(330, market::marks));
    choices.add(new Choice(230, trades::open));
    choices.add(new Choice(60, trades::reduce));
    choices.add(new Choice(50, trades::fillOrder));
    choices.add(new Choice(25, trades::unwind));
    choices.add(new Choice(90, trades::setOrders));
    choices.add(new Choice(45, accounts::deposit));
    choices.add(new Choice(25, accounts::rescue));
    choices.add(new Choice(70, accounts::transfer));
    choices.add(new Choice(35, accounts::withdraw));
    choices.add(new Choice(12, this::fundBackstop));
    choices.add(new Choice(6, accounts::insure));
    choices.add(new Choice(12, accounts::leverage));
    choices.add(new Choice(8, accounts::policy));
    choices.add(new Choice(10, accounts::open));
    choices.add(new Choice(6, accounts::close));
    choices.add(new Choice(20, accounts::reassess));
    choices.add(new Choice(25, market::funding));
    choices.add(new Choice(3, market::settle));
    choices.add(new Choice(4, market::settleExpiry));
    choices.add(new Choice(18, market::phase));
    choices.add(new Choice(8, imports::balance));
    choices.add(new Choice(12, imports::position));
    choices.add(new Choice(8, imports::factors));
    choices.add(new Choice(8, charges::fee));
    choices.add(new Choice(8, charges::fund));
    choices.add(new Choice(8, charges::margin));
    choices.add(new Choice(24, operations::transfer));
    choices.add(new Choice(6, operations::badTransfer));
    choices.add(new Choice(20, operations::mode));
    choices.add(new Choice(4, operations::badMode));
    choices.add(new Choice(14, operations::bust));
    choices.add(new Choice(8, operations::correction));
    choices.add(new Choice(6, operations::badBust));
    choices.add(new Choice(3, operations::badCorrection));
    if (lending.lends()) {
      choices.add(new Choice(40, lending::borrow));
      choices.add(new Choice(6, lending::accrue));
    }
    choices.add(new Choice(20, hedges::mode));
    choices.add(new Choice(3, hedges::badMode));
    choices.add(new Choice(60, auctions::bid));
    choices.add(new Choice(6, auctions::badBid));
    choices.add(new Choice(8, auctions::withdrawal));
    choices.add(new Choice(world.expiring ? 30 : 4, references::nextInstrument));
    choices.add(new Choice(1, references::nextAsset));
    choices.add(new Choice(12, rulebooks::next));
    choices.add(new Choice(20, AdvanceTime::new));
  }

  /// Whether anything is lent in this history.
  public boolean lends() {
    return lending.lends();
  }

  /// The limits of the venue of this history.
  public EngineLimits limits() {
    return world.limits;
  }

  /// The next command. What came of the one before should have been told by [#observe].
  public Step next() {
    moveClock();
    Step step = opening.isEmpty() && dice.chance(0.012) ? repeatedNumber() : null;
    lastIsRepeated = step != null;
    if (step == null) {
      step = numbered(command());
    }
    last = step;
    return step;
  }

  /// Tells what came of the last command.
  ///
  /// @param events everything that happened, with what fell due before it
  public void observe(Outcome outcome, List<Event> events) {
    observe(events);
    Step step = last;
    if (step != null && !lastIsRepeated && outcome.isAccepted()) {
      world.accepted(step.command());
      if (step.command() instanceof Command.Fill fill) {
        noteOrders(fill);
      }
    }
  }

  /// Tells what came of a command that was not of this history.
  public void observe(List<Event> events) {
    events.forEach(world::happened);
    events.forEach(hedges::happened);
    events.forEach(auctions::happened);
  }

  private void noteOrders(Command.Fill fill) {
    if (fill.buyerOrder()) {
      world.orderFilled(fill.buyerAccountId(), fill.instrumentId(), true, fill.quantityUnits());
    }
    if (fill.sellerOrder()) {
      world.orderFilled(fill.sellerAccountId(), fill.instrumentId(), false, fill.quantityUnits());
    }
  }

  private void moveClock() {
    boolean pause = last != null && last.command() instanceof Command.Reassess && dice.chance(0.5);
    if (pause) {
      world.nowNs += dice.oneOf(10, 30, 120) * SECOND;
      return;
    }
    long step =
        switch (dice.below(120)) {
          case 0, 1 -> 30 * SECOND;
          case 2 -> dice.oneOf(90, 700, 4_000) * SECOND;
          case 3, 4 -> 1;
          case 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 -> 0;
          default -> dice.oneOf(1, 1, 2, 3) * SECOND;
        };
    world.nowNs += step;
  }

  private Command command() {
    while (true) {
      Supplier<@Nullable Command> supplier;
      if (dice.chance(REFUSED_SHARE)) {
        supplier = bad::next;
      } else if (!opening.isEmpty()) {
        supplier = opening.poll();
      } else {
        supplier = choose();
      }
      Command command = supplier.get();
      if (command != null) {
        return hedges.sided(command);
      }
    }
  }

  private Supplier<@Nullable Command> choose() {
    int drawn = dice.below(totalWeight);
    for (Choice choice : choices) {
      drawn -= choice.weight();
      if (drawn < 0) {
        return choice.command();
      }
    }
    throw new IllegalStateException("weights do not add up to " + totalWeight);
  }

  private @Nullable Command fundBackstop() {
    long backstop = world.backstopId();
    for (int asset : dice.shuffled(new ArrayList<>(world.assets.keySet()))) {
      long held = world.walletMinor(AccountChoices.HOUSE, asset);
      if (backstop >= 0 && held > 0) {
        return new Transfer(backstop, asset, held, Direction.TO_MARGIN);
      }
    }
    return backstop >= 0 ? accounts.deposit(AccountChoices.HOUSE) : null;
  }

  private Step numbered(Command command) {
    long logTimeNs = dice.chance(0.01) ? world.nowNs - 7 * SECOND : world.nowNs;
    long session = dice.chance(0.5) ? 0 : dice.between(1, world.limits.sessions());
    if (dice.chance(0.003) && sessionNumbers.size() == world.limits.sessions()) {
      return new Step(logTimeNs, NO_SUCH_SESSION, dice.between(1, 9), command);
    }
    if (session == 0) {
      return new Step(logTimeNs, 0, dice.between(0, 3), command);
    }
    long number = sessionNumbers.getOrDefault(session, dice.between(-2, 5)) + dice.between(1, 3);
    sessionNumbers.put(session, number);
    Step step = new Step(logTimeNs, session, number, command);
    lastInSession = step;
    return step;
  }

  /// A number that was used before, with the same command or another; null before the first.
  private @Nullable Step repeatedNumber() {
    Step before = lastInSession;
    if (before == null) {
      return null;
    }
    long number = before.commandNumber() - (dice.chance(0.5) ? 0 : dice.between(1, 20));
    Command command = dice.chance(0.5) ? before.command() : command();
    return new Step(world.nowNs, before.sessionId(), number, command);
  }
}
