package io.evenkeel.audit;

import io.evenkeel.audit.AuditAccount.Call;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CallPolicy.OnExpiry;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.LiquidationStep.AuctionAccount;
import io.evenkeel.model.rulebook.LiquidationStep.CancelOrders;
import io.evenkeel.model.rulebook.LiquidationStep.CloseByHealth;
import io.evenkeel.model.rulebook.LiquidationStep.CloseSlices;
import io.evenkeel.model.rulebook.LiquidationStep.ConvertDebts;
import io.evenkeel.model.rulebook.LiquidationStep.Deleverage;
import io.evenkeel.model.rulebook.LiquidationStep.DrawInsurance;
import io.evenkeel.model.rulebook.LiquidationStep.PartialClose;
import io.evenkeel.model.rulebook.LiquidationStep.ShareLoss;
import io.evenkeel.model.rulebook.LiquidationStep.TakeOver;
import io.evenkeel.model.rulebook.LiquidationStep.TakeOverAtMark;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The CLOSE step: section 7 of the rules.
final class Liquidation {
  /// An account of the batch and why it is in it.
  record Case(AuditAccount account, LiquidationCause cause) {}

  private final AuditBook book;
  private final Journal journal;
  private final Valuation valuation;
  private final Ranking ranking;
  private final DebtConversion debtConversion;
  private final PartialClosing partialClosing;
  private final TakeOvers takeOvers;
  private final Confiscations confiscations;
  private final Slicing slicing;
  private final Deleveraging deleveraging;
  private final Auctions auctions;
  private final LossWaterfall waterfall;

  Liquidation(
      AuditBook book, Ledger ledger, Journal journal, Valuation valuation, Ranking ranking) {
    this.book = book;
    this.journal = journal;
    this.valuation = valuation;
    this.ranking = ranking;
    this.debtConversion = new DebtConversion(book, ledger, journal);
    this.partialClosing = new PartialClosing(book, ledger, journal, valuation);
    this.takeOvers = new TakeOvers(book, ledger, journal, valuation);
    this.confiscations = new Confiscations(book, ledger, journal, valuation, takeOvers);
    this.slicing = new Slicing(book, ledger, journal, valuation);
    this.deleveraging = new Deleveraging(book, ledger, journal, valuation);
    this.auctions = new Auctions(book, ledger, journal, valuation);
    this.waterfall = new LossWaterfall(book, ledger, journal, valuation);
  }

  /// Liquidates those of the accounts that must be, then looks at the backstop.
  void run(CycleRun run, List<AuditAccount> accounts) {
    Map<AuditRulebook, List<Case>> batch = start(run, accounts);
    Set<AuditAccount> all = new HashSet<>();
    batch.values().forEach(cases -> cases.forEach(one -> all.add(one.account)));
    boolean takenOver = false;
    for (AuditRulebook rulebook : book.rulebooks) {
      List<Case> cases = batch.get(rulebook);
      if (cases != null) {
        takenOver |= work(run, rulebook, new ArrayList<>(cases), all);
      }
    }
    AuditAccount backstop = book.findBackstop();
    if (backstop != null) {
      boolean asked = run.isConcerned(backstop) && run.runs(backstop, CycleStep.CLOSE);
      if (takenOver || asked) {
        coverBackstop(run, backstop);
      }
    }
  }

  private Map<AuditRulebook, List<Case>> start(CycleRun run, List<AuditAccount> accounts) {
    List<Weighed> due =
        accounts.stream()
            .filter(AuditAccount::isTrader)
            .map(valuation::weigh)
            .filter(weighed -> cause(weighed) != null || isAuctionDue(weighed))
            .toList();
    AuditAccount backstop = book.findBackstop();
    if (backstop != null && !due.isEmpty()) {
      run.touch(backstop);
    }
    Map<AuditRulebook, List<Case>> batch = new LinkedHashMap<>();
    for (Weighed weighed : ranking.order(due)) {
      AuditAccount account = weighed.account();
      AuctionEnd end = auctions.dueEnd(account);
      if (end != null) {
        auctions.review(account, end);
      }
      boolean joins = end == null || end == AuctionEnd.WITHDRAWN;
      LiquidationCause cause = joins ? cause(weighed) : null;
      if (cause != null) {
        journal.say(new Event.LiquidationStarted(account.id, cause, weighed.evidence(run.trigger)));
        Calls.end(journal, weighed, CallEnd.SUPERSEDED);
        batch
            .computeIfAbsent(account.rulebook, _ -> new ArrayList<>())
            .add(new Case(account, cause));
      }
    }
    return batch;
  }

  private boolean isAuctionDue(Weighed weighed) {
    return auctions.dueEnd(weighed.account()) != null;
  }

  private static @Nullable LiquidationCause cause(Weighed weighed) {
    if (weighed.account().auction != null) {
      return null;
    }
    if (weighed.isBelow(weighed.maintenance())) {
      return LiquidationCause.BELOW_MAINTENANCE;
    }
    Call call = weighed.account().call;
    boolean expired =
        call != null
            && call.expired()
            && weighed.account().rulebook.inForce().call().onExpiry() == OnExpiry.CLOSE;
    return expired && weighed.isBelow(weighed.initial()) ? LiquidationCause.CALL_EXPIRED : null;
  }

