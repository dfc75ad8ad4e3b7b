package io.evenkeel.lab.history;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.ApplyFunding;
import io.evenkeel.model.command.Command.CloseAccount;
import io.evenkeel.model.command.Command.ContributeInsurance;
import io.evenkeel.model.command.Command.DefineAsset;
import io.evenkeel.model.command.Command.DefineInstrument;
import io.evenkeel.model.command.Command.DefineRulebook;
import io.evenkeel.model.command.Command.Deposit;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.Fill;
import io.evenkeel.model.command.Command.MarkPrices;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.Reassess;
import io.evenkeel.model.command.Command.SetLeverage;
import io.evenkeel.model.command.Command.SetOrderExposure;
import io.evenkeel.model.command.Command.SetPartyPolicy;
import io.evenkeel.model.command.Command.SetPhase;
import io.evenkeel.model.command.Command.SettleInstrument;
import io.evenkeel.model.command.Command.Transfer;
import io.evenkeel.model.command.Command.Withdraw;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Commands that should be refused, each wrong in one way.
final class BadChoices {
  private static final int NOBODY = 60_000;

  private final HistoryWorld world;
  private final Dice dice;
  private final RulebookChoices rulebooks;
  private final TradeChoices trades;
  private final ImportChoices imports;

  BadChoices(
      HistoryWorld world, RulebookChoices rulebooks, TradeChoices trades, ImportChoices imports) {
    this.world = world;
    this.dice = world.dice;
    this.rulebooks = rulebooks;
    this.trades = trades;
    this.imports = imports;
  }

  /// A command that is wrong in some way, or null when what it needs does not exist yet.
  @Nullable Command next() {
    return switch (dice.below(7)) {
      case 6 -> imports.bad();
      case 0 -> badReference();
      case 1 -> badAccount();
      case 2 -> badMoney();
      case 3 -> badOrder();
      case 4 -> badFill();
      default -> badMarket();
    };
  }

  private <T> @Nullable T any(Iterable<T> all) {
    List<T> list = new ArrayList<>();
    all.forEach(list::add);
    return list.isEmpty() ? null : dice.pick(list);
  }

  private @Nullable Command badReference() {
    Asset asset = any(world.assets.values());
    LinearContract contract = any(world.instruments.values());
    if (asset == null || contract == null) {
      return new DefineInstrument(contract(NOBODY, "EARLY", NOBODY, 1, 1_000));
    }
    Rulebook valid = ((DefineRulebook) rulebooks.next()).rulebook();
    return switch (dice.below(13)) {
      case 11 -> asset.scale() < 6 ? new DefineInstrument(contract(asset, 1, 12, 12)) : null;
      case 12 -> new DefineInstrument(tooCoarse(asset));
      case 0 -> new DefineAsset(asset);
      case 1 -> new DefineAsset(asset(NOBODY, asset.symbol()));
      case 2 ->
          world.assets.size() < world.limits.assets()
              ? null
              : new DefineAsset(asset(NOBODY, "ONEMORE"));
      case 3 -> new DefineInstrument(contract);
      case 4 ->
          new DefineInstrument(contract(NOBODY, contract.symbol(), asset.assetId(), 1, 1_000));
      case 5 -> new DefineInstrument(contract(NOBODY, "NOASSET", NOBODY, 1, 1_000));
      case 6 ->
          new DefineInstrument(
              contract(NOBODY, "TOOLARGE", asset.assetId(), 1_000_000_000L, 1L << 59));
      case 7 -> new DefineRulebook(dice.oneOf(-1, 65_536), valid, 0);
      case 8 -> new DefineRulebook(NOBODY, named(valid, 1, "UNKNOWN"), 0);
      case 9 -> new DefineRulebook(existingRulebook(), named(valid, 1, valid.cashAsset()), 0);
      default -> new DefineRulebook(existingRulebook(), named(valid, 1_000_000, "UNKNOWN"), 0);
    };
  }

  private int existingRulebook() {
    Integer id = any(world.rulebookVersions.keySet());
    return id == null ? NOBODY : id;
  }

  private static Asset asset(int id, String symbol) {
    return new Asset(id, symbol, 6, 1_000, 0, 1, 1);
  }

