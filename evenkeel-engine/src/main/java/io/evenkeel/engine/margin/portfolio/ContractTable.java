package io.evenkeel.engine.margin.portfolio;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.undo.IdIndex;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every instrument resolved for one rulebook: which unit it belongs to, which expiry and strike of
/// it, and how its units become amounts.
final class ContractTable {
  /// Belongs to no unit, expiry or strike.
  static final int NONE = -1;

  private record SlotKey(int unit, int asset, long expiryNs) {}

  private record StrikeKey(int slot, io.evenkeel.model.number.Decimal strike) {}

  /// One contract.
  ///
  /// @param unit index of its unit, or [#NONE]
  /// @param slot index of its expiry, or [#NONE]
  /// @param strikeSlot index of its strike and expiry, or [#NONE]
  /// @param option what it is worth; null when it is no option
  /// @param inverse whether its size is in the numeraire and it pays in the coin
  /// @param perpetual whether it never expires
  /// @param contractsPerUnit contracts in one quantity unit
  /// @param size whole units of what the size is in, per contract
  /// @param priceUnit price of one price unit
  /// @param tickValue whole units of the settlement asset in one tick
  record Contract(
      int unit,
      int slot,
      int strikeSlot,
      @Nullable OptionValues option,
      boolean inverse,
      boolean perpetual,
      double contractsPerUnit,
      double size,
      double priceUnit,
      double tickValue) {
    /// Whether its size is in the numeraire and a long owes coin.
    boolean isInverseFuture() {
      return inverse && option == null;
    }
  }

  final Contract[] contracts;
  final List<ExpiryMarket> expiries = new ArrayList<>();
  final int strikeSlots;

  /// @param units by index
  /// @param unitOfAsset index of the unit of each asset as underlying, or [#NONE]
  ContractTable(Book book, UnitTerms[] units, int[] unitOfAsset) {
    Map<SlotKey, Integer> slots = new LinkedHashMap<>();
    Map<StrikeKey, Integer> strikes = new LinkedHashMap<>();
    contracts = new Contract[book.instruments.size()];
    for (int instrument = 0; instrument < contracts.length; instrument++) {
      LinearContract contract = book.instruments.at(instrument);
      ContractTerms terms = contract.terms();
      int asset =
          terms.underlyingAssetId() == ContractTerms.NO_UNDERLYING
              ? IdIndex.ABSENT
              : book.assets.find(terms.underlyingAssetId());
      int unit = asset == IdIndex.ABSENT ? NONE : unitOfAsset[asset];
      int slot = NONE;
      int strikeSlot = NONE;
      OptionValues values = null;
      if (unit != NONE) {
        SlotKey key = new SlotKey(unit, asset, terms.expiryNs());
        slot = slots.computeIfAbsent(key, _ -> slots.size());
        if (slot == expiries.size()) {
          expiries.add(new ExpiryMarket(units[unit], asset, terms.expiryNs()));
        }
        OptionTerms option = terms.option();
        if (option != null) {
          strikeSlot =
              strikes.computeIfAbsent(new StrikeKey(slot, option.strike()), _ -> strikes.size());
          values =
              new OptionValues(
                  instrument, expiries.get(slot), option.isCall(), Crossing.of(option.strike()));
        }
      }
      contracts[instrument] = resolved(book, instrument, contract, unit, slot, strikeSlot, values);
    }
    strikeSlots = strikes.size();
  }

  private static Contract resolved(
      Book book,
      int instrument,
      LinearContract contract,
      int unit,
      int slot,
      int strikeSlot,
      @Nullable OptionValues option) {
    int settlementScale = book.assets.at(book.instruments.settlementAsset(instrument)).scale();
    return new Contract(
        unit,
        slot,
        strikeSlot,
        option,
        contract.terms().inverse(),
        contract.kind() == ContractKind.PERPETUAL,
        Crossing.of(1, contract.quantityScale()),
        (double) contract.contractSize(),
        Crossing.of(1, contract.priceScale()),
        Crossing.of(1, settlementScale) / book.instruments.ticksPerMinor(instrument));
  }
}