  /// Runs the steps of one rulebook over its accounts; tells whether any was taken over.
  private boolean work(
      CycleRun run, AuditRulebook rulebook, List<Case> cases, Set<AuditAccount> batch) {
    List<LossWaterfall.Deficit> deficits = new ArrayList<>();
    boolean takenOver = false;
    for (LiquidationStep step : rulebook.inForce().liquidation().steps()) {
      switch (step) {
        case CancelOrders(boolean mustExceed) -> {
          cases.forEach(one -> takeOvers.cancelOrders(one.account));
          leaveRescued(cases, mustExceed);
        }
        case ConvertDebts _ -> {
          cases.forEach(one -> debtConversion.convert(one.account));
          leaveRescued(cases, false);
        }
        case PartialClose partial ->
            cases.removeIf(one -> partialClosing.close(one.account, partial.exitLevel()));
        case CloseSlices slices -> {
          List<AuditAccount> left =
              slicing.close(run, cases.stream().map(Case::account).toList(), slices);
          cases.removeIf(one -> left.contains(one.account));
        }
        case Deleverage deleverage ->
            cases.removeIf(one -> deleveraging.deleverage(run, one.account, deleverage, batch));
        case AuctionAccount(AuctionTerms terms) -> auction(run, terms, cases);
        case TakeOver _, TakeOverAtMark _ -> takenOver |= takeOver(run, step, cases, deficits);
        case CloseByHealth _ ->
            throw new IllegalStateException("the twin does not know health weights");
        case DrawInsurance _ -> deficits.forEach(waterfall::drawInsurance);
        case ShareLoss _ -> waterfall.shareLosses(run, deficits);
      }
    }
    deficits.forEach(waterfall::recordBadDebt);
    return takenOver;
  }

  /// Auctions whoever is left.
  private void auction(CycleRun run, AuctionTerms terms, List<Case> cases) {
    for (Case one : cases) {
      if (leaveOpen(one)) {
        run.leftInNeed.add(one.account);
        continue;
      }
      takeOvers.cancelOrders(one.account);
      auctions.begin(one.account, terms, false);
      journal.say(
          new Event.LiquidationEnded(
              one.account.id,
              LiquidationResult.AUCTIONED,
              valuation.weigh(one.account).assessment()));
    }
    cases.clear();
  }

  /// Takes over whoever is left; tells whether anybody was.
  private boolean takeOver(
      CycleRun run, LiquidationStep step, List<Case> cases, List<LossWaterfall.Deficit> deficits) {
    boolean takenOver = false;
    for (Case one : cases) {
      if (leaveOpen(one)) {
        run.leftInNeed.add(one.account);
        continue;
      }
      takenOver = true;
      LossWaterfall.Deficit deficit =
          step instanceof TakeOverAtMark(var confiscated)
              ? confiscations.takeOver(one.account, confiscated)
              : takeOvers.takeOver(one.account);
      if (deficit != null) {
        deficits.add(deficit);
      }
    }
    cases.clear();
    return takenOver;
  }

  /// Lets an account go whose call expired but that is not below maintenance: it is not taken over.
  private boolean leaveOpen(Case one) {
    Weighed weighed = valuation.weigh(one.account);
    if (one.cause != LiquidationCause.CALL_EXPIRED || weighed.isBelow(weighed.maintenance())) {
      return false;
    }
    journal.say(
        new Event.LiquidationEnded(
            one.account.id, LiquidationResult.LEFT_OPEN, weighed.assessment()));
    return true;
  }

  /// Lets those leave that are no longer in need.
  private void leaveRescued(List<Case> cases, boolean mustExceed) {
    for (Case one : List.copyOf(cases)) {
      Weighed weighed = valuation.weigh(one.account);
      BigInteger needed =
          switch (one.cause) {
            case BELOW_MAINTENANCE -> weighed.maintenance();
            case CALL_EXPIRED -> weighed.initial();
          };
      int excess = weighed.equity().compareTo(needed);
      if (excess > 0 || (excess == 0 && !mustExceed)) {
        cases.remove(one);
        journal.say(
            new Event.LiquidationEnded(
                one.account.id, LiquidationResult.RESCUED, weighed.assessment()));
      }
    }
  }

  /// A deficit of the backstop itself goes through the loss steps of its own rulebook.
  private void coverBackstop(CycleRun run, AuditAccount backstop) {
    Weighed weighed = valuation.weigh(backstop);
    if (weighed.fullValue().signum() >= 0) {
      return;
    }
    run.touch(backstop);
    LossWaterfall.Deficit deficit = waterfall.deficit(weighed);
    for (LiquidationStep step : backstop.rulebook.inForce().liquidation().steps()) {
      switch (step) {
        case DrawInsurance _ -> waterfall.drawInsurance(deficit);
        case ShareLoss _ -> waterfall.shareLosses(run, List.of(deficit));
        case CancelOrders _,
            ConvertDebts _,
            PartialClose _,
            CloseSlices _,
            Deleverage _,
            AuctionAccount _,
            TakeOver _,
            TakeOverAtMark _,
            CloseByHealth _ -> {}
      }
    }
    waterfall.recordBadDebt(deficit);
  }
}
