package io.evenkeel.engine;

import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.desk.AccountDesk;
import io.evenkeel.engine.desk.ContractDesk;
import io.evenkeel.engine.desk.ExpiryDesk;
import io.evenkeel.engine.desk.FactorDesk;
import io.evenkeel.engine.desk.ImportDesk;
import io.evenkeel.engine.desk.MarkDesk;
import io.evenkeel.engine.desk.ModeDesk;
import io.evenkeel.engine.desk.ReferenceDesk;
import io.evenkeel.engine.desk.TreasuryDesk;
import io.evenkeel.engine.lending.Lending;
import io.evenkeel.engine.liquidation.AuctionDesk;
import io.evenkeel.engine.liquidation.Liquidation;
import io.evenkeel.engine.margin.EvidenceWriter;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.rebalance.AccountSet;
import io.evenkeel.engine.rebalance.AccountWatch;
import io.evenkeel.engine.rebalance.CashSettlement;
import io.evenkeel.engine.rebalance.Collateral;
import io.evenkeel.engine.rebalance.Cycle;
import io.evenkeel.engine.rebalance.DueHeap;
import io.evenkeel.engine.rebalance.LossCollection;
import io.evenkeel.engine.rebalance.MarginGate;
import io.evenkeel.engine.session.Sessions;
import io.evenkeel.engine.trading.CorrectionDesk;
import io.evenkeel.engine.trading.FillDesk;
import io.evenkeel.engine.trading.OrderDesk;
import io.evenkeel.engine.trading.Trades;
import io.evenkeel.engine.trading.TransferDesk;
import io.evenkeel.model.command.EngineLimits;

/// All parts of one engine, wired once. No rules here.
final class Machine {
  final Book book = new Book();
  final DueHeap deadlines = new DueHeap();
  final DueHeap coolDowns = new DueHeap();
  final DueHeap auctionEnds = new DueHeap();
  final Valuation valuation;
  final ExposureRules exposures;
  final AccountWatch watch;
  final Cycle cycle;
  final Liquidation liquidation;
  final AuctionDesk auctionDesk;
  final MarkDesk markDesk;
  final ReferenceDesk referenceDesk;
  final AccountDesk accountDesk;
  final ModeDesk modeDesk;
  final TreasuryDesk treasuryDesk;
  final ContractDesk contractDesk;
  final ExpiryDesk expiryDesk;
  final OrderDesk orderDesk;
  final FillDesk fillDesk;
  final TransferDesk transferDesk;
  final CorrectionDesk correctionDesk;
  final FactorDesk factorDesk;
  final ImportDesk importDesk;
  final Lending lending;
  final Sessions sessions;

  Machine(EngineLimits limits) {
    valuation = new Valuation(book, limits.assets());
    exposures = new ExposureRules(book);
    watch = new AccountWatch(book, valuation, exposures);
    sessions = new Sessions(book.undo, limits);
    Collateral collateral = new Collateral(book, valuation);
    EvidenceWriter evidence = new EvidenceWriter(book, valuation);
    Trades trades = new Trades(book);
    cycle = new Cycle(book, valuation, evidence, exposures, collateral, deadlines, coolDowns);
    liquidation =
        new Liquidation(book, valuation, evidence, exposures, cycle.calls(), trades, auctionEnds);
    auctionDesk = new AuctionDesk(book, valuation, exposures, trades, liquidation);
    CashSettlement settlement =
        new CashSettlement(book, new LossCollection(book, valuation.collateral()));
    MarginGate gate = new MarginGate(book, valuation, collateral);
    markDesk = new MarkDesk(book, limits, settlement, watch);
    lending = new Lending(book);
    referenceDesk = new ReferenceDesk(book, limits, lending);
    accountDesk = new AccountDesk(book, limits, valuation, cycle.calls());
    modeDesk = new ModeDesk(book, valuation, exposures);
    treasuryDesk = new TreasuryDesk(book, valuation, exposures, collateral, lending);
    contractDesk = new ContractDesk(book, exposures, settlement);
    expiryDesk = new ExpiryDesk(book, settlement);
    orderDesk = new OrderDesk(book, limits, valuation, exposures, gate);
    fillDesk = new FillDesk(book, limits, valuation, trades, orderDesk, gate);
    transferDesk = new TransferDesk(book, limits, trades, orderDesk, gate);
    correctionDesk = new CorrectionDesk(book, trades, fillDesk);
    factorDesk = new FactorDesk(book, limits, markDesk);
    importDesk = new ImportDesk(book, limits, trades);
  }

  /// Adds every account that a rulebook governs.
  void addAccountsOf(int rulebook, AccountSet accounts) {
    for (int account = 0; account < book.accounts.size(); account++) {
      if (book.accounts.rulebook(account) == rulebook) {
        accounts.add(account);
      }
    }
  }

  /// Adds every account of a party.
  void addAccountsOfParty(int party, AccountSet accounts) {
    for (int account = book.parties.firstAccount(party);
        account >= 0;
        account = book.accounts.nextOfParty(account)) {
      accounts.add(account);
    }
  }

  /// Forgets what work that was cut short by a fault may have left outside the book.
  void reset() {
    book.events.unmute();
    book.observeMarks();
    valuation.reset();
    cycle.reset();
    watch.recover();
  }
}
