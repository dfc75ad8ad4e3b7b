package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// How figures of the whole venue that requirements depend on are *stated*: they move in announced
/// steps and not with every trade, so that nobody's requirement moves unannounced because of what
/// others do. `docs/RULES.md`, section 4.2.
///
/// @param periodNs least time between two statements of one figure, nanoseconds, a whole number of
///   seconds, at least one; 0 in [#NONE] alone
/// @param step least relative change that is stated, 0 to 1
public record SlowInputs(long periodNs, Decimal step) {
  /// Nothing is stated.
  public static final SlowInputs NONE = new SlowInputs(0, Decimal.ZERO);

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MOST_SECONDS = 366L * 86_400;

  /// Refuses what is out of range.
  public SlowInputs {
    boolean none = periodNs == 0 && step.equals(Decimal.ZERO);
    Check.parameter(
        none
            || (periodNs >= SECOND_NS
                && periodNs % SECOND_NS == 0
                && periodNs <= MOST_SECONDS * SECOND_NS),
        "venue.slowInputs.period",
        "must be a whole number of seconds, at least one, at most 366 days");
    Check.parameter(
        !step.isNegative() && step.compareTo(Decimal.ONE) <= 0,
        "venue.slowInputs.step",
        "must be 0 to 1");
  }

  /// Whether nothing is stated.
  public boolean isNone() {
    return periodNs == 0;
  }

  /// Reads what [#toFields] wrote; never [#NONE].
  public static SlowInputs read(ParameterNode.Fields fields) {
    ParameterReader reader = ParameterReader.of("venue.slowInputs", fields);
    long seconds = reader.whole("periodSeconds");
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw reader.refusal("periodSeconds", "must be 1 to " + MOST_SECONDS);
    }
    SlowInputs inputs = new SlowInputs(seconds * SECOND_NS, reader.decimal("step"));
    reader.refuseUnknown();
    return inputs;
  }

  /// As a tree; what [#read] makes an equal one of.
  public ParameterNode.Fields toFields() {
    return ParameterNode.Fields.builder()
        .number("periodSeconds", periodNs / SECOND_NS)
        .number("step", step)
        .build();
  }
}
