package io.evenkeel.lab.compare;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.population.Population;
import io.evenkeel.lab.replay.Numeraire;
import io.evenkeel.model.event.Event;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Adds up who bore what, by party.
final class BurdenWatch {
  private final EngineView view;
  private final Numeraire numeraire;
  private final Map<Long, BigDecimal> byParty = new HashMap<>();
  private final int parties;

  BurdenWatch(Population population, EngineView view, Numeraire numeraire) {
    this.view = view;
    this.numeraire = numeraire;
    Set<Long> distinct = new HashSet<>();
    distinct.add(population.marketMakerPartyId());
    for (int trader = 0; trader < population.traderCount(); trader++) {
      distinct.add(population.partyId(trader));
    }
    parties = distinct.size();
  }

  void onEvent(Event event) {
    if (event instanceof Event.Deleveraged it && it.forgoneMinor() > 0) {
      add(it.counterpartyAccountId(), it.instrumentId(), it.forgoneMinor());
    } else if (event instanceof Event.ProfitReduced it && it.reductionMinor() > 0) {
      add(it.accountId(), it.instrumentId(), it.reductionMinor());
    }
  }

  private void add(long accountId, int instrumentId, long amountMinor) {
    byParty.merge(
        view.partyOf(accountId),
        numeraire.settlementValue(instrumentId, amountMinor),
        BigDecimal::add);
  }

  BurdenFigures figures(HedgeWatch hedges) {
    Collection<BigDecimal> amounts = byParty.values();
    int able = Math.max(parties, amounts.size());
    return new BurdenFigures(
        able,
        amounts.size(),
        amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
        amounts.stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO),
        Fairness.gini(amounts, amounts.size()),
        Fairness.gini(amounts, able),
        Fairness.topShare(amounts),
        hedges.byDeleveraging(),
        hedges.byClosing());
  }
}
