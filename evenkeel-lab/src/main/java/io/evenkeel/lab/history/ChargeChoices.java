package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.ChargeFee;
import io.evenkeel.model.command.Command.CloseInstrumentFund;
import io.evenkeel.model.command.Command.ContributeInstrumentFund;
import io.evenkeel.model.command.Command.SecureMargin;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Charges, funds of instruments and requests for margin; now and then such as should be refused.
final class ChargeChoices {
  private static final int NOBODY = 60_000;
  private static final int THE_VENUE = -1;
  private static final int NO_INSTRUMENT = -1;

  private final HistoryWorld world;
  private final Dice dice;
  private final AccountChoices accounts;
  private final TradeChoices trades;

  ChargeChoices(HistoryWorld world, AccountChoices accounts, TradeChoices trades) {
    this.world = world;
    this.dice = world.dice;
    this.accounts = accounts;
    this.trades = trades;
  }

  /// A fee to the venue or to the party of some account; null while there is no account.
  @Nullable Command fee() {
    if (world.accounts.isEmpty()) {
      return null;
    }
    int asset = dice.pick(new ArrayList<>(world.assets.keySet()));
    long minor = dice.chance(0.05) ? 0 : accounts.minor(asset, dice.magnitude(0.01, 500));
    long receiver = dice.chance(0.5) ? THE_VENUE : dice.chance(0.1) ? NOBODY : party(anyAccount());
    return new ChargeFee(
        dice.chance(0.05) ? NOBODY : anyAccount(),
        dice.chance(0.05) ? NOBODY : asset,
        minor,
        receiver,
        instrument());
  }

  /// Mostly none: only the backstop's fees name one.
  private int instrument() {
    if (world.instruments.isEmpty() || dice.chance(0.6)) {
      return NO_INSTRUMENT;
    }
    return dice.chance(0.05) ? NOBODY : dice.pick(new ArrayList<>(world.instruments.keySet()));
  }

  /// Money for the fund of an instrument, or now and then the end of one.
  @Nullable Command fund() {
    if (world.instruments.isEmpty()) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    int instrument = dice.chance(0.05) ? NOBODY : contract.instrumentId();
    if (dice.chance(0.2)) {
      return new CloseInstrumentFund(instrument);
    }
    long minor = accounts.minor(contract.settlementAssetId(), dice.magnitude(1, 5_000));
    return new ContributeInstrumentFund(
        instrument, dice.chance(0.05) ? dice.oneOf(0L, Long.MAX_VALUE) : minor);
  }

  /// A request for margin at a price, mostly a sensible one; null while nothing is traded.
  @Nullable Command margin() {
    if (world.accounts.isEmpty() || world.instruments.isEmpty()) {
      return null;
    }
    LinearContract contract = dice.pick(new ArrayList<>(world.instruments.values()));
    long price = trades.walk(contract).units();
    return new SecureMargin(
        dice.chance(0.05) ? NOBODY : anyAccount(),
        dice.chance(0.05) ? NOBODY : contract.instrumentId(),
        dice.chance(0.1) ? dice.oneOf(0L, contract.maximumPriceUnits() + 1) : price);
  }

  private long anyAccount() {
    return dice.pick(new ArrayList<>(world.accounts.keySet()));
  }

  private long party(long account) {
    return Objects.requireNonNull(world.accounts.get(account)).partyId();
  }
}
