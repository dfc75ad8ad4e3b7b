package io.evenkeel.engine;

import static io.evenkeel.engine.RulebookSketch.HOUR_NS;
import static io.evenkeel.engine.TestVenue.BTC;
import static io.evenkeel.engine.TestVenue.FINE;
import static io.evenkeel.engine.TestVenue.MAKER;
import static io.evenkeel.engine.TestVenue.ONE_USD;
import static io.evenkeel.engine.TestVenue.OTHER;
import static io.evenkeel.engine.TestVenue.PERP;
import static io.evenkeel.engine.TestVenue.RULES;
import static io.evenkeel.engine.TestVenue.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.engine.snapshot.UnreadableState;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.TradingPhase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final int[] MARKED = {PERP, OTHER, TestVenue.CASH, FINE};

  @Test
  void shouldRestoreToTheSameHashAndFuture() {
    for (long seed = 1; seed <= 12; seed++) {
      checkHistory(seed);
    }
  }

  /// Two engines take the same random commands; one of them is replaced by its own snapshot at
  /// random points.
  private static void checkHistory(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TestVenue straight = lively();
    TestVenue restored = lively();
    List<Event> restoredEvents = new ArrayList<>();
    restored.engine = copy(restored.engine, restoredEvents);
    straight.events.clear();
    int accepted = 0;
    for (int step = 0; step < 400; step++) {
      long now = straight.nowNs += random.nextLong(HOUR_NS / 20);
      Command command = next(random, straight);
      long session = random.nextInt(4);
      Outcome outcome = straight.engine.apply(now, session, step, command);
      String place = "seed " + seed + ", step " + step + ": " + command;
      assertThat(restored.engine.apply(now, session, step, command)).as(place).isEqualTo(outcome);
      accepted += outcome.isAccepted() ? 1 : 0;
      if (random.nextInt(10) == 0) {
        String hash = Snapshots.stateHash(restored.engine);
        restored.engine = copy(restored.engine, restoredEvents);
        assertThat(Snapshots.stateHash(restored.engine)).as(place).isEqualTo(hash);
      }
      if (step % 20 == 0) {
        assertThat(Snapshots.stateHash(restored.engine))
            .as(place)
            .isEqualTo(Snapshots.stateHash(straight.engine));
      }
    }
    assertThat(restoredEvents).as("seed %d", seed).isEqualTo(straight.events);
    assertThat(straight.view().conservationBreaches()).as("seed %d", seed).isEmpty();
    assertThat(accepted).as("seed %d", seed).isGreaterThan(150);
  }

  private static TestVenue lively() {
    TestVenue venue =
        TestVenue.with(rules -> {
          rules.releaseAutomatic = true;
          rules.coolDownNs = HOUR_NS / 2;
          rules.callDeadlineNs = HOUR_NS / 3;
          rules.onExpiry = CallPolicy.OnExpiry.CLOSE;
          rules.partialPenalty = "0.01";
          rules.takeOverPenalty = "0.01";
          rules.baseSlippage = "0.001";
          rules.impact = "0.1";
          rules.markGuard = RulebookSketch.guard(HOUR_NS, "0.3", "0", HOUR_NS / 4);
          rules.assetGuard = RulebookSketch.guard(4 * HOUR_NS, "0.3", "0", HOUR_NS);
        });
    for (long account = 100; account < 110; account++) {
      venue.open(account, account / 2);
      venue.deposit(account / 2, USD, 3_000 * ONE_USD);
      venue.deposit(account / 2, BTC, 2_000_000);
      venue.accepted(new Command.SetPartyPolicy(account / 2, true));
    }
    venue.openIsolated(110, 60, PERP);
    venue.deposit(60, USD, 3_000 * ONE_USD);
    return venue;
  }

  private static Command next(SplittableRandom random, TestVenue venue) {
    long account = 100 + random.nextInt(11);
    int instrument = MARKED[random.nextInt(MARKED.length)];
    long units = 1 + random.nextInt(4_000);
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> fill(random, venue, account, instrument, units);
      case 3, 4, 5, 6 -> marks(random, venue);
      case 7 -> orders(random, venue, account, instrument, units);
      case 8 -> new Command.Deposit(account / 2, USD, 1 + random.nextInt(500_000_000));
      case 9 ->
          new Command.Transfer(
              account,
              random.nextBoolean() ? USD : BTC,
              1 + random.nextInt(1_000_000),
              random.nextBoolean() ? Command.Direction.TO_MARGIN : Command.Direction.TO_WALLET);
      case 10 -> new Command.ApplyFunding(PERP, new Decimal(random.nextInt(200) - 100, 4));
      case 11 -> new Command.SetLeverage(account, random.nextInt(3) * 250);
      case 12 -> new Command.ContributeInsurance(USD, 1 + random.nextInt(100_000_000));
      default -> rulebook(random, venue);
    };
  }

  private static Command fill(
      SplittableRandom random, TestVenue venue, long account, int instrument, long units) {
    long other = random.nextInt(3) == 0 ? 100 + random.nextInt(10) : MAKER;
    long price = venue.view().markUnits(instrument) * (990 + random.nextInt(20)) / 1_000;
    return random.nextBoolean()
        ? TestVenue.fill(instrument, account, other, units, price)
        : TestVenue.fill(instrument, other, account, units, price);
  }

  private static Command orders(
      SplittableRandom random, TestVenue venue, long account, int instrument, long units) {
    long price = venue.view().markUnits(instrument);
    return random.nextBoolean()
        ? new Command.SetOrderExposure(account, instrument, units, 0, units * price, 0)
        : new Command.SetOrderExposure(account, instrument, 0, units, 0, units * price);
  }

  private static Command marks(SplittableRandom random, TestVenue venue) {
    MarkBatch.Builder builder = MarkBatch.builder();
    for (int instrument : MARKED) {
      long price = venue.view().markUnits(instrument) * (940 + random.nextInt(121)) / 1_000;
      boolean bad = random.nextInt(30) == 0;
      builder.add(Target.INSTRUMENT, instrument, bad ? 1 : price, venue.nowNs);
    }
    long coin = venue.view().priceUnits(BTC) * (970 + random.nextInt(61)) / 1_000;
    return new Command.MarkPrices(builder.add(Target.ASSET, BTC, coin, venue.nowNs).build());
  }

  private static Command rulebook(SplittableRandom random, TestVenue venue) {
    if (random.nextBoolean()) {
      return new Command.SetPhase(
          OTHER, TradingPhase.values()[random.nextInt(TradingPhase.values().length)]);
    }
    RulebookSketch sketch = new RulebookSketch();
    sketch.version = 2 + random.nextInt(5);
    sketch.releaseAutomatic = random.nextBoolean();
    sketch.coolDownNs = random.nextLong(HOUR_NS);
    return new Command.DefineRulebook(
        RULES, sketch.build(), venue.nowNs + random.nextLong(HOUR_NS));
  }

  @Test
  void shouldRefuseEveryTruncationAndAnythingAppended() {
    byte[] bytes = bytes(small().engine);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut, TestVenue.LIMITS, new ArrayList<>()))
          .as("cut to %d of %d bytes", length, bytes.length)
          .isInstanceOf(UnreadableState.class);
    }
    assertThatThrownBy(
            () -> read(Arrays.copyOf(bytes, bytes.length + 1), TestVenue.LIMITS, new ArrayList<>()))
        .isInstanceOf(UnreadableState.class)
        .hasMessageContaining("goes on after its end");
  }

  @Test
  void shouldRefuseADamagedByteOrShowItInTheHash() {
    TestVenue venue = small();
    byte[] bytes = bytes(venue.engine);
    String hash = venue.hash();
    int refused = 0;
    for (int at = 0; at < bytes.length; at++) {
      for (int mask : new int[] {0x01, 0x02, 0x10, 0x80, 0xFF}) {
        byte[] damaged = bytes.clone();
        damaged[at] = (byte) (damaged[at] ^ mask);
        try {
          Engine engine = read(damaged, TestVenue.LIMITS, new ArrayList<>());
          assertThat(Snapshots.stateHash(engine))
              .as("byte %d changed by %d", at, mask)
              .isNotEqualTo(hash);
        } catch (UnreadableState refusal) {
          refused++;
        } catch (RuntimeException other) {
          throw new AssertionError("byte " + at + " changed by " + mask, other);
        }
      }
    }
    assertThat(refused).isGreaterThan(bytes.length);
  }

  /// A position, an order, a debt-free isolated account, an announcement, a session, a degraded
  /// price and an open call: a bit of everything.
  private static TestVenue small() {
    TestVenue venue =
        TestVenue.with(rules -> rules.markGuard = RulebookSketch.guard(0, "0.3", "0", HOUR_NS));
    venue.open(100, 1);
    venue.fund(100, USD, 1_000 * ONE_USD);
    venue.trade(PERP, 100, MAKER, 10_000, 100_000);
    venue.accepted(new Command.SetOrderExposure(100, PERP, 0, 7, 0, 700_000));
    venue.openIsolated(101, 1, OTHER);
    venue.mark(PERP, 96_000);
    venue.mark(OTHER, 1);
    RulebookSketch next = new RulebookSketch();
    next.version = 2;
    venue.accepted(new Command.DefineRulebook(RULES, next.build(), venue.nowNs + HOUR_NS));
    venue.apply(3, 9, new Command.AdvanceTime());
    assertThat(venue.view().call(100)).isPresent();
    assertThat(venue.view().isInstrumentDegraded(OTHER)).isTrue();
    return venue;
  }

  @Test
  void shouldNameAForeignFormatAndVersion() {
    byte[] bytes = bytes(small().engine);
    byte[] foreign = bytes.clone();
    foreign[0]++;
    assertThatThrownBy(() -> read(foreign, TestVenue.LIMITS, new ArrayList<>()))
        .hasMessage("the snapshot does not begin like one");
    byte[] later = bytes.clone();
    later[8] = 9;
    assertThatThrownBy(() -> read(later, TestVenue.LIMITS, new ArrayList<>()))
        .hasMessageContaining("is of version 9; this engine reads");
  }

  @Test
  void shouldRefuseWhatDoesNotFitTheLimits() {
    TestVenue venue = small();
    byte[] bytes = bytes(venue.engine);
    // as many of each as there are: 2 assets, 4 instruments, 1 rulebook, 3 parties, 4 accounts,
    // 1 session
    EngineLimits tight = new EngineLimits(2, 4, 1, 3, 4, 8, 16, 1, 4);
    assertThat(Snapshots.stateHash(read(bytes, tight, new ArrayList<>()))).isEqualTo(venue.hash());
    for (EngineLimits limits :
        List.of(
            new EngineLimits(1, 4, 1, 3, 4, 8, 16, 1, 4),
            new EngineLimits(2, 3, 1, 3, 4, 8, 16, 1, 4),
            new EngineLimits(2, 4, 1, 2, 4, 8, 16, 1, 4),
            new EngineLimits(2, 4, 1, 3, 3, 8, 16, 1, 4))) {
      assertThatThrownBy(() -> read(bytes, limits, new ArrayList<>()))
          .as("%s", limits)
          .isInstanceOf(UnreadableState.class);
    }
  }

  @Test
  void shouldReadFromASourceThatGivesLittleAtATime() {
    TestVenue venue = small();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes(venue.engine));
    Engine engine =
        Snapshots.read(buffer -> in.read(buffer, 0, 7), TestVenue.LIMITS, (_, _, _) -> {});
    assertThat(Snapshots.stateHash(engine)).isEqualTo(venue.hash());
  }

  static Engine copy(Engine engine, List<Event> events) {
    return read(bytes(engine), TestVenue.LIMITS, events);
  }

  private static byte[] bytes(Engine engine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(engine, (buffer, length) -> bytes.write(buffer, 0, length));
    return bytes.toByteArray();
  }

  private static Engine read(byte[] bytes, EngineLimits limits, List<Event> events) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    return Snapshots.read(
        buffer -> in.read(buffer, 0, buffer.length), limits, (_, _, event) -> events.add(event));
  }
}
