package io.evenkeel.engine.market;

import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.engine.undo.IntColumn;
import io.evenkeel.engine.undo.LongColumn;
import io.evenkeel.engine.undo.ReferenceColumn;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Instrument.TickScale;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.TradingPhase;

/// The instruments defined, with marks, phases and what conservation needs to know of them.
public final class Instruments {
  private static final TradingPhase[] PHASES = TradingPhase.values();
  private static final int SETTLED = 1;
  private static final int FROZEN = 2;

  /// All state bits there are.
  public static final int ALL_FLAGS = SETTLED | FROZEN;

  private final IdIndex index;
  private final ReferenceColumn<LinearContract> contracts;
  private final Quotes quotes;
  private final StatedInputs stated;
  private final RealisedVolatility volatility;
  private final ReferenceColumn<TickScale> scales;
  private final LongColumn ticksPerUnit;
  private final LongColumn ticksPerMinor;
  private final IntColumn settlementAsset;
  private final IntColumn phase;
  private final IntColumn flags;
  private final LongColumn openInterest;
  private final LongColumn residueTicks;

  /// Starts empty.
  public Instruments(UndoLog undo) {
    index = new IdIndex(undo);
    contracts = new ReferenceColumn<>(undo);
    quotes = new Quotes(undo, Scope.MARK, Scope.MARK_STATE);
    stated = new StatedInputs(undo);
    volatility = new RealisedVolatility(undo);
    scales = new ReferenceColumn<>(undo);
    ticksPerUnit = new LongColumn(undo, 0);
    ticksPerMinor = new LongColumn(undo, 0);
    settlementAsset = new IntColumn(undo, 0);
    phase = new IntColumn(undo, TradingPhase.CONTINUOUS.ordinal()).bearingOn(Scope.NOTHING);
    flags = new IntColumn(undo, 0);
    openInterest = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
    residueTicks = new LongColumn(undo, 0).bearingOn(Scope.NOTHING);
  }

  /// Marks and whether they may be believed, by instrument index.
  public Quotes quotes() {
    return quotes;
  }

  /// Figures that move in announced steps, by instrument index.
  public StatedInputs stated() {
    return stated;
  }

  /// What is known and stated of the volatility of marks, by instrument index.
  public RealisedVolatility volatility() {
    return volatility;
  }

  /// How many are defined.
  public int size() {
    return index.size();
  }

  /// Index of an instrument, or [IdIndex#ABSENT].
  public int find(int instrumentId) {
    return index.find(instrumentId);
  }

  /// Whether a symbol is taken. Scans; for definitions only.
  public boolean hasSymbol(String symbol) {
    for (int i = 0; i < size(); i++) {
      if (contracts.get(i).symbol().equals(symbol)) {
        return true;
      }
    }
    return false;
  }

  /// Identifier of the instrument at an index.
  public int idAt(int instrument) {
    return (int) index.idAt(instrument);
  }

  /// The terms of the instrument at an index.
  public LinearContract at(int instrument) {
    return contracts.get(instrument);
  }

  /// Adds an instrument.
  public int add(Instrument instrument, int settlementAssetIndex, TickScale scale) {
    int at = index.add(instrument.instrumentId());
    ticksPerUnit.reserve(at + 1);
    ticksPerMinor.reserve(at + 1);
    settlementAsset.reserve(at + 1);
    phase.reserve(at + 1);
    flags.reserve(at + 1);
    openInterest.reserve(at + 1);
    residueTicks.reserve(at + 1);
    quotes.reserve(at + 1);
    stated.reserve(at + 1);
    volatility.reserve(at + 1);
    switch (instrument) {
      case LinearContract contract -> {
        contracts.set(at, contract);
        quotes.define(at, 0, contract.minimumPriceUnits(), contract.maximumPriceUnits());
      }
    }
    scales.set(at, scale);
    ticksPerUnit.set(at, scale.inverse() ? 0 : scale.ticksPerUnit());
    ticksPerMinor.set(at, scale.ticksPerMinor());
    settlementAsset.set(at, settlementAssetIndex);
    return at;
  }

  /// Mark price units; 0 when it was never marked.
  public long mark(int instrument) {
    return quotes.last(instrument);
  }

