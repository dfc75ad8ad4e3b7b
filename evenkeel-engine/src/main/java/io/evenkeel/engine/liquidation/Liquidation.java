package io.evenkeel.engine.liquidation;

import io.evenkeel.engine.account.MarginCalls;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.ledger.Ledger;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.rebalance.AccountList;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.Calls;
import io.evenkeel.engine.rebalance.Closer;
import io.evenkeel.engine.rebalance.DueHeap;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.number.Rounding;
import io.evenkeel.model.rulebook.AuctionTerms;
import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.model.rulebook.HealthClosing;
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
import io.evenkeel.model.rulebook.Trigger;
import java.util.ArrayList;
import java.util.List;

/// Runs the waterfall of each rulebook over the accounts below maintenance, as one batch, each step
/// over the whole batch.
public final class Liquidation implements Closer {
  private final Book book;
  private final Valuation valuation;
  private final EvidenceWriter evidence;
  private final ExposureRules exposures;
  private final Calls calls;
  private final DebtConversion conversion;
  private final PartialCloses partialCloses;
  private final Slices slices;
  private final TakeOvers takeOvers;
  private final Confiscations confiscations;
  private final Deleveraging deleveraging;
  private final AccountAuctions auctions;
  private final LossSharing sharing;
  private final HealthLiquidation byHealth;
  private final Batch batch = new Batch();
  private final List<Deficit> deficits = new ArrayList<>();
  private final Weighing weighing = new Weighing();

  /// Reads and writes the book.
  ///
  /// @param auctionEnds receives when prices in auctions have fallen to nothing
  public Liquidation(
      Book book,
      Valuation valuation,
      EvidenceWriter evidence,
      ExposureRules exposures,
      Calls calls,
      Trades trades,
      DueHeap auctionEnds) {
    this.book = book;
    this.valuation = valuation;
    this.evidence = evidence;
    this.exposures = exposures;
    this.calls = calls;
    Penalties penalties = new Penalties(book);
    conversion = new DebtConversion(book);
    ClosingPort port = new DepthMarket(book, valuation);
    partialCloses = new PartialCloses(book, valuation, trades, port, penalties);
    BankruptcyPrice bankruptcy = new BankruptcyPrice(book, valuation, trades);
    slices = new Slices(book, valuation, trades, port, penalties, bankruptcy);
    takeOvers = new TakeOvers(book, valuation, trades, penalties);
    confiscations = new Confiscations(book, valuation, trades, takeOvers);
    deleveraging = new Deleveraging(book, valuation, trades, bankruptcy);
    auctions = new AccountAuctions(book, valuation, penalties, auctionEnds);
    sharing = new LossSharing(book, valuation);
    byHealth = new HealthLiquidation(book, valuation, trades, penalties);
  }

  @Override
  public boolean isDue(int account, Weighing now) {
    if (book.auctions.isLive(account)) {
      return auctions.isDue(account, now) && !exposures.isSuspended(account, CycleStep.CLOSE);
    }
    return !book.accounts.isBackstop(account)
        && (now.equityE6() < now.maintenanceE6()
            || isCallExpired(account, now)
            || byHealth.isUnfinished(account))
        && !exposures.isSuspended(account, CycleStep.CLOSE);
  }

  private boolean isCallExpired(int account, Weighing now) {
    return book.calls.state(account) == MarginCalls.EXPIRED
        && terms(account).rulebook().call().onExpiry() == CallPolicy.OnExpiry.CLOSE
        && now.equityE6() < now.initialE6();
  }

  @Override
  public void close(
      Trigger trigger, AccountList accounts, boolean backstopConcerned, AccountSet touched) {
    int count = accounts.size();
    batch.clear();
    for (int i = 0; i < count; i++) {
      if (book.auctions.isLive(accounts.get(i))) {
        book.workOn(accounts.get(i), -1);
        if (auctions.review(accounts.get(i)) == AuctionEnd.WITHDRAWN
            && isBelowMaintenance(accounts.get(i))) {
          start(trigger, accounts.get(i));
        }
      } else {
        start(trigger, accounts.get(i));
      }
    }
    boolean takenOver = false;
    for (int rulebook = 0; rulebook < book.rulebooks.size() && count > 0; rulebook++) {
      takenOver |= runWaterfall(rulebook, touched);
    }
    if (count > 0 && book.accounts.backstop() >= 0) {
      touched.add(book.accounts.backstop());
    }
    if (takenOver || backstopConcerned) {
      coverBackstop(touched);
    }
  }

