package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.RowLine;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.Event;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who bears a deficit: the insurance fund, then winners, then nobody.
final class LossWaterfall {
  /// A deficit while it is being borne.
  static final class Deficit {
    private final AuditAccount account;
    private final AuditAsset cash;

    /// Weight of each instrument in sharing, in instrument order.
    private final Map<AuditInstrument, BigInteger> weights = new LinkedHashMap<>();

    /// Minor units of the cash asset, not yet borne.
    private BigInteger left;

    private Deficit(AuditAccount account, AuditAsset cash, BigInteger left) {
      this.account = account;
      this.cash = cash;
      this.left = left;
    }

    /// The deficit of an account whose full value is negative.
    static Deficit of(Weighed weighed, AuditAsset cash) {
      return of(weighed, cash, cash.amountUp(weighed.fullValue().negate()));
    }

    /// A deficit of a given amount, shared as what the account held had lost.
    static Deficit of(Weighed weighed, AuditAsset cash, BigInteger missing) {
      Deficit deficit = new Deficit(weighed.account(), cash, missing);
      for (RowLine line : weighed.rowLines()) {
        BigInteger value = line.instrument().settlement.value(line.profit());
        deficit.weights.merge(
            line.instrument(), Exact.notBelowZero(value.negate()), BigInteger::add);
      }
      if (deficit.totalWeight().signum() == 0) {
        weighed
            .rowLines()
            .forEach(l -> deficit.weights.merge(l.instrument(), l.notional(), BigInteger::add));
      }
      return deficit;
    }

    private BigInteger totalWeight() {
      return weights.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
  }

  /// A row with profit that may bear part of a loss.
  private record Winner(AuditAccount account, Place place, BigInteger profit, BigInteger most) {}

  private final AuditBook book;
  private final Ledger ledger;
  private final Journal journal;
  private final Valuation valuation;

  LossWaterfall(AuditBook book, Ledger ledger, Journal journal, Valuation valuation) {
    this.book = book;
    this.ledger = ledger;
    this.journal = journal;
    this.valuation = valuation;
  }

  /// The deficit of an account in the cash asset of its own rulebook.
  Deficit deficit(Weighed weighed) {
    AuditRulebook rulebook = weighed.account().rulebook;
    return Deficit.of(weighed, book.assetNamed(rulebook.inForce().cashAsset()));
  }

  void drawInsurance(Deficit deficit) {
    if (deficit.left.signum() == 0) {
      return;
    }
    BigInteger paid = deficit.left.min(deficit.cash.house(HouseAccount.INSURANCE_FUND));
    journal.say(
        new Event.InsuranceDrawn(
            deficit.account.id,
            deficit.cash.id(),
            deficit.left.longValueExact(),
            paid.longValueExact()));
    ledger.post(
        deficit.cash,
        Ledger.house(HouseAccount.INSURANCE_FUND),
        Ledger.margin(book.backstop()),
        paid,
        MoneyReason.INSURANCE);
    deficit.left = deficit.left.subtract(paid);
  }

  void recordBadDebt(Deficit deficit) {
    if (deficit.left.signum() == 0) {
      return;
    }
    journal.say(
        new Event.BadDebtRecorded(
            deficit.account.id, deficit.cash.id(), deficit.left.longValueExact()));
    ledger.post(
        deficit.cash,
        Ledger.house(HouseAccount.BAD_DEBT),
        Ledger.margin(book.backstop()),
        deficit.left,
        MoneyReason.BAD_DEBT);
  }

  /// A deficit's part in one instrument.
  ///
  /// @param part minor units of the deficit's cash asset
  /// @param loss the same in minor units of the instrument's settlement asset
  private record Part(Deficit deficit, BigInteger part, BigInteger loss) {}

  /// Shares all deficits of a step together, pooled per instrument.
  void shareLosses(CycleRun run, List<Deficit> deficits) {
    TreeMap<Integer, List<Part>> pools = new TreeMap<>();
    deficits.forEach(deficit -> divide(deficit, pools));
    pools.forEach((index, parts) -> sharePool(run, book.instruments.get(index), parts));
  }

