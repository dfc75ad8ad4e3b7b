package io.evenkeel.lab.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.audit.AuditEngine;
import io.evenkeel.audit.AuditResult;
import io.evenkeel.audit.AuditView;
import io.evenkeel.audit.AuditView.AccountLine;
import io.evenkeel.audit.AuditView.InstrumentLine;
import io.evenkeel.audit.AuditView.PositionLine;
import io.evenkeel.lab.history.RandomHistory.Step;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.AdvanceTime;
import io.evenkeel.model.command.Command.DefineAsset;
import io.evenkeel.model.command.Command.DefineInstrument;
import io.evenkeel.model.command.Command.DefineRulebook;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.PublishFactors;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.FactorRates;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.SizeScaledRates;
import io.evenkeel.model.rulebook.Trigger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must hold after every command of every history, whoever runs it. The twin runs it here;
/// that money and positions are conserved it checks of itself after every command.
class HistoryInvariantsTest {
  private static int closedChecks;
  private static int callChecks;

  private final Map<Long, OpenAccount> opened = new HashMap<>();
  private final Map<String, Rulebook> versions = new HashMap<>();
  private final Map<Integer, Rulebook> inForce = new HashMap<>();
  private final Map<Integer, Asset> assets = new HashMap<>();
  private final Map<Integer, LinearContract> instruments = new HashMap<>();
  private final Map<Integer, Decimal> increments = new HashMap<>();
  private final Set<List<Long>> numbersUsed = new HashSet<>();
  private final Map<Long, Event.AuctionStarted> auctions = new HashMap<>();
  private Rulebook venue;
  private String place = "";

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104, 105, 106})
  void shouldHoldAfterEveryCommand(long seed) {
    RandomHistory history = new RandomHistory(seed);
    AuditEngine twin = new AuditEngine(history.limits());
    for (int i = 0; i < 2_500; i++) {
      Step step = history.next();
      place = "seed %d, command %d, %s".formatted(seed, i, step);
      // Time first, so that what follows is the command's doing alone.
      AuditResult time = twin.apply(step.logTimeNs(), 0, 0, new AdvanceTime());
      history.observe(time.events());
      note(time, new AdvanceTime(), true);
      AuditView before = twin.view();
      AuditResult result =
          twin.apply(step.logTimeNs(), step.sessionId(), step.commandNumber(), step.command());
      history.observe(result.outcome(), result.events());
      boolean again =
          step.sessionId() != 0
              && !numbersUsed.add(List.of(step.sessionId(), step.commandNumber()));
      note(result, step.command(), !again);
      check(step.command(), result, before, twin.view());
      if (i % 10 == 9) {
        reassess(twin, history);
      }
    }
  }

  @AfterAll
  static void shouldHaveLookedAtEnough() {
    assertThat(closedChecks).as("accounts looked at after closing").isGreaterThan(2_000);
    assertThat(callChecks).as("accounts looked at after calling").isGreaterThan(50);
  }

  /// @param done whether it was the command that was answered, and not one before with its number
  private void note(AuditResult result, Command command, boolean done) {
    if (done && result.outcome().isAccepted()) {
      switch (command) {
        case OpenAccount open -> opened.putIfAbsent(open.accountId(), open);
        case DefineRulebook define ->
            versions.put(
                define.rulebookId() + "/" + define.rulebook().version(), define.rulebook());
        case DefineAsset define -> assets.put(define.asset().assetId(), define.asset());
        case DefineInstrument define -> {
          if (define.instrument() instanceof LinearContract contract) {
            instruments.put(contract.instrumentId(), contract);
          }
        }
        case PublishFactors publish -> {
          for (FactorValue factor : publish.factors()) {
            if (factor.kind() == FactorKind.FUNDING_INCREMENT) {
              increments.put(factor.subjectId(), factor.value());
            }
          }
        }
        default -> {}
      }
    }
    for (Event event : result.events()) {
      noteAuction(event);
      if (event instanceof Event.RulebookInForce now) {
        Rulebook rulebook = versions.get(now.rulebookId() + "/" + now.version());
        if (venue == null || inForce.get(now.rulebookId()) == venue) {
          venue = rulebook;
        }
        inForce.put(now.rulebookId(), rulebook);
      }
    }
  }

  private void check(Command command, AuditResult result, AuditView before, AuditView after) {
    if (!result.outcome().isAccepted()) {
      assertThat(result.events()).as(place).isEmpty();
      assertThat(after).as(place).isEqualTo(before);
    }
    after
        .wallets()
        .forEach((party, wallet) ->
            assertThat(wallet.values()).as(place + " wallet of " + party).allMatch(b -> b > 0));
    if (command instanceof MarkPrices mark && !result.events().isEmpty()) {
      checkMarks(mark.batch(), result, before, after);
    }
    for (AccountLine account : after.accounts().values()) {
      assertThat(BigDecimal.valueOf(account.fullValueE6()).add(beyondFullValueE6(account, after)))
          .as(place + " weights never add value: " + account)
          .isGreaterThanOrEqualTo(BigDecimal.valueOf(account.assessment().equityE6()));
    }
  }

  /// What equity may count and full value does not: nothing, but where debts are the requirement
  /// the debts, and by rates of open interest funding that was published and not applied (exact,
  /// positive is received; its index is cut to 24 places), and less than a minor unit for each
  /// short, whose value is cut towards zero. Factor rates may leave out losses that are not cash
  /// yet.
  private BigDecimal beyondFullValueE6(AccountLine account, AuditView view) {
    BigDecimal most = BigDecimal.ZERO;
    RequirementModel model = inForce.get(account.rulebookId()).requirement();
    if (model instanceof CollateralisedDebt debts) {
      // a category may value its assets at the price of one of them, which may be any
      return debts.categories().values().stream().allMatch(group -> group.priceOf().isEmpty())
          ? BigDecimal.valueOf(account.assessment().maintenanceMarginE6())
          : BigDecimal.valueOf(Long.MAX_VALUE);
    }
    if (model instanceof FactorRates rates && !rates.unsettledProfit()) {
      for (PositionLine position : account.positions()) {
        most = most.subtract(profitE6(position, view)).add(BigDecimal.ONE);
      }
    }
    if (model instanceof OpenInterestRates || model instanceof SizeScaledRates) {
      for (PositionLine position : account.positions()) {
        LinearContract contract = instruments.get(position.instrumentId());
        Decimal increment = increments.getOrDefault(position.instrumentId(), Decimal.ZERO);
        BigDecimal due =
            BigDecimal.valueOf(increment.units(), increment.scale() + contract.quantityScale())
                .multiply(BigDecimal.valueOf(position.quantityUnits()));
        most = most.subtract(due.movePointRight(6)).add(BigDecimal.ONE);
        if (position.quantityUnits() < 0) {
          Asset asset = assets.get(contract.settlementAssetId());
          long price = view.assets().get(asset.assetId()).priceUnits();
          most = most.add(BigDecimal.valueOf(price, asset.scale() + asset.priceScale() - 6));
        }
      }
    }
    return most;
  }

  /// Unrealised profit in minor units, rounded down, at the price of the settlement asset.
  private BigDecimal profitE6(PositionLine position, AuditView view) {
    LinearContract contract = instruments.get(position.instrumentId());
    Asset asset = assets.get(contract.settlementAssetId());
    Instrument.TickScale scale = contract.tickScale(asset.scale());
    BigDecimal ticks =
        BigDecimal.valueOf(position.quantityUnits())
            .multiply(
                BigDecimal.valueOf(view.instruments().get(position.instrumentId()).markUnits()))
            .multiply(BigDecimal.valueOf(scale.ticksPerUnit()))
            .subtract(BigDecimal.valueOf(position.costTicks()));
    long price = view.assets().get(asset.assetId()).priceUnits();
    return ticks
        .divide(BigDecimal.valueOf(scale.ticksPerMinor()), 0, RoundingMode.FLOOR)
        .multiply(BigDecimal.valueOf(price, asset.scale() + asset.priceScale() - 6));
  }

  /// Good marks are in force, bad ones are not and degrade their own target alone.
  private void checkMarks(MarkBatch batch, AuditResult result, AuditView before, AuditView after) {
    Map<String, MarkFault> faults = new HashMap<>();
    Set<String> degraded = new HashSet<>();
    for (Event event : result.events()) {
      if (event instanceof Event.MarkRejected rejected) {
        faults.put(rejected.target() + " " + rejected.id(), rejected.fault());
      } else if (event instanceof Event.MarketDataDegraded worse) {
        degraded.add(worse.target() + " " + worse.id());
      }
    }
    assertThat(faults.keySet()).as(place).containsAll(degraded);
    for (int i = 0; i < batch.size(); i++) {
      String name = batch.target(i) + " " + batch.id(i);
      MarkFault fault = faults.get(name);
      long priceBefore = price(before, batch.target(i), batch.id(i));
      long priceAfter = price(after, batch.target(i), batch.id(i));
      assertThat(priceAfter)
          .as(place + " " + name)
          .isEqualTo(fault == null ? batch.priceUnits(i) : priceBefore);
      boolean harmless = fault == MarkFault.NOT_TRADING || fault == MarkFault.OUT_OF_ORDER;
      boolean worse = harmless ? isDegraded(before, batch.target(i), batch.id(i)) : fault != null;
      assertThat(isDegraded(after, batch.target(i), batch.id(i)))
          .as(place + " " + name)
          .isEqualTo(worse);
    }
  }

  private static long price(AuditView view, Target target, int id) {
    return switch (target) {
      case INSTRUMENT -> view.instruments().get(id).markUnits();
      case ASSET -> view.assets().get(id).priceUnits();
    };
  }

  private static boolean isDegraded(AuditView view, Target target, int id) {
    return switch (target) {
      case INSTRUMENT -> view.instruments().get(id).degraded();
      case ASSET -> view.assets().get(id).degraded();
    };
  }

  /// Runs the whole cycle over everybody, so that what it leaves behind can be told of everybody.
  private void reassess(AuditEngine twin, RandomHistory history) {
    Command all = new Reassess(List.of(), true);
    AuditResult result = twin.apply(twin.nowNs(), 0, 0, all);
    place += ", then " + all;
    history.observe(result.events());
    AuditView view = twin.view();
    Set<Long> shared = new HashSet<>();
    Set<Long> deleveraged = new HashSet<>();
    Set<Long> waiting = new HashSet<>();
    long losses = 0;
    for (Event event : result.events()) {
      noteAuction(event);
      if (event instanceof Event.ProfitReduced reduced) {
        shared.add(reduced.accountId());
      } else if (event instanceof Event.Deleveraged closed) {
        deleveraged.add(closed.counterpartyAccountId());
      } else if (event instanceof Event.LiquidationEnded ended) {
        if (ended.result() == LiquidationResult.WAITING) {
          waiting.add(ended.accountId());
        }
      } else if (event instanceof Event.LossShared) {
        losses++;
      }
    }
    for (Map.Entry<Long, AccountLine> entry : view.accounts().entrySet()) {
      AccountLine account = entry.getValue();
      if (!account.closed()) {
        if (auctions.containsKey(entry.getKey())) {
          checkAuctioned(entry.getKey(), account, view);
        } else if (waiting.contains(entry.getKey())) {
          checkWaiting(entry.getKey(), account);
        } else {
          checkClosed(entry.getKey(), account, view, shared, losses);
        }
        if (!deleveraged.contains(entry.getKey())) {
          checkCalled(entry.getKey(), account, view);
        }
      }
    }
  }

  /// Whoever may be closed is at maintenance or above, waits for its next slice, or shared a loss
  /// and is worth nothing at worst. The backstop is worth nothing at worst, but for what rounding
  /// of shared losses in other assets left: a millionth for each.
  private void checkClosed(
      long id, AccountLine account, AuditView view, Set<Long> shared, long losses) {
    if (!runs(account, CycleStep.CLOSE)) {
      return;
    }
    boolean backstop = opened.get(id).role() == AccountRole.BACKSTOP;
    if (backstop) {
      assertThat(account.fullValueE6()).as(place + " backstop").isGreaterThanOrEqualTo(-losses);
    } else if (!isSuspended(account, view, CycleStep.CLOSE)) {
      closedChecks++;
      long least = shared.contains(id) ? 0 : account.assessment().levels().maintenanceE6();
      assertThat(account.assessment().equityE6())
          .as(place + " account " + id + " " + account)
          .isGreaterThanOrEqualTo(least);
    }
  }

  private void noteAuction(Event event) {
    if (event instanceof Event.AuctionStarted started) {
      auctions.put(started.accountId(), started);
    } else if (event instanceof Event.AuctionEnded ended) {
      auctions.remove(ended.accountId());
    }
  }

  /// Whoever is auctioned has no orders, and in an insolvent auction is below maintenance.
  private void checkAuctioned(long id, AccountLine account, AuditView view) {
    assertThat(account.call()).as(place + " account " + id).isNull();
    for (AuditView.PositionLine line : account.positions()) {
      assertThat(line.buyUnits() + line.sellUnits()).as(place + " account " + id).isZero();
    }
    boolean looked = runs(account, CycleStep.CLOSE) && !isSuspended(account, view, CycleStep.CLOSE);
    if (looked && auctions.get(id).insolvent()) {
      assertThat(account.assessment().equityE6())
          .as(place + " account " + id + " " + account)
          .isLessThan(account.assessment().levels().maintenanceE6());
    }
  }

  /// Only slices make an account wait, and one that waits has a position left to slice.
  private void checkWaiting(long id, AccountLine account) {
    assertThat(inForce.get(account.rulebookId()).liquidation().steps())
        .as(place + " account " + id)
        .hasAtLeastOneElementOfType(LiquidationStep.CloseSlices.class);
    assertThat(account.positions()).as(place + " account " + id + " " + account).isNotEmpty();
  }

  /// Nobody whose calls are looked after holds an excess and a call. (Closing comes after calls:
  /// who is made better off by somebody else's closing is looked at in the next cycle.)
  private void checkCalled(long id, AccountLine account, AuditView view) {
    OpenAccount open = opened.get(id);
    Rulebook rulebook = inForce.get(account.rulebookId());
    AccountMode mode = open.mode();
    boolean bands = !(rulebook.levels(mode) instanceof LevelPolicy.WithoutBands);
    boolean looked =
        bands
            && open.role() == AccountRole.TRADER
            && runs(account, CycleStep.CALL)
            && !isSuspended(account, view, CycleStep.CALL);
    if (looked && account.call() != null) {
      callChecks++;
      assertThat(account.assessment().zone())
          .as(place + " account " + id + " " + account)
          .isNotEqualTo(Zone.EXCESS);
    }
  }

  private boolean runs(AccountLine account, CycleStep step) {
    return inForce.get(account.rulebookId()).onTrigger(Trigger.REASSESS).runs(step);
  }

  private boolean isSuspended(AccountLine account, AuditView view, CycleStep step) {
    return account.positions().stream()
        .map(position -> view.instruments().get(position.instrumentId()))
        .anyMatch(instrument -> suspends(instrument, step));
  }

  private boolean suspends(InstrumentLine instrument, CycleStep step) {
    boolean lost = step == CycleStep.CLOSE && instrument.lost();
    return lost || venue.venue().suspends(instrument.phase(), step);
  }
}
