package io.evenkeel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A small venue around one engine. Scales are chosen so that figures can be read off:
///
/// - `USD`: one minor unit is one millionth of the numeraire, at its price of 1.
/// - `BTC`: 10^8 minor units a coin, price 50,000.00 in cents; one coin is worth 50_000_000_000.
/// - `PERP` and `OTHER` (perpetuals) and `CASH` (a future with cash variation): 1,000 units are one
///   contract, price in cents, so `units * cents * 10` is a value in millionths.
/// - `FINE` (a perpetual): price in millionths, 1,000 units a contract: 1,000 ticks a minor unit.
///
/// Checks after every command that money is conserved and that events are numbered without gaps.
final class TestVenue {
  static final int USD = 1;
  static final int BTC = 2;
  static final int PERP = 10;
  static final int OTHER = 11;
  static final int CASH = 12;
  static final int FINE = 13;
  static final int RULES = 7;
  static final long BACKSTOP = 1;
  static final long MAKER = 2;
  static final long HOUSE_PARTY = 1_000;
  static final long MAKER_PARTY = 2_000;

  /// One dollar in minor units and in millionths of the numeraire.
  static final long ONE_USD = 1_000_000;

  static final EngineLimits LIMITS = new EngineLimits(8, 8, 4, 64, 4_096, 8, 16, 8, 4);

  final List<Event> events = new ArrayList<>();
  Engine engine;
  long nowNs = RulebookSketch.HOUR_NS;

  private long lastNumber;

  TestVenue(EngineLimits limits) {
    engine = new Engine(limits, this::note);
  }

  /// The whole venue: assets, instruments marked at 1,000.00 (FINE at 1,000), the rulebook, a
  /// backstop with 1,000,000 dollars and a maker with 10,000,000 to trade against.
  static TestVenue with(Consumer<RulebookSketch> change) {
    return with(LIMITS, change);
  }