  @Override
  public boolean isLeftInNeed(int account) {
    return batch.isLeftInNeed(account);
  }

  private void start(Trigger trigger, int account) {
    book.workOn(account, -1);
    valuation.assess(account, weighing);
    boolean below =
        weighing.equityE6() < weighing.maintenanceE6() || byHealth.isUnfinished(account);
    batch.add(account, !below);
    book.accounts.setClosing(
        account, below && byHealth.terms(book.accounts.rulebook(account)) != null);
    book.events.emit(
        new Event.LiquidationStarted(
            book.accounts.idAt(account),
            below ? LiquidationCause.BELOW_MAINTENANCE : LiquidationCause.CALL_EXPIRED,
            evidence.of(account, trigger, weighing)));
    calls.end(account, CallEnd.SUPERSEDED, weighing);
  }

  /// True when an account was taken over.
  private boolean runWaterfall(int rulebook, AccountSet touched) {
    boolean takenOver = false;
    deficits.clear();
    for (LiquidationStep step : book.rulebooks.at(rulebook).rulebook().liquidation().steps()) {
      if (step.bearsDeficits()) {
        bearDeficits(step, touched);
        continue;
      }
      if (step instanceof CloseSlices sliced) {
        closeSlices(rulebook, sliced);
        continue;
      }
      for (int place = 0; place < batch.size(); place++) {
        if (!batch.isDone(place) && book.accounts.rulebook(batch.account(place)) == rulebook) {
          takenOver |= runStep(step, place, touched);
        }
      }
      if (step instanceof CancelOrders(boolean mustExceed)) {
        retest(rulebook, mustExceed);
      } else if (step instanceof ConvertDebts) {
        retest(rulebook, false);
      }
    }
    recordBadDebts();
    return takenOver;
  }

  /// Slices have an order of their own, by how far their prices give way.
  private void closeSlices(int rulebook, CloseSlices step) {
    for (int place : slices.turns(rulebook, step, batch)) {
      book.workOn(batch.account(place), -1);
      switch (slices.close(batch.account(place), step)) {
        case RESTORED -> finish(place, LiquidationResult.REDUCED);
        case WAITING -> {
          batch.leaveInNeed(place);
          finish(place, LiquidationResult.WAITING);
        }
        case UNAIDED -> {}
      }
    }
  }

  /// Runs one closing step for one account; true when it was taken over.
  private boolean runStep(LiquidationStep step, int place, AccountSet touched) {
    int account = batch.account(place);
    book.workOn(account, -1);
    return switch (step) {
      case CancelOrders _ -> {
        takeOvers.cancelOrders(account);
        yield false;
      }
      case ConvertDebts() -> {
        conversion.convert(account);
        yield false;
      }
      case PartialClose partial -> {
        if (partialCloses.close(account, partial)) {
          finish(place, LiquidationResult.REDUCED);
        }
        yield false;
      }
      case Deleverage deleverage -> {
        deleveraging.deleverage(account, deleverage, batch, touched);
        if (book.positions.first(account) == Positions.NONE
            && valuation.fullValueE6(account) >= 0
            && !isBelowMaintenance(account)) {
          finish(place, LiquidationResult.DELEVERAGED);
        }
        yield false;
      }
      case TakeOver _, TakeOverAtMark _, AuctionAccount _
          when batch.isCallExpired(place) && !isBelowMaintenance(account) -> {
        batch.leaveInNeed(place);
        finish(place, LiquidationResult.LEFT_OPEN);
        yield false;
      }
      case AuctionAccount(AuctionTerms auction) -> {
        takeOvers.cancelOrders(account);
        auctions.begin(account, auction, false);
        finish(place, LiquidationResult.AUCTIONED);
        yield false;
      }
      case TakeOver _, TakeOverAtMark _ -> {
        takeOver(step, place);
        yield true;
      }
      case CloseByHealth(HealthClosing closing) -> {
        takeOvers.cancelOrders(account);
        if (byHealth.close(account, closing, deficits)) {
          finish(place, LiquidationResult.REDUCED);
        } else {
          batch.leaveInNeed(place);
          finish(place, LiquidationResult.WAITING);
        }
        yield true;
      }
      case CloseSlices _, DrawInsurance _, ShareLoss _ -> false;
    };
  }

