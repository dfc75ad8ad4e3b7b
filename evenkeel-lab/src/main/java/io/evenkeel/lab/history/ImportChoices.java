package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.AccrueInterest;
import io.evenkeel.model.command.Command.Borrow;
import io.evenkeel.model.command.Command.ImportBalance;
import io.evenkeel.model.command.Command.ImportPosition;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.command.Command.PublishFactors;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opening imports and factors, good ones and such as should be refused.
final class ImportChoices {
  private static final int NOBODY = 60_000;
  private static final long SOME_EXPIRY_NS = 1_800_000_000_000_000_000L;

  private final HistoryWorld world;
  private final Dice dice;
  private final AccountChoices accounts;
  private final TradeChoices trades;

  ImportChoices(HistoryWorld world, AccountChoices accounts, TradeChoices trades) {
    this.world = world;
    this.dice = world.dice;
    this.accounts = accounts;
    this.trades = trades;
  }

  /// A balance, or now and then a debt, of an account; null while there is none.
  @Nullable Command balance() {
    if (world.accounts.isEmpty()) {
      return null;
    }
    long account = dice.pick(new ArrayList<>(world.accounts.keySet()));
    int asset = dice.pick(new ArrayList<>(world.assets.keySet()));
    long minor = accounts.minor(asset, dice.magnitude(5, 5_000));
    return new ImportBalance(account, asset, dice.chance(0.25) ? -minor / 20 - 1 : minor);
  }

  /// A position of two accounts, mostly at a cost near the price; null while there are too few.
  @Nullable Command position() {
    if (world.instruments.isEmpty()) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    List<OpenAccount> holders = world.accountsFor(contract.instrumentId());
    if (holders.size() < 2) {
      return null;
    }
    OpenAccount one = dice.pick(holders);
    OpenAccount other = dice.pick(holders);
    if (one.accountId() == other.accountId()) {
      return null;
    }
    double value = (Math.min(world.wealth(one), world.wealth(other)) + 1) * dice.magnitude(0.1, 4);
    long units = trades.lots(contract, (long) (value / world.unitValue(contract)));
    long price = trades.walk(contract).times(1 + 0.1 * (dice.share() - 0.5));
    long cost = ticks(contract, units, price);
    if (dice.chance(0.05)) {
      cost = dice.oneOf(0L, 1L, -cost);
    }
    return new ImportPosition(
        contract.instrumentId(), one.accountId(), other.accountId(), units, cost);
  }

  private long ticks(LinearContract contract, long units, long price) {
    return units * trades.scale(contract).worthTicks(price);
  }

  /// Factors of some assets and instruments, those that a model of the rulebooks reads more often.
  Command factors() {
    List<FactorValue> factors = new ArrayList<>();
    for (int i = dice.below(4); i > 0; i--) {
      FactorValue factor =
          dice.chance(0.5)
              ? FactorChoices.factor(world)
              : factor(dice.oneOf(FactorKind.values()), dice.decimal("0.5", "1", "0.9"));
      if (factor != null) {
        factors.add(factor);
      }
    }
    return new PublishFactors(factors);
  }

  private @Nullable FactorValue factor(FactorKind kind, Decimal value) {
    boolean ofAsset = kind.subject() == FactorKind.Subject.ASSET;
    List<Integer> subjects =
        new ArrayList<>(ofAsset ? world.assets.keySet() : world.instruments.keySet());
    return subjects.isEmpty() ? null : factor(kind, dice.pick(subjects), value);
  }

  private FactorValue factor(FactorKind kind, int subject, Decimal value) {
    return new FactorValue(kind, subject, kind.isPerExpiry() ? SOME_EXPIRY_NS : 0, value);
  }

  /// One that is wrong in some way, or null when what it needs does not exist yet.
  @Nullable Command bad() {
    if (world.accounts.isEmpty() || world.instruments.isEmpty()) {
      return new ImportBalance(NOBODY, NOBODY, 1);
    }
    return dice.chance(0.5) ? badPosition() : badBalanceOrFactor();
  }

