package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import org.jspecify.annotations.Nullable;

/// How figures of the whole venue that requirements depend on are *stated*: they move in announced
/// steps and not with every trade, so that nobody's requirement moves unannounced because of what
/// others do. `docs/RULES.md`, section 4.2.
///
/// @param periodNs least time between two statements of one figure, nanoseconds, a whole number of
///   seconds, at least one; 0 in [#NONE] alone
/// @param step least relative change that is stated, 0 to 1
/// @param volatility how realised volatility is measured; null: it is not
public record SlowInputs(long periodNs, Decimal step, @Nullable Volatility volatility) {
  /// Nothing is stated.
  public static final SlowInputs NONE = new SlowInputs(0, Decimal.ZERO, null);

  private static final Decimal HUNDRED = new Decimal(100, 0);
  private static final int FACTOR_PLACES = 6;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MOST_SECONDS = 366L * 86_400;

  /// Open interest alone is stated.
  public SlowInputs(long periodNs, Decimal step) {
    this(periodNs, step, null);
  }

  /// How the volatility of an instrument's mark is measured: an average of squared returns in which
  /// older ones fade, and how far what is stated of it may move.
  ///
  /// @param intervalNs least time between two samples of a mark, a whole number of seconds, at most
  ///   a day
  /// @param memory weight of what was known against one interval more, above 0, at most 0.9999
  /// @param lowest least that is stated, as a multiple of the instrument's daily move in the venue
  ///   rulebook, above 0, at most 1
  /// @param highest most that is stated, likewise, 1 to 100
  /// @param rise most that one statement is above the one before, as a share of it, above 0, at
  ///   most 100: what rises too fast feeds the fall that it measures
  /// @param fall most that one statement is below the one before, likewise, above 0, below 1
  public record Volatility(
      long intervalNs,
      Decimal memory,
      Decimal lowest,
      Decimal highest,
      Decimal rise,
      Decimal fall) {
    private static final String AT = "venue.slowInputs.volatility.";
    private static final Decimal LONGEST_MEMORY = new Decimal(9_999, 4);

    /// Refuses what is out of range.
    public Volatility {
      Check.parameter(
          intervalNs >= SECOND_NS
              && intervalNs % SECOND_NS == 0
              && intervalNs <= 86_400 * SECOND_NS,
          AT + "interval",
          "must be a whole number of seconds, at least one, at most a day");
      Check.parameter(
          memory.compareTo(Decimal.ZERO) > 0 && memory.compareTo(LONGEST_MEMORY) <= 0,
          AT + "memory",
          "must be above 0 and at most 0.9999");
      Check.parameter(
          lowest.compareTo(Decimal.ZERO) > 0
              && lowest.compareTo(Decimal.ONE) <= 0
              && lowest.scale() <= FACTOR_PLACES,
          AT + "lowest",
          "must be above 0 and at most 1 with at most 6 decimal places");
      Check.parameter(
          highest.compareTo(Decimal.ONE) >= 0
              && highest.compareTo(HUNDRED) <= 0
              && highest.scale() <= FACTOR_PLACES,
          AT + "highest",
          "must be 1 to 100 with at most 6 decimal places");
      Check.parameter(
          rise.compareTo(Decimal.ZERO) > 0
              && rise.compareTo(HUNDRED) <= 0
              && rise.scale() <= FACTOR_PLACES,
          AT + "rise",
          "must be above 0 and at most 100 with at most 6 decimal places");
      Check.parameter(
          fall.compareTo(Decimal.ZERO) > 0
              && fall.compareTo(Decimal.ONE) < 0
              && fall.scale() <= FACTOR_PLACES,
          AT + "fall",
          "must be above 0 and below 1 with at most 6 decimal places");
    }

    private static Volatility read(ParameterReader reader) {
      long seconds = reader.whole("intervalSeconds");
      if (seconds < 1 || seconds > 86_400) {
        throw reader.refusal("intervalSeconds", "must be 1 to 86400");
      }
      return new Volatility(
          seconds * SECOND_NS,
          reader.decimal("memory"),
          reader.decimal("lowest"),
          reader.decimal("highest"),
          reader.decimal("rise"),
          reader.decimal("fall"));
    }

    private ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("intervalSeconds", intervalNs / SECOND_NS)
          .number("memory", memory)
          .number("lowest", lowest)
          .number("highest", highest)
          .number("rise", rise)
          .number("fall", fall)
          .build();
    }
  }

  /// Refuses what is out of range.
  public SlowInputs {
    boolean none = periodNs == 0 && step.equals(Decimal.ZERO) && volatility == null;
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
    SlowInputs inputs =
        new SlowInputs(
            seconds * SECOND_NS,
            reader.decimal("step"),
            reader.has("volatility") ? reader.fields("volatility", Volatility::read) : null);
    reader.refuseUnknown();
    return inputs;
  }

  /// As a tree; what [#read] makes an equal one of.
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder fields =
        ParameterNode.Fields.builder()
            .number("periodSeconds", periodNs / SECOND_NS)
            .number("step", step);
    if (volatility != null) {
      fields.node("volatility", volatility.toFields());
    }
    return fields.build();
  }
}