  private static LinearContract contract(
      int id, String symbol, int settlementAssetId, long size, long mostOpen) {
    return new LinearContract(
        id,
        symbol,
        ContractKind.PERPETUAL,
        settlementAssetId,
        Variation.UNREALISED_UNTIL_CLOSED,
        size,
        0,
        0,
        1,
        1,
        1,
        mostOpen);
  }

  /// A contract whose smallest amounts are far above a minor unit of the asset.
  private static LinearContract tooCoarse(Asset asset) {
    return contract(asset, 1_000_000_000L, 0, -9);
  }

  private static LinearContract contract(
      Asset asset, long size, int priceScale, int quantityScale) {
    return new LinearContract(
        NOBODY,
        "SCALE",
        ContractKind.PERPETUAL,
        asset.assetId(),
        Variation.UNREALISED_UNTIL_CLOSED,
        size,
        priceScale,
        quantityScale,
        1,
        1,
        1L << 59,
        1L << 59);
  }

  /// The same rules with another version, and only one asset as collateral.
  private static Rulebook named(Rulebook book, int version, String asset) {
    return new Rulebook(
        book.name(),
        version,
        asset,
        List.of(
            new CollateralTerms(asset, Decimal.ONE, Decimal.ONE, Decimal.ONE, 1_000, Decimal.ZERO)),
        DebtChoices.withoutNames(book.requirement()),
        book.crossLevels(),
        book.isolatedLevels(),
        book.triggers(),
        book.topUp(),
        book.release(),
        book.call(),
        book.lossSources(),
        book.liquidation(),
        book.venue());
  }

  private @Nullable Command badAccount() {
    OpenAccount account = any(world.accounts.values());
    int rulebook = existingRulebook();
    AccountRole trader = AccountRole.TRADER;
    if (account == null) {
      return new OpenAccount(1, 1, rulebook, AccountMode.CROSS, -1, trader);
    }
    Integer gone = any(world.settled.keySet());
    Long closed = any(world.closedAccounts);
    boolean full =
        world.accounts.size() + world.closedAccounts.size() >= world.limits.accounts()
            || world.parties.size() >= world.limits.parties();
    long id = account.accountId();
    return switch (dice.below(20)) {
      case 19 -> full ? new OpenAccount(4, 901, rulebook, AccountMode.CROSS, -1, trader) : null;
      case 0 -> new OpenAccount(-3, 1, rulebook, AccountMode.CROSS, -1, trader);
      case 1 -> new OpenAccount(3, -1, rulebook, AccountMode.CROSS, -1, trader);
      case 2 -> new OpenAccount(id, 1, rulebook, AccountMode.CROSS, -1, trader);
      case 3 ->
          new OpenAccount(closed == null ? id : closed, 1, rulebook, AccountMode.CROSS, -1, trader);
      case 4 -> new OpenAccount(3, 7, NOBODY, AccountMode.CROSS, -1, trader);
      case 5 -> new OpenAccount(3, 7, rulebook, AccountMode.CROSS, 1, trader);
      case 6 -> new OpenAccount(3, 7, rulebook, AccountMode.ISOLATED, 1, AccountRole.BACKSTOP);
      case 7 -> new OpenAccount(3, 7, rulebook, AccountMode.ISOLATED, dice.oneOf(-1, 9), trader);
      case 8 ->
          gone == null ? null : new OpenAccount(3, 7, rulebook, AccountMode.ISOLATED, gone, trader);
      case 9 -> new OpenAccount(3, 7, rulebook, AccountMode.CROSS, -1, AccountRole.BACKSTOP);
      case 10 -> new CloseAccount(closed == null ? NOBODY : closed);
      case 11 -> new CloseAccount(world.backstopId());
      case 12, 13 -> new CloseAccount(id);
      case 14 -> new SetPartyPolicy(NOBODY, true);
      case 15 -> new SetLeverage(NOBODY, 100);
      case 16 -> new SetLeverage(id, dice.oneOf(-1, 1, 99, 100_001, Integer.MIN_VALUE));
      case 17 -> new SetLeverage(id, 100);
      default -> new Reassess(List.of(id, closed == null ? NOBODY : closed), true);
    };
  }

