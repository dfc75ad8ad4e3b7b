package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Event.CashKind;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LossSource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Cash from losers to winners: section 5 of the rules.
final class CashSettlement {
  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;

  CashSettlement(AuditBook book, Ledger ledger, Journal journal) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
  }

  /// Variation at the mark: profit since the last variation, or since the trade, becomes cash.
  void settleVariation(AuditInstrument instrument) {
    BigInteger mark = instrument.markNow();
    Round round = new Round(CashKind.VARIATION, MoneyReason.VARIATION, instrument, mark);
    List<AuditAccount> holders = holders(instrument);
    for (AuditAccount holder : holders) {
      for (Place place : places(holder, instrument)) {
        Row row = holder.row(place);
        round.addDue(holder, instrument.ticks(row.quantity(), mark).subtract(row.cost()));
      }
    }
    round.settle();
    for (AuditAccount holder : holders) {
      for (Place place : places(holder, instrument)) {
        Row row = holder.row(place);
        holder.putRow(
            place, row.withPosition(row.quantity(), instrument.ticks(row.quantity(), mark)));
      }
    }
  }

  /// Funding: a share of notional from one side to the other.
  void settleFunding(AuditInstrument instrument, Ratio rate) {
    BigInteger mark = instrument.markNow();
    Round round = new Round(CashKind.FUNDING, MoneyReason.FUNDING, instrument, mark);
    round.ticksPerDue = rate.denominator();
    for (AuditAccount holder : holders(instrument)) {
      for (Place place : places(holder, instrument)) {
        BigInteger paid =
            holder
                .row(place)
                .quantity()
                .multiply(instrument.worth(mark).abs())
                .multiply(rate.numerator());
        round.addDue(holder, paid.negate());
      }
    }
    round.settle();
  }

  /// Final settlement: every row ends at the settlement price.
  void settleFinally(AuditInstrument instrument, BigInteger price) {
    Round round = new Round(CashKind.FINAL, MoneyReason.FINAL_SETTLEMENT, instrument, price);
    for (AuditAccount holder : holders(instrument)) {
      for (Place place : places(holder, instrument)) {
        Row row = holder.row(place);
        round.addDue(holder, instrument.ticks(row.quantity(), price).subtract(row.cost()));
      }
    }
    round.settle();
    for (AuditAccount account : book.accountsWithRow(instrument)) {
      for (Place place : List.copyOf(account.rows().keySet())) {
        if (place.instrument() == instrument) {
          book.setRow(account, place, Row.NOTHING);
        }
      }
    }
  }

  /// Accounts with a position, in the order in which they pay and are paid.
  List<AuditAccount> holders(AuditInstrument instrument) {
    List<AuditAccount> holders = new ArrayList<>(book.accountsWithRow(instrument));
    holders.removeIf(account -> places(account, instrument).isEmpty());
    if (book.executionOrder() == ExecutionOrder.ARRIVAL) {
      holders.sort(Comparator.comparingLong(account -> account.arrival));
    }
    return holders;
  }

  /// Where an account has a position in an instrument.
  private static List<Place> places(AuditAccount account, AuditInstrument instrument) {
    return account.rows().keySet().stream()
        .filter(place -> place.instrument() == instrument && account.row(place).hasPosition())
        .toList();
  }

  /// One settlement in one instrument.
  private final class Round {
    private static final LedgerAccount SETTLEMENT =
        new LedgerAccount.House(HouseAccount.SETTLEMENT);

    private final CashKind kind;
    private final MoneyReason reason;
    private final AuditInstrument instrument;
    private final BigInteger price;
    private final AuditAsset asset;

    /// Minor units.
    private final Map<AuditAccount, BigInteger> due = new LinkedHashMap<>();

    private BigInteger ticksPerDue = BigInteger.ONE;

    Round(CashKind kind, MoneyReason reason, AuditInstrument instrument, BigInteger price) {
      this.kind = kind;
      this.reason = reason;
      this.instrument = instrument;
      this.price = price;
      this.asset = instrument.settlement;
    }

    /// What a holder is due by one row (negative: owes), in ticks times `ticksPerDue`; rounded row
    /// by row, paid account by account.
    void addDue(AuditAccount holder, BigInteger amount) {
      BigInteger divisor = instrument.ticksPerMinor.multiply(ticksPerDue);
      due.merge(holder, Exact.floorDiv(amount, divisor), BigInteger::add);
    }

    void settle() {
      BigInteger losses = BigInteger.ZERO;
      Map<AuditAccount, BigInteger> gains = new LinkedHashMap<>();
      for (Map.Entry<AuditAccount, BigInteger> entry : due.entrySet()) {
        if (entry.getValue().signum() < 0) {
          BigInteger loss = entry.getValue().negate();
          losses = losses.add(loss);
          collect(entry.getKey(), loss);
        } else if (entry.getValue().signum() > 0) {
          gains.put(entry.getKey(), entry.getValue());
        }
      }
      boolean cleared = kind != CashKind.FUNDING && moveClearing();
      BigInteger totalGain = gains.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
      BigInteger collected = asset.house(HouseAccount.SETTLEMENT);
      BigInteger paid = pay(gains, totalGain, coverShortfall());
      BigInteger remainder = asset.house(HouseAccount.SETTLEMENT);
      ledger.post(
          asset,
          SETTLEMENT,
          Ledger.house(HouseAccount.INSURANCE_FUND),
          remainder,
          MoneyReason.ROUNDING_REMAINDER);
      if (cleared || losses.signum() > 0 || totalGain.signum() > 0) {
        journal.say(
            new Event.CashSettled(
                kind,
                instrument.id(),
                price.longValueExact(),
                losses.longValueExact(),
                collected.longValueExact(),
                totalGain.longValueExact(),
                paid.longValueExact(),
                remainder.longValueExact()));
      }
    }

    /// Collects a loss from the sources of the loser's rulebook, in its order.
    private void collect(AuditAccount loser, BigInteger loss) {
      BigInteger rest = loss;
      List<LossSource> sources =
          book.isBackedByFunds(loser)
              ? List.of(LossSource.INSTRUMENT_FUND)
              : loser.rulebook.inForce().lossSources();
      for (LossSource source : sources) {
        BigInteger given = available(loser, source, rest).min(rest);
        LedgerAccount from =
            switch (source) {
              case MARGIN, DEBT -> Ledger.margin(loser);
              case WALLET -> Ledger.wallet(loser.party);
              case INSURANCE -> Ledger.house(HouseAccount.INSURANCE_FUND);
              case INSTRUMENT_FUND -> Ledger.fund(instrument);
            };
        ledger.post(asset, from, SETTLEMENT, given, reason);
        rest = rest.subtract(given);
      }
      if (rest.signum() > 0) {
        journal.say(new Event.LossUnpaid(loser.id, instrument.id(), rest.longValueExact()));
      }
    }

    private BigInteger available(AuditAccount loser, LossSource source, BigInteger rest) {
      return switch (source) {
        case MARGIN -> Exact.notBelowZero(loser.balance(asset));
        case WALLET -> loser.isCross() ? loser.party.wallet(asset) : BigInteger.ZERO;
        case DEBT -> loser.isCross() ? backedDebt(loser, rest) : BigInteger.ZERO;
        case INSURANCE -> asset.house(HouseAccount.INSURANCE_FUND);
        case INSTRUMENT_FUND -> instrument.fund;
      };
    }

    /// As much of the rest as other collateral backs.
    private BigInteger backedDebt(AuditAccount loser, BigInteger rest) {
      BigInteger backing = BigInteger.ZERO;
      for (int index : loser.posted().keySet()) {
        AuditAsset held = book.assets.get(index);
        if (held != asset || loser.balance(held).signum() < 0) {
          backing = backing.add(Valuation.maintenanceValue(loser, held));
        }
      }
      backing = Exact.notBelowZero(backing);
      Ratio weight = loser.rulebook.terms(asset).debt();
      boolean all = weight.ceilTimes(asset.valueUp(rest)).compareTo(backing) <= 0;
      return all ? rest : asset.amount(weight.floorUnder(backing));
    }

    /// Brings what closed positions left or took into the settlement.
    private boolean moveClearing() {
      BigInteger balance = instrument.clearing;
      LedgerAccount clearing = Ledger.clearing(instrument);
      if (balance.signum() > 0) {
        ledger.post(asset, clearing, SETTLEMENT, balance, reason);
      } else {
        ledger.post(asset, SETTLEMENT, clearing, balance.negate(), reason);
      }
      instrument.residueTicks = BigInteger.ZERO;
      return balance.signum() != 0;
    }

    /// What there is to pay winners with, after bad debt has filled a hole.
    private BigInteger coverShortfall() {
      BigInteger collected = asset.house(HouseAccount.SETTLEMENT);
      if (collected.signum() >= 0) {
        return collected;
      }
      BigInteger missing = collected.negate();
      ledger.post(
          asset, Ledger.house(HouseAccount.BAD_DEBT), SETTLEMENT, missing, MoneyReason.BAD_DEBT);
      journal.say(new Event.BadDebtRecorded(-1, asset.id(), missing.longValueExact()));
      return BigInteger.ZERO;
    }

    private BigInteger pay(
        Map<AuditAccount, BigInteger> gains, BigInteger totalGain, BigInteger available) {
      boolean enough = available.compareTo(totalGain) >= 0;
      BigInteger paid = BigInteger.ZERO;
      for (Map.Entry<AuditAccount, BigInteger> entry : gains.entrySet()) {
        BigInteger gain = entry.getValue();
        BigInteger share = enough ? gain : Exact.floorDiv(gain.multiply(available), totalGain);
        LedgerAccount to =
            book.isBackedByFunds(entry.getKey())
                ? Ledger.fund(instrument)
                : Ledger.margin(entry.getKey());
        ledger.post(asset, SETTLEMENT, to, share, reason);
        paid = paid.add(share);
      }
      return paid;
    }
  }
}
