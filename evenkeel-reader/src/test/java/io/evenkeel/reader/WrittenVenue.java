package io.evenkeel.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.Snapshots;
import io.evenkeel.engine.snapshot.StateInput;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.journal.JournalWriter;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;

/// What a node does, without the log: an engine that writes its journal, and can be set back to its
/// last snapshot like a node that restarts.
final class WrittenVenue implements AutoCloseable {
  static final int USD = 1;
  static final int BTC = 2;
  static final int PERP = 10;
  static final int CASH = 12;
  static final int RULES = 7;
  static final long BACKSTOP = 1;
  static final long ONE_USD = 1_000_000;
  static final EngineLimits LIMITS = new EngineLimits(8, 8, 4, 20_000, 20_000, 8, 64, 8, 8);

  private record Told(long timeNs, long session, long number, Command command) {}

  final Path folder;
  final List<RecordedEvent> events = new ArrayList<>();
  Engine engine;
  long logPosition;
  long nowNs = 1_000_000_000_000L;
  private final CommandCodec codec = new CommandCodec();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final List<Told> sinceSnapshot = new ArrayList<>();
  private JournalWriter writer;
  private byte[] snapshot = new byte[0];
  private long snapshotPosition;
  private long snapshotLogPosition;

  WrittenVenue(Path folder) {
    this.folder = folder;
    engine = new Engine(LIMITS, this::record);
    writer = JournalWriter.open(journal(), 0, 1);
  }

