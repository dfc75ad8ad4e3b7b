package io.evenkeel.conform;

import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;

/// A live engine set up for one case: the venue's rulebook under id 1, a backstop that stands on
/// the other side of imported positions, and the accounts of the case.
public final class CaseVenue {
  /// The account on the other side of imported positions.
  public static final long OTHER_SIDE = 1;

  /// The account that cases with one account use.
  public static final long ACCOUNT = 2;

  private final List<Event> events = new ArrayList<>();
  private final Engine engine =
      new Engine(
          new EngineLimits(64, 4_096, 64, 10_000, 10_000, 512, 8_192, 16, 1),
          (number, timeNs, event) -> events.add(event));
  private long nowNs;

  /// @param nowNs engine time from the start, epoch nanoseconds
  public CaseVenue(long nowNs) {
    this.nowNs = nowNs;
  }

  /// Lets time pass; later commands arrive at that time.
  public CaseVenue at(long timeNs) {
    nowNs = timeNs;
    return this;
  }

  /// Applies a command that must be accepted.
  ///
  /// @throws IllegalStateException naming the command and the reason when it is refused
  public CaseVenue apply(Command command) {
    RefusalReason reason = tryToApply(command);
    if (reason != RefusalReason.NONE) {
      throw new IllegalStateException(reason + " refused " + command);
    }
    return this;
  }

  /// Applies a command and returns [RefusalReason#NONE] or why it was refused.
  public RefusalReason tryToApply(Command command) {
    Outcome outcome = engine.apply(nowNs, 0, 0, command);
    return outcome.reason();
  }

  /// Defines an asset.
  public CaseVenue asset(Asset asset) {
    return apply(new Command.DefineAsset(asset));
  }

  /// Defines an instrument.
  public CaseVenue instrument(Instrument instrument) {
    return apply(new Command.DefineInstrument(instrument));
  }

  /// Puts the rulebook in force, and opens the backstop and [#ACCOUNT].
  public CaseVenue rulebook(Rulebook rulebook) {
    apply(new Command.DefineRulebook(1, rulebook, 0));
    apply(new Command.OpenAccount(OTHER_SIDE, 1, 1, AccountMode.CROSS, -1, AccountRole.BACKSTOP));
    return account(ACCOUNT);
  }

  /// Opens a cross account of its own party.
  public CaseVenue account(long accountId) {
    return apply(
        new Command.OpenAccount(
            accountId, accountId, 1, AccountMode.CROSS, -1, AccountRole.TRADER));
  }

  /// Marks an instrument.
  public CaseVenue mark(int instrumentId, long priceUnits) {
    return apply(
        new Command.MarkPrices(
            MarkBatch.builder()
                .add(Target.INSTRUMENT, instrumentId, priceUnits, nowNs, 0)
                .build()));
  }

  /// Prices an asset.
  public CaseVenue price(int assetId, long priceUnits) {
    return apply(
        new Command.MarkPrices(
            MarkBatch.builder().add(Target.ASSET, assetId, priceUnits, nowNs, 0).build()));
  }

  /// Publishes factors.
  public CaseVenue factors(List<FactorValue> factors) {
    return apply(new Command.PublishFactors(factors));
  }

  /// Gives [#ACCOUNT] a balance or a debt; 0 gives nothing.
  public CaseVenue balance(int assetId, long amountMinor) {
    return amountMinor == 0 ? this : balance(ACCOUNT, assetId, amountMinor);
  }

  /// Gives an account a balance or a debt, not 0.
  public CaseVenue balance(long accountId, int assetId, long amountMinor) {
    return apply(new Command.ImportBalance(accountId, assetId, amountMinor));
  }

  /// Gives [#ACCOUNT] a signed position at a signed cost; 0 gives nothing.
  public CaseVenue position(int instrumentId, long quantityUnits, long costTicks) {
    if (quantityUnits == 0) {
      return this;
    }
    return apply(
        quantityUnits > 0
            ? new Command.ImportPosition(
                instrumentId, ACCOUNT, OTHER_SIDE, quantityUnits, costTicks)
            : new Command.ImportPosition(
                instrumentId, OTHER_SIDE, ACCOUNT, -quantityUnits, -costTicks));
  }

  /// [#ACCOUNT] weighed now.
  public Assessment assess() {
    return view().assess(ACCOUNT);
  }

  /// Reads the engine.
  public EngineView view() {
    return engine.view();
  }

  /// Everything that happened so far.
  public List<Event> events() {
    return events;
  }
}
