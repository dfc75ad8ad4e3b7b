package io.evenkeel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import java.util.ArrayList;
import java.util.List;

/// A venue small enough to follow by hand. USD has six decimals and costs 1, so that a minor unit
/// of it is worth one millionth; BTC has eight and costs 50,000. One contract of PERP or CASH is
/// one unit of its underlying, priced in whole USD; a thousandth of a minor unit is the smallest
/// amount of FINE. Time moves only when a test says so.
final class SmallVenue {
  static final int USD = 1;
  static final int BTC = 2;
  static final int PERP = 10;
  static final int CASH = 11;
  static final int FINE = 12;
  static final long BACKSTOP = 100;
  static final long HOUSE = 1;

  final AuditEngine twin = new AuditEngine(EngineLimits.STANDARD);
  long nowNs = 1_000 * RulesOfTest.SECOND;
  List<Event> events = List.of();

  SmallVenue(RulesOfTest rules) {
    accept(new Command.DefineAsset(new Asset(USD, "USD", 6, 1L << 55, 0, 1, 2)));
    accept(
        new Command.DefineAsset(new Asset(BTC, "BTC", 8, 100_000_000_000L, 0, 50_000, 1_000_000)));
    accept(instrument(PERP, "PERP", Variation.UNREALISED_UNTIL_CLOSED, 0, 0));
    accept(instrument(CASH, "CASH", Variation.CASH_AT_EACH_MARK, 0, 0));
    accept(instrument(FINE, "FINE", Variation.UNREALISED_UNTIL_CLOSED, 3, 6));
    accept(new Command.DefineRulebook(0, rules.build(), 0));
    accept(new OpenAccount(BACKSTOP, HOUSE, 0, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
  }

  private static Command instrument(
      int id, String symbol, Variation variation, int priceScale, int quantityScale) {
    return new Command.DefineInstrument(
        new LinearContract(
            id,
            symbol,
            ContractKind.PERPETUAL,
            USD,
            variation,
            1,
            priceScale,
            quantityScale,
            1,
            10_000,
            1_000_000,
            1_000_000));
  }

  /// Applies a command that must be accepted; [#events] then holds what happened.
  List<Event> accept(Command command) {
    assertThat(answer(command)).as(command.toString()).isEqualTo(RefusalReason.NONE);
    return events;
  }

  RefusalReason answer(Command command) {
    AuditResult result = twin.apply(nowNs, 0, 0, command);
    events = result.events();
    return result.outcome().reason();
  }

  /// Opens a cross account of a party.
  void open(long account, long party) {
    accept(new OpenAccount(account, party, 0, AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  /// Opens an account of a party of its own and posts so many USD as margin.
  void openWith(long account, long usd) {
    open(account, account);
    post(account, account, USD, usd * 1_000_000);
  }

  /// Deposits and posts as margin, minor units.
  void post(long account, long party, int asset, long amountMinor) {
    accept(new Deposit(party, asset, amountMinor));
    accept(new Transfer(account, asset, amountMinor, Direction.TO_MARGIN));
  }

  List<Event> mark(int instrument, long price) {
    MarkBatch batch = MarkBatch.builder().add(Target.INSTRUMENT, instrument, price, nowNs).build();
    return accept(new MarkPrices(batch));
  }

  List<Event> trade(int instrument, long buyer, long seller, long quantity, long price) {
    return accept(new Fill(instrument, buyer, seller, quantity, price, 0, 0, false, false));
  }

  List<Event> waitSeconds(long seconds) {
    nowNs += seconds * RulesOfTest.SECOND;
    return accept(new Command.AdvanceTime());
  }

  AuditView.AccountLine account(long id) {
    return twin.view().accounts().get(id);
  }

  long marginMinor(long account, int asset) {
    return account(account).balancesMinor().getOrDefault(asset, 0L);
  }

  long walletMinor(long party, int asset) {
    return twin.view().wallets().get(party).getOrDefault(asset, 0L);
  }

  /// The events of one kind among the last ones.
  <T extends Event> List<T> last(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (Event event : events) {
      if (kind.isInstance(event)) {
        found.add(kind.cast(event));
      }
    }
    return found;
  }

  /// The only event of its kind among the last ones.
  <T extends Event> T only(Class<T> kind) {
    assertThat(last(kind)).hasSize(1);
    return last(kind).getFirst();
  }
}