  /// A venue with two assets, two instruments, a rulebook, a backstop and an insurance fund.
  static WrittenVenue withMarket(Path folder) {
    WrittenVenue venue = new WrittenVenue(folder);
    venue.apply(
        new Command.DefineAsset(
            new Asset(USD, "USD", 6, 10_000_000_000_000_000L, 6, 1_000_000, 2_000_000)));
    venue.apply(
        new Command.DefineAsset(
            new Asset(BTC, "BTC", 8, 5_000_000_000_000L, 2, 5_000_000, 100_000_000)));
    venue.apply(
        new Command.DefineInstrument(contract(PERP, "PERP", Variation.UNREALISED_UNTIL_CLOSED)));
    venue.apply(new Command.DefineInstrument(contract(CASH, "CASH", Variation.CASH_AT_EACH_MARK)));
    venue.mark(PERP, 100_000);
    venue.mark(CASH, 100_000);
    venue.apply(new Command.DefineRulebook(RULES, SmallRulebook.version(1), 0));
    venue.apply(
        new Command.OpenAccount(
            BACKSTOP, 1_000_000, RULES, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    venue.fund(BACKSTOP, 1_000_000, 1_000_000 * ONE_USD);
    venue.apply(new Command.ContributeInsurance(USD, 1_000 * ONE_USD));
    return venue;
  }

  private static LinearContract contract(int id, String symbol, Variation variation) {
    return new LinearContract(
        id,
        symbol,
        ContractKind.PERPETUAL,
        USD,
        variation,
        1,
        2,
        3,
        1,
        10_000_000,
        1_000_000,
        2_000_000);
  }

  Path journal() {
    return folder.resolve("journal");
  }

  ReaderConfig readerConfig() {
    return new ReaderConfig(journal(), folder.resolve("reader"), LIMITS, 256);
  }

  private void record(long number, long timeNs, Event event) {
    writer.event(number, timeNs, event);
    if (number > events.size()) {
      events.add(new RecordedEvent(number, timeNs, logPosition, event));
    }
  }

  Outcome apply(Command command) {
    return apply(0, 0, command);
  }

  Outcome apply(long session, long number, Command command) {
    nowNs += 1_000;
    return apply(new Told(nowNs, session, number, command));
  }

  private Outcome apply(Told told) {
    sinceSnapshot.add(told);
    logPosition += 64;
    int length = codec.encode(told.command, buffer, 0);
    writer.command(logPosition, told.timeNs, told.session, told.number, buffer, 0, length);
    Outcome outcome = engine.apply(told.timeNs, told.session, told.number, told.command);
    writer.outcome(outcome);
    return outcome;
  }

  /// A command that must be accepted.
  void accepted(Command command) {
    assertThat(apply(command).isAccepted()).as("%s", command).isTrue();
  }

  void flush() {
    writer.flush();
  }

  /// Snapshot as a node takes it: the journal is synced first, the entry comes behind.
  void takeSnapshot() {
    writer.sync();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Snapshots.write(engine, (part, length) -> bytes.write(part, 0, length));
    snapshot = bytes.toByteArray();
    snapshotPosition = writer.position();
    snapshotLogPosition = logPosition;
    sinceSnapshot.clear();
    writer.snapshotTaken(logPosition, engine.lastEventNumber(), hash());
    writer.flush();
  }

  /// Claims a state in the journal that is not this one.
  void claimSnapshot(String hash) {
    writer.snapshotTaken(logPosition, engine.lastEventNumber(), hash);
    writer.flush();
  }

  /// Goes back to the last snapshot and applies what came behind it again.
  void restart(Runnable inBetween) {
    writer.close();
    int[] at = {0};
    engine =
        Snapshots.read(
            (StateInput.ByteSource)
                part -> {
                  int length = Math.min(part.length, snapshot.length - at[0]);
                  System.arraycopy(snapshot, at[0], part, 0, length);
                  at[0] += length;
                  return length == 0 ? -1 : length;
                },
            LIMITS,
            this::record);
    writer = JournalWriter.open(journal(), snapshotPosition, engine.lastEventNumber() + 1);
    inBetween.run();
    logPosition = snapshotLogPosition;
    writer.snapshotTaken(logPosition, engine.lastEventNumber(), hash());
    List<Told> again = List.copyOf(sinceSnapshot);
    sinceSnapshot.clear();
    again.forEach(this::apply);
    writer.flush();
  }

  String hash() {
    return Snapshots.stateHash(engine);
  }

  void mark(int instrument, long price) {
    apply(
        new Command.MarkPrices(
            MarkBatch.builder().add(Target.INSTRUMENT, instrument, price, nowNs).build()));
  }

  void open(long account, long party) {
    accepted(
        new Command.OpenAccount(account, party, RULES, AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  void fund(long account, long party, long amountMinor) {
    accepted(new Command.Deposit(party, USD, amountMinor));
    accepted(new Command.Transfer(account, USD, amountMinor, Command.Direction.TO_MARGIN));
  }

  void trade(long buyer, long seller, long units, long price) {
    accepted(new Command.Fill(PERP, buyer, seller, units, price, 0, 0, false, false));
  }

  /// Opens and funds accounts 100 to 99 + count, each of a party of its own with the same number.
  void openMany(int count) {
    openMore(100, count);
  }

  void openMore(long first, int count) {
    for (long account = first; account < first + count; account++) {
      open(account, account);
      fund(account, account, 1_000 * ONE_USD);
    }
  }

  /// One random command about the accounts of [#openMany]; many are refused.
  Outcome random(SplittableRandom random, int accounts) {
    long one = 100 + random.nextInt(accounts);
    long other = 100 + random.nextInt(accounts);
    Command command =
        switch (random.nextInt(12)) {
          case 0 -> new Command.Deposit(one, random.nextInt(1, 3), random.nextLong(1, 500_000_000));
          case 1 -> new Command.Withdraw(one, USD, random.nextLong(1, 100_000_000));
          case 2 ->
              new Command.Transfer(
                  one,
                  random.nextInt(1, 3),
                  random.nextLong(1, 200_000_000),
                  Command.Direction.values()[random.nextInt(2)]);
          case 3, 4, 5, 6 ->
              new Command.Fill(
                  random.nextBoolean() ? PERP : CASH,
                  one,
                  other,
                  random.nextInt(1, 3_000),
                  random.nextInt(80_000, 120_000),
                  random.nextInt(1_000),
                  0,
                  false,
                  false);
          case 7 -> new Command.SetLeverage(one, random.nextInt(1_000));
          case 8 -> new Command.CloseAccount(one);
          case 9 -> new Command.ApplyFunding(PERP, Decimal.parse("0.0001"));
          default ->
              new Command.MarkPrices(
                  MarkBatch.builder()
                      .add(Target.INSTRUMENT, PERP, random.nextInt(70_000, 130_000), nowNs)
                      .add(Target.INSTRUMENT, CASH, random.nextInt(70_000, 130_000), nowNs)
                      .build());
        };
    nowNs += random.nextLong(1_000_000_000L);
    return apply(random.nextInt(3), random.nextInt(1_000), command);
  }

  /// Asks a reader once it has applied everything written so far.
  <T> T ask(Reader reader, Function<Venue, T> question) throws Exception {
    flush();
    assertThat(reader.reached(logPosition, Duration.ofSeconds(30)).get())
        .as("reader: %s", reader.status())
        .isTrue();
    return reader.ask(question).get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    writer.close();
  }
}
