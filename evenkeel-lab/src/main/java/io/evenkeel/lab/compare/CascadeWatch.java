package io.evenkeel.lab.compare;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.replay.ClosingFlow;
import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.PriceImpact;
import io.evenkeel.model.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sorts closing flow by the prices on the way to the mark that set it off.
final class CascadeWatch {
  private static final long STEPS = 100;
  private static final double STEP_LENGTH = 0.01;
  private static final CascadeFigures.Step NOTHING = new CascadeFigures.Step("", 0, 0, 0, 0);

  private final Listing listing;
  private final ImpactTerms terms;
  private final double[] depthE6;
  private final List<Map<Integer, double[]>> flowOfStep = new ArrayList<>();
  private final ClosingFlow flow;
  private final EngineView view;
  private final long[] lastUnits;

  /// @param terms whose depth is the measure
  /// @param view right after set-up
  CascadeWatch(Listing listing, ImpactTerms terms, EngineView view) {
    this.listing = listing;
    this.terms = terms;
    depthE6 = new double[listing.contractCount()];
    long[] interest = PriceImpact.openInterestUnits(view, listing);
    for (int id = 0; id < depthE6.length; id++) {
      depthE6[id] = PriceImpact.depthE6(terms, listing, id, interest[id]);
      flowOfStep.add(new TreeMap<>());
    }
    lastUnits = new long[depthE6.length];
    this.view = view;
    rememberMarks();
    flow =
        new ClosingFlow(
            listing,
            (_, id, units, markUnits, notionalE6, kind) -> {
              if (kind != ClosingFlow.Kind.DELEVERAGED) {
                double closedE6 = (double) notionalE6;
                spread(id, markUnits, closedE6, units > 0 ? closedE6 : -closedE6);
              }
            });
  }

  /// What a move of the mark set off belongs to all the steps it passed, each by the part of the
  /// move that lies in it; what was set off without a move belongs to the step of the mark.
  private void spread(int instrumentId, long markUnits, double closedE6, double netE6) {
    double from = hundredths(instrumentId, lastUnits[instrumentId]);
    double to = hundredths(instrumentId, markUnits);
    double low = Math.min(from, to);
    double high = Math.max(from, to);
    if (high == low) {
      add(instrumentId, (int) StrictMath.floor(to), closedE6, netE6);
      return;
    }
    for (int step = (int) StrictMath.floor(low); step < high; step++) {
      double part = (Math.min(high, step + 1.0) - Math.max(low, step)) / (high - low);
      add(instrumentId, step, part * closedE6, part * netE6);
    }
  }

  private void add(int instrumentId, int step, double closedE6, double netE6) {
    double[] sums = flowOfStep.get(instrumentId).computeIfAbsent(step, _ -> new double[2]);
    sums[0] += closedE6;
    sums[1] += netE6;
  }

  /// Distance from the first price, in hundredths of it.
  private double hundredths(int instrumentId, long markUnits) {
    long firstUnits = listing.symbols().get(instrumentId).firstPriceUnits();
    return STEPS * (double) (markUnits - firstUnits) / firstUnits;
  }

  /// All events of new marks have been told.
  void rememberMarks() {
    for (int id = 0; id < lastUnits.length; id++) {
      lastUnits[id] = view.markUnits(id);
    }
  }

  void onEvent(Event event) {
    flow.onEvent(event);
  }

  CascadeFigures figures() {
    List<CascadeFigures.Step> steps = new ArrayList<>();
    CascadeFigures.Step peak = NOTHING;
    for (int id = 0; id < depthE6.length; id++) {
      for (Map.Entry<Integer, double[]> entry : flowOfStep.get(id).entrySet()) {
        double[] sums = entry.getValue();
        double number = Math.abs(terms.displacement(sums[1], depthE6[id])) / STEP_LENGTH;
        CascadeFigures.Step step =
            new CascadeFigures.Step(
                listing.contract(id).symbol(), entry.getKey(), sums[0], sums[1], number);
        steps.add(step);
        peak = number > peak.number() ? step : peak;
      }
    }
    return new CascadeFigures(steps, peak);
  }
}
