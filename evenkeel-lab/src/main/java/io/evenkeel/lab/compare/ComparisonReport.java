package io.evenkeel.lab.compare;

import io.evenkeel.lab.replay.ImpactTerms;
import java.util.List;
import java.util.NavigableSet;

/// Several designs on the same crash.
///
/// @param sizedBy name and version of the rules by which made-up accounts were sized; those of the
///   first design
/// @param impact how closing flow moved later marks
/// @param designs in the order asked for
public record ComparisonReport(String sizedBy, ImpactTerms impact, List<DesignReport> designs) {
  /// Copies the list.
  public ComparisonReport {
    designs = List.copyOf(designs);
  }

  /// How many accounts both of two designs closed.
  public long inBoth(int first, int second) {
    NavigableSet<Long> other = designs.get(second).liquidations().accounts();
    return designs.get(first).liquidations().accounts().stream().filter(other::contains).count();
  }

  /// How many accounts one design closed and no other did.
  public long onlyIn(int design) {
    return designs.get(design).liquidations().accounts().stream()
        .filter(account -> timesClosed(account) == 1)
        .count();
  }

  /// How many accounts every design closed.
  public long inAll() {
    return designs.getFirst().liquidations().accounts().stream()
        .filter(account -> timesClosed(account) == designs.size())
        .count();
  }

  private long timesClosed(Long account) {
    return designs.stream()
        .filter(design -> design.liquidations().accounts().contains(account))
        .count();
  }

  /// Whether nothing happened in any design that must never happen, and each weighed the accounts
  /// it held on to as it had weighed the real ones.
  public boolean isSound() {
    return designs.stream()
        .allMatch(design -> design.replay().isSound() && design.recoveries().unlike() == 0);
  }

  /// Whether a design was stopped before the end of its plan.
  public boolean isStopped() {
    return designs.stream().anyMatch(design -> design.replay().stopped());
  }
}
