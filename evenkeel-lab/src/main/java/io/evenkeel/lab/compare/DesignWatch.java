package io.evenkeel.lab.compare;

import io.evenkeel.lab.compare.LiquidationWatch.Episode;
import io.evenkeel.lab.population.SetUpReport;
import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.Numeraire;
import io.evenkeel.lab.replay.PriceImpact;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.lab.replay.ReplayTally;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watches the replay of one design and counts all that a comparison tells. What happens during
/// set-up is not counted. Watching changes nothing: the state at the end is that of a plain replay.
public final class DesignWatch implements ReplayObserver {
  private final ImpactTerms terms;
  private final Counterfactual counterfactual = new Counterfactual();
  private final Timeline timeline = new Timeline();
  private final List<Told> setUp = new ArrayList<>();
  private @Nullable Counters counters;

  /// @param terms whose depth measures the cascade number
  public DesignWatch(ImpactTerms terms) {
    this.terms = terms;
  }

  /// A command of set-up, kept until it is known what is listed.
  private record Told(long timeNs, Command command) {}

  /// Everything that counts once there is something to count.
  private static final class Counters {
    private final Replay replay;
    private final LiquidationWatch liquidations;
    private final DistressWatch distress;
    private final BurdenWatch burden;
    private final HedgeWatch hedges;
    private final CascadeWatch cascade;

    private Counters(Replay replay, ImpactTerms terms) {
      this.replay = replay;
      Numeraire numeraire = new Numeraire(replay.listing(), replay.view());
      liquidations = new LiquidationWatch(replay.listing(), numeraire);
      distress = new DistressWatch(replay.population(), replay.view(), replay.timeNs());
      burden = new BurdenWatch(replay.population(), replay.view(), numeraire);
      hedges = new HedgeWatch(replay.listing(), replay.view());
      cascade = new CascadeWatch(replay.listing(), terms, replay.view());
    }
  }

  @Override
  public void onReady(Replay replay, SetUpReport report) {
    counters = new Counters(replay, terms);
    for (Told told : setUp) {
      counterfactual.onCommand(told.timeNs, told.command, replay.listing());
    }
    setUp.clear();
  }

  @Override
  public void onEvent(long timeNs, Event event) {
    if (counters != null) {
      Episode begun = counters.liquidations.onEvent(event);
      if (begun != null && event instanceof Event.LiquidationStarted it) {
        counterfactual.hold(timeNs, begun, it, counters.replay.view());
      }
      counters.distress.onEvent(timeNs, event);
      counters.burden.onEvent(event);
      counters.hedges.onEvent(event);
      counters.cascade.onEvent(event);
    }
  }

  @Override
  public void onCommand(long timeNs, Command command) {
    if (counters != null) {
      counters.hedges.onCommand();
      if (command instanceof Command.MarkPrices) {
        counters.cascade.rememberMarks();
      }
      counterfactual.onCommand(timeNs, command, counters.replay.listing());
    } else if (isOfTheMarket(command)) {
      setUp.add(new Told(timeNs, command));
    }
  }

  private static boolean isOfTheMarket(Command command) {
    return switch (command) {
      case Command.DefineAsset _,
          Command.DefineInstrument _,
          Command.DefineRulebook _,
          Command.MarkPrices _,
          Command.PublishFactors _,
          Command.SetPhase _,
          Command.AdvanceTime _ ->
          true;
      default -> false;
    };
  }

  @Override
  public void onTick(Replay replay) {
    if (counters != null) {
      ReplayTally tally = replay.tally();
      timeline.add(
          new Timeline.Point(
              replay.timeNs(),
              priceIndex(replay),
              tally.liquidatedNotional().doubleValue(),
              counters.distress.count(),
              tally.insuranceUsed().doubleValue(),
              tally.forgone().add(tally.sharedLoss()).doubleValue()));
    }
  }

  private static double priceIndex(Replay replay) {
    double sum = 0;
    int count = replay.listing().contractCount();
    for (int id = 0; id < count; id++) {
      long firstUnits = replay.listing().symbols().get(id).firstPriceUnits();
      sum += replay.view().markUnits(id) / (double) firstUnits;
    }
    return sum / count;
  }

  /// Adds up, after the replay has ended.
  ///
  /// @throws IllegalStateException when the replay never began
  public DesignReport report(ReplayReport replay) {
    Counters all = counters;
    if (all == null) {
      throw new IllegalStateException("the replay has not begun");
    }
    LiquidationFigures liquidations = all.liquidations.figures();
    PriceImpact impact = all.replay.impact();
    return new DesignReport(
        replay.rulebook(),
        replay,
        liquidations,
        all.distress.figures(replay.endTimeNs()),
        counterfactual.figures(),
        new DeleveragingFigures(
            replay.tally().deleveragings(),
            liquidations.deleveragedNotional(),
            replay.tally().forgone(),
            all.liquidations.overshoot()),
        all.burden.figures(all.hedges),
        all.cascade.figures(),
        impact == null ? 0 : impact.largestDisplacement(),
        timeline);
  }
}
