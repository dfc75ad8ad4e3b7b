package io.evenkeel.lab.compare;

import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.model.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs the same plan under several rulebooks, one after the other. Prices, accounts and seeds are
/// the same; accounts are sized by the first design, unless the plan says otherwise. What traders
/// do is drawn from the same seeds, but answers to what the engine says: once two designs have
/// treated an account differently, its trader may draw differently, too.
public final class Comparison {
  private final ReplayPlan plan;
  private final List<Rulebook> designs;
  private volatile @Nullable Replay running;
  private volatile boolean stopAsked;

  /// @param plan of the first design
  /// @param designs the rulebooks, the plan's own included, in order
  /// @throws IllegalArgumentException with fewer than two designs, or two of one name and version
  public Comparison(ReplayPlan plan, List<Rulebook> designs) {
    this.plan = plan;
    this.designs = List.copyOf(designs);
    if (designs.size() < 2) {
      throw new IllegalArgumentException("a comparison takes at least two rulebooks");
    }
    Set<String> names = new HashSet<>();
    for (Rulebook design : designs) {
      if (!names.add(nameOf(design))) {
        throw new IllegalArgumentException(
            "two rulebooks are both called "
                + nameOf(design)
                + "; give each a name or version of its own");
      }
    }
  }

  /// The plan that a design is run by: that of a plain replay with the same options.
  public ReplayPlan planOf(Rulebook design) {
    Rulebook sizing = plan.sizedBy() == null ? designs.getFirst() : plan.sizedBy();
    return plan.withSizing(sizing).under(design);
  }

  /// Runs every design.
  ///
  /// @param observers makes somebody who watches the run of a plan, besides
  public ComparisonReport run(Function<ReplayPlan, ReplayObserver> observers) {
    List<DesignReport> reports = new ArrayList<>();
    for (Rulebook design : designs) {
      if (stopAsked) {
        break;
      }
      ReplayPlan own = planOf(design);
      DesignWatch watch = new DesignWatch(plan.impact());
      Replay replay = new Replay(own, ReplayObserver.all(List.of(watch, observers.apply(own))));
      running = replay;
      if (stopAsked) {
        replay.stop();
      }
      ReplayReport report = replay.run();
      reports.add(watch.report(report));
    }
    running = null;
    Rulebook sizing = plan.sizedBy() == null ? designs.getFirst() : plan.sizedBy();
    return new ComparisonReport(nameOf(sizing), plan.impact(), reports);
  }

  /// Ends after the tick at hand; designs that have not begun are left out. May be called from any
  /// thread.
  public void stop() {
    stopAsked = true;
    Replay now = running;
    if (now != null) {
      now.stop();
    }
  }

  /// Name and version of a rulebook.
  public static String nameOf(Rulebook rulebook) {
    return rulebook.name() + " " + rulebook.version();
  }
}