  static TestVenue with(EngineLimits limits, Consumer<RulebookSketch> change) {
    TestVenue venue = new TestVenue(limits);
    venue.defineMarket();
    RulebookSketch sketch = new RulebookSketch();
    change.accept(sketch);
    venue.define(RULES, sketch.build());
    venue.accepted(
        new Command.OpenAccount(
            BACKSTOP, HOUSE_PARTY, RULES, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    venue.open(MAKER, MAKER_PARTY);
    venue.fund(BACKSTOP, USD, 1_000_000 * ONE_USD);
    venue.fund(MAKER, USD, 10_000_000 * ONE_USD);
    venue.events.clear();
    return venue;
  }

  static TestVenue standard() {
    return with(_ -> {});
  }

  void defineMarket() {
    accepted(new Command.DefineAsset(usd()));
    accepted(new Command.DefineAsset(btc()));
    accepted(new Command.DefineInstrument(perpetual(PERP, "PERP")));
    accepted(new Command.DefineInstrument(perpetual(OTHER, "OTHER")));
    accepted(
        new Command.DefineInstrument(
            contract(
                CASH, "CASH", ContractKind.DATED_FUTURE, Variation.CASH_AT_EACH_MARK, 2, 3, 1)));
    accepted(
        new Command.DefineInstrument(
            contract(
                FINE, "FINE", ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 6, 3, 1)));
    for (int instrument : new int[] {PERP, OTHER, CASH}) {
      mark(instrument, 100_000);
    }
    mark(FINE, 1_000_000_000);
  }

  static Asset usd() {
    return new Asset(USD, "USD", 6, 10_000_000_000_000_000L, 6, 1_000_000, 2_000_000);
  }

  static Asset btc() {
    return new Asset(BTC, "BTC", 8, 5_000_000_000_000L, 2, 5_000_000, 100_000_000);
  }

  static LinearContract perpetual(int id, String symbol) {
    return contract(id, symbol, ContractKind.PERPETUAL, Variation.UNREALISED_UNTIL_CLOSED, 2, 3, 1);
  }

  static LinearContract contract(
      int id,
      String symbol,
      ContractKind kind,
      Variation variation,
      int priceScale,
      int quantityScale,
      long lot) {
    long maximumPrice = priceScale == 2 ? 10_000_000 : 100_000_000_000L;
    return new LinearContract(
        id,
        symbol,
        kind,
        USD,
        variation,
        1,
        priceScale,
        quantityScale,
        lot,
        maximumPrice,
        1_000_000,
        2_000_000);
  }

  private void note(long number, long timeNs, Event event) {
    assertThat(number).isEqualTo(++lastNumber);
    assertThat(timeNs).isEqualTo(engine.view().nowNs());
    events.add(event);
  }

  Outcome apply(Command command) {
    return apply(0, 0, command);
  }

  Outcome apply(long session, long number, Command command) {
    Outcome outcome = engine.apply(nowNs, session, number, command);
    assertThat(engine.view().conservationBreaches()).as("conservation after %s", command).isEmpty();
    return outcome;
  }

  /// Applies a command that must be accepted; its events are then all that `events` holds.
  List<Event> accepted(Command command) {
    events.clear();
    Outcome outcome = apply(command);
    assertThat(outcome.reason()).as("answer to %s", command).isEqualTo(RefusalReason.NONE);
    return List.copyOf(events);
  }

  /// Applies a command that must be refused for a reason, changing nothing and saying nothing.
  void refused(RefusalReason reason, Command command) {
    apply(new Command.AdvanceTime());
    String before = hash();
    events.clear();
    Outcome outcome = apply(command);
    assertThat(outcome).as("answer to %s", command).isEqualTo(new Outcome(reason, 0, 0));
    assertThat(events).isEmpty();
    assertThat(hash()).as("state after refused %s", command).isEqualTo(before);
  }

  String hash() {
    return Snapshots.stateHash(engine);
  }

  EngineView view() {
    return engine.view();
  }

  void define(int rulebook, Rulebook version) {
    accepted(new Command.DefineRulebook(rulebook, version, 0));
  }

  void open(long account, long party) {
    open(account, party, RULES);
  }

  void open(long account, long party, int rulebook) {
    accepted(
        new Command.OpenAccount(
            account, party, rulebook, AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  void openIsolated(long account, long party, int instrument) {
    accepted(
        new Command.OpenAccount(
            account, party, RULES, AccountMode.ISOLATED, instrument, AccountRole.TRADER));
  }

  List<Event> deposit(long party, int asset, long amountMinor) {
    return accepted(new Command.Deposit(party, asset, amountMinor));
  }

  List<Event> post(long account, int asset, long amountMinor) {
    return accepted(new Command.Transfer(account, asset, amountMinor, Command.Direction.TO_MARGIN));
  }

  /// Deposits and posts, so that the wallet is as before.
  void fund(long account, int asset, long amountMinor) {
    deposit(view().partyOf(account), asset, amountMinor);
    post(account, asset, amountMinor);
  }

  /// A fill at a price without fees.
  List<Event> trade(int instrument, long buyer, long seller, long units, long price) {
    return accepted(fill(instrument, buyer, seller, units, price));
  }

  static Command.Fill fill(int instrument, long buyer, long seller, long units, long price) {
    return new Command.Fill(instrument, buyer, seller, units, price, 0, 0, false, false);
  }

  List<Event> mark(int instrument, long price) {
    return accepted(new Command.MarkPrices(markBatch(Target.INSTRUMENT, instrument, price)));
  }

  List<Event> price(int asset, long price) {
    return accepted(new Command.MarkPrices(markBatch(Target.ASSET, asset, price)));
  }

  MarkBatch markBatch(Target target, int id, long price) {
    return MarkBatch.builder().add(target, id, price, nowNs).build();
  }

  List<Event> advance(long byNs) {
    nowNs += byNs;
    return accepted(new Command.AdvanceTime());
  }

  List<Event> reassess() {
    return accepted(new Command.Reassess(List.of(), true));
  }

  Assessment assess(long account) {
    return view().assess(account);
  }

  long margin(long account, int asset) {
    return view().marginMinor(account, asset);
  }

  long wallet(long party, int asset) {
    return view().walletMinor(party, asset);
  }

  static <E extends Event> List<E> only(List<Event> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  static <E extends Event> E one(List<Event> events, Class<E> type) {
    List<E> found = only(events, type);
    assertThat(found).as("%s in %s", type.getSimpleName(), events).hasSize(1);
    return found.getFirst();
  }
}
