package io.evenkeel.engine.book;

import io.evenkeel.engine.market.Assets;
import io.evenkeel.engine.market.Instruments;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.ReferenceColumn;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.MarketDataGuard;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/// The rulebooks in force, resolved against assets and instruments, and those announced.
public final class Rulebooks {
  /// Before any rulebook: every price is believed, nothing is suspended.
  private static final VenuePolicy NOTHING_RULED =
      new VenuePolicy(
          ExecutionOrder.INDEX,
          Decimal.ZERO,
          new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0),
          new MarketDataGuard(0, Decimal.ZERO, Decimal.ZERO, 0),
          new EnumMap<>(TradingPhase.class));

  private final Assets assets;
  private final Instruments instruments;
  private final IdIndex index;
  private final ReferenceColumn<RulebookTerms> inForce;
  private final ReferenceColumn<Rulebook> announced;
  private final LongColumn effectiveTime;

  Rulebooks(UndoLog undo, Assets assets, Instruments instruments) {
    this.assets = assets;
    this.instruments = instruments;
    index = new IdIndex(undo);
    inForce = new ReferenceColumn<>(undo);
    announced = new ReferenceColumn<>(undo);
    effectiveTime = new LongColumn(undo, Long.MAX_VALUE);
  }

  /// How many are defined.
  public int size() {
    return index.size();
  }

  /// Index of a rulebook, or [IdIndex#ABSENT].
  public int find(int rulebookId) {
    return index.find(rulebookId);
  }

  /// Identifier of the rulebook at an index.
  public int idAt(int rulebook) {
    return (int) index.idAt(rulebook);
  }

  /// The terms in force.
  public RulebookTerms at(int rulebook) {
    return inForce.get(rulebook);
  }

  /// The section that holds for the whole venue: that of the rulebook defined first.
  public VenuePolicy venue() {
    return size() == 0 ? NOTHING_RULED : inForce.get(0).rulebook().venue();
  }

  /// Adds a rulebook; it is not in force yet.
  public int add(int rulebookId) {
    int at = index.add(rulebookId);
    effectiveTime.reserve(at + 1);
    return at;
  }

  /// Puts a version in force; whatever was announced is dropped.
  public void enforce(int rulebook, Rulebook version) {
    inForce.set(rulebook, new RulebookTerms(version, assets, instruments));
    announced.set(rulebook, null);
    effectiveTime.set(rulebook, Long.MAX_VALUE);
  }

  /// Announces a version.
  public void announce(int rulebook, Rulebook version, long effectiveTimeNs) {
    announced.set(rulebook, version);
    effectiveTime.set(rulebook, effectiveTimeNs);
  }

  /// The version that waits, or null.
  public @Nullable Rulebook announced(int rulebook) {
    return announced.find(rulebook);
  }

  /// Whether the version in force and the one that waits both know options.
  public boolean marginsOptions(int rulebook) {
    Rulebook waiting = announced.find(rulebook);
    return at(rulebook).rulebook().requirement().marginsOptions()
        && (waiting == null || waiting.requirement().marginsOptions());
  }

  /// Whether the version in force and the one that waits both value inverse futures.
  public boolean marginsInverseFutures(int rulebook) {
    Rulebook waiting = announced.find(rulebook);
    return at(rulebook).rulebook().requirement().marginsInverseFutures()
        && (waiting == null || waiting.requirement().marginsInverseFutures());
  }

  /// Whether the version in force and the one that waits both know what a long and a short side by
  /// side need.
  public boolean marginsBothSides(int rulebook) {
    Rulebook waiting = announced.find(rulebook);
    return at(rulebook).rulebook().marginsBothSides()
        && (waiting == null || waiting.marginsBothSides());
  }

  /// When the announced version comes into force; `Long.MAX_VALUE` when none waits.
  public long effectiveTimeNs(int rulebook) {
    return effectiveTime.get(rulebook);
  }

  /// Resolves every rulebook anew, after assets or instruments were added.
  public void resolveAgain() {
    for (int i = 0; i < size(); i++) {
      RulebookTerms old = inForce.get(i);
      inForce.set(i, new RulebookTerms(old.rulebook(), assets, instruments));
    }
  }
}