  private @Nullable Command badMoney() {
    Asset asset = any(world.assets.values());
    OpenAccount account = any(world.accounts.values());
    if (asset == null || account == null) {
      return asset == null
          ? new ContributeInsurance(NOBODY, 1)
          : new Deposit(NOBODY, asset.assetId(), 1);
    }
    int coin = asset.assetId();
    long party = account.partyId();
    long id = account.accountId();
    long most = Long.MAX_VALUE;
    Long called = any(world.calledAccounts);
    if (called != null && dice.chance(0.3)) {
      return dice.chance(0.5)
          ? new Transfer(called, coin, 1, Direction.TO_WALLET)
          : new Withdraw(Objects.requireNonNull(world.accounts.get(called)).partyId(), coin, 1);
    }
    return switch (dice.below(18)) {
      case 0 -> new Deposit(NOBODY, coin, 1);
      case 1 -> new Deposit(party, NOBODY, 1);
      case 2 -> new Deposit(party, coin, dice.oneOf(0L, -1L, Long.MIN_VALUE));
      case 3 -> new Deposit(party, coin, dice.oneOf(asset.maximumSupplyMinor(), most));
      case 4 -> new ContributeInsurance(coin, dice.oneOf(0L, -1L));
      case 5 -> new ContributeInsurance(coin, most);
      case 6 -> new Withdraw(NOBODY, coin, 1);
      case 7 -> new Withdraw(party, NOBODY, 1);
      case 8 -> new Withdraw(party, coin, dice.oneOf(0L, -5L));
      case 9 -> new Withdraw(party, coin, world.walletMinor(party, coin) + 1);
      case 10 -> new Transfer(NOBODY, coin, 1, Direction.TO_MARGIN);
      case 11 -> new Transfer(id, NOBODY, 1, Direction.TO_WALLET);
      case 12 -> new Transfer(id, coin, 0, Direction.TO_MARGIN);
      case 13, 14 -> new Transfer(id, coin, most, Direction.TO_MARGIN);
      case 15 -> new Transfer(id, coin, most, Direction.TO_WALLET);
      default ->
          new Transfer(id, coin, Math.max(1, world.marginMinor(id, coin)), Direction.TO_WALLET);
    };
  }

  private @Nullable Command badOrder() {
    LinearContract contract = any(world.instruments.values());
    OpenAccount account = any(world.accounts.values());
    if (contract == null || account == null) {
      return new SetOrderExposure(NOBODY, NOBODY, 0, 0, 0, 0);
    }
    int instrument = contract.instrumentId();
    Integer gone = any(world.settled.keySet());
    long id = account.accountId();
    long lot = contract.lotSize();
    long most = contract.maximumPositionUnits() / lot * lot;
    long price = trades.walk(contract).units();
    return switch (dice.below(13)) {
      case 0 -> new SetOrderExposure(NOBODY, instrument, 0, 0, 0, 0);
      case 1 -> new SetOrderExposure(id, NOBODY, 0, 0, 0, 0);
      case 2 -> gone == null ? null : new SetOrderExposure(id, gone, 0, 0, 0, 0);
      case 3 ->
          new SetOrderExposure(
              world.backstopId(), instrument, lot, 0, trades.notional(contract, lot, price), 0);
      case 4 -> new SetOrderExposure(id, instrument, -lot, 0, -lot, 0);
      case 5 -> new SetOrderExposure(id, instrument, lot, 0, 0, 0);
      case 6 ->
          new SetOrderExposure(id, instrument, 0, dice.oneOf(0L, lot), 0, dice.oneOf(1L, -1L));
      case 7 -> new SetOrderExposure(id, instrument, lot, 0, Long.MAX_VALUE, 0);
      case 8 ->
          new SetOrderExposure(
              id, instrument, lot + 1, 0, trades.notional(contract, lot + 1, price), 0);
      case 9 -> new SetOrderExposure(id, instrument, most + lot, 0, most + lot, 0);
      case 10 -> new SetOrderExposure(id, instrument, 0, most + lot, 0, most + lot);
      default ->
          new SetOrderExposure(id, instrument, most, 0, trades.notional(contract, most, price), 0);
    };
  }