  /// What one quantity unit is worth at the mark, in ticks, as [TickScale#worthTicks(long)] has it;
  /// 0 when it was never marked.
  public long worthTicks(int instrument) {
    return worthTicks(instrument, mark(instrument));
  }

  /// What one quantity unit is worth at a price, in ticks.
  public long worthTicks(int instrument, long priceUnits) {
    long perUnit = ticksPerUnit.get(instrument);
    return perUnit != 0 ? priceUnits * perUnit : scales.get(instrument).worthTicks(priceUnits);
  }

  /// Ticks of a total of open orders, with the sign of its worth.
  public long orderTicks(int instrument, long notional) {
    return scales.get(instrument).orderTicks(notional);
  }

  /// The most that so many quantity units can be worth, of either sign, in ticks, >= 0.
  public long mostTicks(int instrument, long quantityUnits) {
    return quantityUnits
        * Math.abs(worthTicks(instrument, contracts.get(instrument).dearestPriceUnits()));
  }

  /// Whether it is an inverse future, whose worth is not its price times anything.
  public boolean isInverse(int instrument) {
    return ticksPerUnit.get(instrument) == 0;
  }

  /// Ticks in one quantity unit times one price unit; 0 for an inverse future, which has no such
  /// number, so that who would value one linearly finds it worthless and not wealthy.
  public long ticksPerUnit(int instrument) {
    return ticksPerUnit.get(instrument);
  }

  /// Ticks in one minor unit of the settlement asset.
  public long ticksPerMinor(int instrument) {
    return ticksPerMinor.get(instrument);
  }

  /// Index of the settlement asset.
  public int settlementAsset(int instrument) {
    return settlementAsset.get(instrument);
  }

  /// Whether variation is settled in cash at each mark.
  public boolean settlesVariationInCash(int instrument) {
    return contracts.get(instrument).variation() != Variation.UNREALISED_UNTIL_CLOSED;
  }

  /// Whether trades become cash at the next mark and not when a position is reduced.
  public boolean settlesTradesAtMarks(int instrument) {
    return contracts.get(instrument).variation() == Variation.CASH_AND_TRADES_AT_EACH_MARK;
  }

  /// The trading phase.
  public TradingPhase phase(int instrument) {
    return PHASES[phase.get(instrument)];
  }

  /// Changes the trading phase.
  public void setPhase(int instrument, TradingPhase newPhase) {
    phase.set(instrument, newPhase.ordinal());
  }

  /// Whether final settlement has happened.
  public boolean isSettled(int instrument) {
    return (flags.get(instrument) & SETTLED) != 0;
  }

  /// Ends the contract for good.
  public void settle(int instrument) {
    flags.set(instrument, flags.get(instrument) | SETTLED);
  }

  /// Whether the instrument is frozen after an internal fault.
  public boolean isFrozen(int instrument) {
    return (flags.get(instrument) & FROZEN) != 0;
  }

  /// Freezes the instrument.
  public void freeze(int instrument) {
    flags.set(instrument, flags.get(instrument) | FROZEN);
  }

  /// Whether marks are still taken.
  public boolean isTrading(int instrument) {
    return flags.get(instrument) == 0;
  }

  /// Sum of all long quantities.
  public long openInterestUnits(int instrument) {
    return openInterest.get(instrument);
  }

  /// Adds to the sum of long quantities.
  public void addOpenInterest(int instrument, long units) {
    openInterest.add(instrument, units);
  }

  /// What rounding of realised profits left in the clearing account, in ticks; at least 0.
  public long residueTicks(int instrument) {
    return residueTicks.get(instrument);
  }

  /// Writes the residue.
  public void setResidueTicks(int instrument, long ticks) {
    residueTicks.set(instrument, ticks);
  }

  /// State bits as a snapshot keeps them.
  public int flags(int instrument) {
    return flags.get(instrument);
  }

  /// Puts an instrument back as a snapshot kept it; open interest is added up from the positions.
  public void restore(int instrument, TradingPhase newPhase, int flagBits, long residue) {
    setPhase(instrument, newPhase);
    flags.set(instrument, flagBits);
    residueTicks.set(instrument, residue);
  }
}