  /// Divides what is left of a deficit over the instruments its account held.
  private static void divide(Deficit deficit, Map<Integer, List<Part>> pools) {
    BigInteger total = deficit.totalWeight();
    if (deficit.left.signum() == 0 || total.signum() == 0) {
      return;
    }
    List<Map.Entry<AuditInstrument, BigInteger>> weighty =
        deficit.weights.entrySet().stream().filter(e -> e.getValue().signum() > 0).toList();
    BigInteger rest = deficit.left;
    for (int i = 0; i < weighty.size(); i++) {
      AuditInstrument instrument = weighty.get(i).getKey();
      BigInteger weighted = deficit.left.multiply(weighty.get(i).getValue());
      BigInteger part = i == weighty.size() - 1 ? rest : Exact.floorDiv(weighted, total);
      rest = rest.subtract(part);
      if (part.signum() > 0) {
        AuditAsset settlement = instrument.settlement;
        BigInteger loss =
            settlement == deficit.cash ? part : settlement.amountUp(deficit.cash.valueUp(part));
        pools
            .computeIfAbsent(instrument.index, _ -> new ArrayList<>())
            .add(new Part(deficit, part, loss));
      }
    }
  }

  private void sharePool(CycleRun run, AuditInstrument instrument, List<Part> parts) {
    BigInteger loss = parts.stream().map(Part::loss).reduce(BigInteger.ZERO, BigInteger::add);
    List<Winner> winners = winners(instrument);
    BigInteger most = winners.stream().map(Winner::most).reduce(BigInteger.ZERO, BigInteger::add);
    List<BigInteger> shares = shares(winners, loss, most);
    BigInteger shared = loss.min(most);
    journal.say(
        new Event.LossShared(
            instrument.id(),
            parts.size(),
            loss.longValueExact(),
            most.longValueExact(),
            shared.longValueExact(),
            winners.size()));
    for (int i = 0; i < winners.size(); i++) {
      if (shares.get(i).signum() > 0) {
        reduce(run, instrument, winners.get(i), shares.get(i));
      }
    }
    ledger.post(
        instrument.settlement,
        Ledger.clearing(instrument),
        Ledger.margin(book.backstop()),
        shared,
        MoneyReason.LOSS_SHARING);
    for (Part one : parts) {
      BigInteger borne =
          shared.equals(loss) ? one.part : Exact.floorDiv(one.part.multiply(shared), loss);
      one.deficit.left = one.deficit.left.subtract(borne);
    }
  }

  private List<Winner> winners(AuditInstrument instrument) {
    List<Winner> winners = new ArrayList<>();
    for (AuditAccount account : book.accountsWithRow(instrument)) {
      BigInteger equity = Exact.notBelowZero(valuation.weigh(account).equity());
      BigInteger bearable = instrument.settlement.amount(equity);
      for (Map.Entry<Place, Row> entry : account.rows().entrySet()) {
        if (entry.getKey().instrument() != instrument || !account.isTrader()) {
          continue;
        }
        BigInteger profit = instrument.profit(entry.getValue());
        BigInteger most = profit.min(bearable);
        if (most.signum() > 0) {
          winners.add(new Winner(account, entry.getKey(), profit, most));
          bearable = bearable.subtract(most);
        }
      }
    }
    return winners;
  }

  /// What each winner bears: in proportion, and the units left over one each in order.
  private static List<BigInteger> shares(List<Winner> winners, BigInteger loss, BigInteger most) {
    List<BigInteger> shares = new ArrayList<>();
    BigInteger left = loss;
    for (Winner winner : winners) {
      BigInteger share =
          loss.compareTo(most) >= 0
              ? winner.most
              : Exact.floorDiv(loss.multiply(winner.most), most);
      shares.add(share);
      left = left.subtract(share);
    }
    for (int i = 0; i < winners.size() && left.signum() > 0; i++) {
      if (shares.get(i).compareTo(winners.get(i).most) < 0) {
        shares.set(i, shares.get(i).add(BigInteger.ONE));
        left = left.subtract(BigInteger.ONE);
      }
    }
    return shares;
  }

  private void reduce(CycleRun run, AuditInstrument instrument, Winner winner, BigInteger share) {
    AuditAccount account = winner.account;
    Row row = account.row(winner.place);
    BigInteger ticks = share.multiply(instrument.ticksPerMinor);
    account.putRow(winner.place, row.withPosition(row.quantity(), row.cost().add(ticks)));
    run.touch(account);
    journal.say(
        new Event.ProfitReduced(
            account.id,
            instrument.id(),
            winner.profit.longValueExact(),
            share.longValueExact(),
            winner.place.side()));
  }
}