  private @Nullable Command badBalanceOrFactor() {
    long id = dice.pick(new ArrayList<>(world.accounts.keySet()));
    Asset asset = dice.pick(new ArrayList<>(world.assets.values()));
    int coin = asset.assetId();
    long most = asset.maximumSupplyMinor();
    Decimal minus = Decimal.parse("-0.1");
    return switch (dice.below(14)) {
      case 12 ->
          new Borrow(
              dice.chance(0.2) ? NOBODY : id, dice.chance(0.2) ? NOBODY : coin, dice.below(3));
      case 13 -> new AccrueInterest(dice.chance(0.2) ? NOBODY : coin);
      case 0 -> new ImportBalance(NOBODY, coin, 1);
      case 1 -> new ImportBalance(id, NOBODY, 1);
      case 2 -> new ImportBalance(id, coin, dice.oneOf(0L, Long.MIN_VALUE, -most - 1));
      case 3 -> new ImportBalance(id, coin, dice.oneOf(most, Long.MAX_VALUE));
      case 4 ->
          world.marginMinor(id, coin) < 0
              ? new ImportBalance(id, coin, -most)
              : new ImportBalance(id, coin, 0);
      case 5 -> bad(FactorKind.SPOT, NOBODY, Decimal.ONE);
      case 6 -> bad(FactorKind.SLOW_MARK, NOBODY, Decimal.ONE);
      case 7 -> bad(FactorKind.SPOT, coin, minus);
      case 8 -> bad(FactorKind.SPOT_CONFIDENCE, coin, Decimal.parse("1.01"));
      case 9 -> bad(FactorKind.SVI_RHO, coin, dice.decimal("1.1", "-1.1"));
      case 10 -> bad(dice.oneOf(FactorKind.SVI_YEARS, FactorKind.SVI_FORWARD), coin, Decimal.ZERO);
      default -> {
        FactorValue factor = factor(FactorKind.SPOT, coin, Decimal.ONE);
        List<FactorValue> many = new ArrayList<>();
        while (many.size() <= world.limits.marksPerBatch()) {
          many.add(factor);
        }
        yield new PublishFactors(many);
      }
    };
  }

  private Command bad(FactorKind kind, int subject, Decimal value) {
    return new PublishFactors(List.of(factor(kind, subject, value)));
  }

  private @Nullable Command badPosition() {
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    int id = contract.instrumentId();
    List<Long> all = new ArrayList<>(world.accounts.keySet());
    long one = dice.pick(all);
    long other = dice.pick(all);
    long lot = contract.lotSize();
    long cost = ticks(contract, lot, trades.walk(contract).units());
    long most = contract.maximumPositionUnits() / lot * lot;
    long open = contract.maximumOpenInterestUnits() / lot * lot;
    List<Integer> gone = new ArrayList<>(world.settled.keySet());
    return switch (dice.below(10)) {
      case 0 -> new ImportPosition(NOBODY, one, other, lot, cost);
      case 1 -> new ImportPosition(id, NOBODY, other, lot, cost);
      case 2 -> new ImportPosition(id, one, NOBODY, lot, cost);
      case 3 -> new ImportPosition(id, one, one, lot, cost);
      case 4 -> gone.isEmpty() ? null : new ImportPosition(dice.pick(gone), one, other, lot, cost);
      case 5 -> new ImportPosition(id, one, other, dice.oneOf(0L, -lot, lot + 1, open + lot), cost);
      case 6 -> {
        long dearest = Math.abs(ticks(contract, lot, contract.dearestPriceUnits()));
        yield new ImportPosition(
            id, one, other, lot, dice.oneOf(dearest + 1, -dearest - 1, Long.MIN_VALUE));
      }
      case 7 -> new ImportPosition(id, one, other, Math.min(open, most + lot), cost);
      case 8 ->
          world.backstopId() >= 0 && one != world.backstopId()
              ? new ImportPosition(id, world.backstopId(), one, most, cost)
              : null;
      default -> new ImportPosition(id, one, other, lot, cost);
    };
  }
}