  private void takeOver(LiquidationStep step, int place) {
    int account = batch.account(place);
    Deficit deficit =
        step instanceof TakeOverAtMark(var confiscated)
            ? confiscations.takeOver(account, confiscated)
            : takeOvers.takeOver(account);
    if (deficit.restMinor() > 0) {
      deficits.add(deficit);
    }
    finish(place, LiquidationResult.TAKEN_OVER);
  }

  private boolean isBelowMaintenance(int account) {
    valuation.assess(account, weighing);
    return weighing.equityE6() < weighing.maintenanceE6();
  }

  /// Lets accounts go that are no longer in need.
  private void retest(int rulebook, boolean mustExceed) {
    for (int place = 0; place < batch.size(); place++) {
      int account = batch.account(place);
      if (!batch.isDone(place) && book.accounts.rulebook(account) == rulebook) {
        if (isRescued(place, mustExceed)) {
          finish(place, LiquidationResult.RESCUED);
        }
      }
    }
  }

  private boolean isRescued(int place, boolean mustExceed) {
    int account = batch.account(place);
    HealthClosing closing = byHealth.terms(book.accounts.rulebook(account));
    if (closing != null && !batch.isCallExpired(place)) {
      return byHealth.isRecovered(account, closing);
    }
    valuation.assess(account, weighing);
    long needed = batch.isCallExpired(place) ? weighing.initialE6() : weighing.maintenanceE6();
    return weighing.equityE6() > needed || (!mustExceed && weighing.equityE6() == needed);
  }

  private void finish(int place, LiquidationResult result) {
    int account = batch.account(place);
    batch.finish(place);
    if (result != LiquidationResult.WAITING) {
      book.accounts.setClosing(account, false);
    }
    valuation.assess(account, weighing);
    book.events.emit(
        new Event.LiquidationEnded(book.accounts.idAt(account), result, weighing.toAssessment()));
  }

  private void bearDeficits(LiquidationStep step, AccountSet touched) {
    deficits.removeIf(deficit -> deficit.restMinor() == 0);
    if (step instanceof DrawInsurance) {
      deficits.forEach(this::drawInsurance);
    } else {
      sharing.share(deficits, touched);
    }
  }

  private void drawInsurance(Deficit deficit) {
    int cash = deficit.cashAsset();
    long paid =
        Math.min(deficit.restMinor(), book.ledger.houseBalance(HouseAccount.INSURANCE_FUND, cash));
    book.events.emit(
        new Event.InsuranceDrawn(
            deficit.accountId(), book.assets.idAt(cash), deficit.restMinor(), paid));
    book.ledger.post(
        cash,
        Ledger.house(HouseAccount.INSURANCE_FUND),
        Ledger.margin(book.accounts.backstop()),
        paid,
        MoneyReason.INSURANCE);
    deficit.bear(paid);
  }

  private void recordBadDebts() {
    for (Deficit deficit : deficits) {
      if (deficit.restMinor() > 0) {
        book.events.emit(
            new Event.BadDebtRecorded(
                deficit.accountId(), book.assets.idAt(deficit.cashAsset()), deficit.restMinor()));
        book.ledger.post(
            deficit.cashAsset(),
            Ledger.house(HouseAccount.BAD_DEBT),
            Ledger.margin(book.accounts.backstop()),
            deficit.restMinor(),
            MoneyReason.BAD_DEBT);
      }
    }
    deficits.clear();
  }

  /// The backstop's own deficit goes to the fund, then to sharing; it is not closed.
  private void coverBackstop(AccountSet touched) {
    int backstop = book.accounts.backstop();
    book.workOn(backstop, -1);
    long value = valuation.fullValueE6(backstop);
    if (value >= 0) {
      return;
    }
    touched.add(backstop);
    int cash = terms(backstop).cashAsset();
    Deficit deficit = takeOvers.deficitOf(backstop, cash);
    deficit.setRest(book.assets.amountMinor(cash, -value, Rounding.CEILING));
    cover(backstop, deficit, touched);
  }

  /// Lets an account's deficit, which the backstop has paid or has, be borne by whom the account's
  /// rulebook names.
  ///
  /// @param touched whoever bore some of it is added
  void cover(int account, Deficit deficit, AccountSet touched) {
    deficits.clear();
    deficits.add(deficit);
    for (LiquidationStep step : terms(account).rulebook().liquidation().steps()) {
      if (step.bearsDeficits()) {
        bearDeficits(step, touched);
      }
    }
    recordBadDebts();
  }

  AccountAuctions auctions() {
    return auctions;
  }

  TakeOvers takeOvers() {
    return takeOvers;
  }

  private RulebookTerms terms(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account));
  }
}