  private @Nullable Command badFill() {
    LinearContract contract = any(world.instruments.values());
    OpenAccount one = any(world.accounts.values());
    OpenAccount other = any(world.accounts.values());
    if (contract == null || one == null || other == null) {
      return null;
    }
    int id = contract.instrumentId();
    Integer gone = any(world.settled.keySet());
    long buyer = one.accountId();
    long seller = other.accountId();
    long lot = contract.lotSize();
    long price = trades.walk(contract).units();
    long most = contract.maximumPositionUnits() / lot * lot;
    long open = contract.maximumOpenInterestUnits() / lot * lot;
    return switch (dice.below(15)) {
      case 0 -> fill(NOBODY, buyer, seller, lot, price);
      case 1 -> fill(id, NOBODY, seller, lot, price);
      case 2 -> fill(id, buyer, NOBODY, lot, price);
      case 3 -> fill(id, buyer, buyer, lot, price);
      case 4 -> gone == null ? null : fill(gone, buyer, seller, lot, price);
      case 5 -> fill(id, buyer, seller, dice.oneOf(0L, -lot, lot + 1, open + lot), price);
      case 6 -> fill(id, buyer, seller, lot, dice.oneOf(0L, -1L, contract.maximumPriceUnits() + 1));
      case 7 -> fill(id, buyer, seller, lot, trades.walk(contract).times(2));
      case 8 -> new Fill(id, buyer, seller, lot, price, Long.MIN_VALUE, 0, false, false);
      case 9 ->
          new Fill(id, buyer, seller, lot, price, 0, dice.oneOf(-1L, -most - 1), false, false);
      case 10 -> new Fill(id, buyer, seller, lot, price, Long.MAX_VALUE, 0, false, false);
      case 11 -> new Fill(id, buyer, seller, most, price, 0, 0, true, true);
      case 12 -> fill(id, buyer, seller, Math.min(open, most + lot), price);
      case 13 -> fill(id, world.backstopId(), seller, Math.min(open, 2 * most), price);
      default -> fill(id, buyer, seller, most, price);
    };
  }

  private static Command fill(int id, long buyer, long seller, long units, long price) {
    return new Fill(id, buyer, seller, units, price, 0, 0, false, false);
  }

  private @Nullable Command badMarket() {
    LinearContract contract = any(world.instruments.values());
    Integer gone = any(world.settled.keySet());
    if (contract == null) {
      return new SetPhase(NOBODY, TradingPhase.HALTED);
    }
    for (LinearContract unmarked : world.instruments.values()) {
      if (!world.marked.contains(unmarked.instrumentId()) && dice.chance(0.8)) {
        return dice.chance(0.5)
            ? new ApplyFunding(unmarked.instrumentId(), Decimal.ZERO)
            : new SetOrderExposure(world.backstopId() + 1, unmarked.instrumentId(), 0, 0, 0, 0);
      }
    }
    int id = contract.instrumentId();
    Decimal rate = Decimal.parse("0.0001");
    MarkBatch.Builder batch = MarkBatch.builder();
    batch.add(Target.INSTRUMENT, id, trades.walk(contract).units(), world.nowNs);
    switch (dice.below(11)) {
      case 0 -> batch.add(Target.INSTRUMENT, id, 1, world.nowNs);
      case 1 -> batch.add(Target.INSTRUMENT, NOBODY, 1, world.nowNs);
      case 2 -> batch.add(Target.ASSET, NOBODY, 1, world.nowNs);
      case 3 -> {
        for (int i = 0; i < world.limits.marksPerBatch(); i++) {
          batch.add(Target.ASSET, i, 1, world.nowNs);
        }
      }
      case 4 -> {
        return new ApplyFunding(gone == null ? NOBODY : gone, rate);
      }
      case 5 -> {
        return new ApplyFunding(id, rate);
      }
      case 6 -> {
        return new ApplyFunding(id, dice.decimal("1.000000000000000001", "-2"));
      }
      case 7 -> {
        return new SettleInstrument(gone == null ? NOBODY : gone, 1);
      }
      case 8 -> {
        return new SettleInstrument(id, dice.oneOf(0L, -1L, contract.maximumPriceUnits() + 1));
      }
      case 9 -> {
        return new SetPhase(gone == null ? NOBODY : gone, TradingPhase.CONTINUOUS);
      }
      default -> {
        return new SetPhase(NOBODY, TradingPhase.HALTED);
      }
    }
    return new MarkPrices(batch.build());
  }
}
