package io.evenkeel.model.rulebook;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.Rounding;
import org.jspecify.annotations.Nullable;

/// What raises the rates of brackets beyond their table: how much of its instrument's open interest
/// one account holds, how large that open interest is, and how uncertain the mark is. Each adds a
/// share of the requirement; the shares are added up. Realised volatility multiplies what that
/// gives. `docs/RULES.md`, section 2.R, has the arithmetic.
///
/// @param concentration by the account's share of the open interest; null: not at all
/// @param openInterest by the notional of the open interest; from and to in millionths of the
///   numeraire; null: not at all
/// @param uncertainty by the uncertainty told with the mark; from and to in millionths of the
///   price; null: not at all
/// @param volatility by the realised volatility as stated, over the daily move of the table; null:
///   not at all
public record RateScaling(
    @Nullable Concentration concentration,
    @Nullable Ramp openInterest,
    @Nullable Ramp uncertainty,
    @Nullable VolatilityRange volatility) {
  /// Rates as their table has them.
  public static final RateScaling NONE = new RateScaling(null, null, null);

  /// Rates that do not follow volatility.
  public RateScaling(
      @Nullable Concentration concentration,
      @Nullable Ramp openInterest,
      @Nullable Ramp uncertainty) {
    this(concentration, openInterest, uncertainty, null);
  }

  private static final String AT = "requirement.scaling";
  private static final int SHARE_PLACES = 9;
  private static final int MILLIONTHS = 6;
  private static final long BILLION = 1_000_000_000;
  private static final Decimal HUNDRED = new Decimal(100, 0);

  /// An addition that rises on a straight line: nothing up to `from`, all of `most` from `to` on.
  ///
  /// @param from where it begins, 0 or more
  /// @param to where it ends, above `from`
  /// @param most what it adds from there on, as a share of the requirement, above 0, at most 100,
  ///   with at most nine places
  /// @param maintenance whether it adds to maintenance as it does to initial; else it stops new
  ///   risk and closes nobody
  public record Ramp(long from, long to, Decimal most, boolean maintenance) {
    /// Refuses what does not rise.
    public Ramp {
      Check.parameter(from >= 0, "from", "must not be negative");
      Check.parameter(to > from, "to", "must be above from");
      Check.parameter(
          most.compareTo(Decimal.ZERO) > 0
              && most.compareTo(HUNDRED) <= 0
              && most.scale() <= SHARE_PLACES,
          "most",
          "must be above 0 and at most 100 with at most 9 decimal places");
    }

    /// [#most()] in billionths.
    public long mostE9() {
      return most.times(BILLION, Rounding.FLOOR);
    }

    private static Ramp read(ParameterReader reader, int places) {
      return new Ramp(
          scaled(reader, "from", places),
          scaled(reader, "to", places),
          reader.decimal("most"),
          reader.flag("maintenance"));
    }

    private ParameterNode.Builder toFields(int places) {
      return ParameterNode.Fields.builder()
          .number("from", new Decimal(from, places))
          .number("to", new Decimal(to, places))
          .number("most", most)
          .flag("maintenance", maintenance);
    }
  }

  /// How much of the open interest one account may hold before its rate rises.
  ///
  /// @param ramp from and to in billionths of the open interest, `to` at most all of it
  /// @param leastE6 notional below which the open interest counts as this much, so that the first
  ///   to come to a small market are not charged for being there; millionths of the numeraire, from
  ///   1 numeraire on
  public record Concentration(Ramp ramp, long leastE6) {
    /// Refuses shares of more than everything.
    public Concentration {
      Check.parameter(ramp.to() <= BILLION, "to", "must be at most 1");
      Check.parameter(leastE6 >= 1_000_000, "least", "must be at least 1");
    }

    private static Concentration read(ParameterReader reader) {
      return new Concentration(Ramp.read(reader, SHARE_PLACES), reader.amountE6("least"));
    }

    private ParameterNode.Fields toFields() {
      return ramp.toFields(SHARE_PLACES).amountE6("least", leastE6).build();
    }
  }

  /// Between what a requirement may be multiplied with for realised volatility, maintenance and
  /// initial alike.
  ///
  /// @param lowest the floor, above 0, at most 1, with at most nine places
  /// @param highest the cap, 1 to 100, likewise
  public record VolatilityRange(Decimal lowest, Decimal highest) {
    /// Refuses a range without 1 in it.
    public VolatilityRange {
      Check.parameter(
          lowest.compareTo(Decimal.ZERO) > 0
              && lowest.compareTo(Decimal.ONE) <= 0
              && lowest.scale() <= SHARE_PLACES,
          "lowest",
          "must be above 0 and at most 1 with at most 9 decimal places");
      Check.parameter(
          highest.compareTo(Decimal.ONE) >= 0
              && highest.compareTo(HUNDRED) <= 0
              && highest.scale() <= SHARE_PLACES,
          "highest",
          "must be 1 to 100 with at most 9 decimal places");
    }

    /// [#lowest()] in billionths.
    public long lowestE9() {
      return lowest.times(BILLION, Rounding.FLOOR);
    }

    /// [#highest()] in billionths.
    public long highestE9() {
      return highest.times(BILLION, Rounding.FLOOR);
    }

    private static VolatilityRange read(ParameterReader reader) {
      return new VolatilityRange(reader.decimal("lowest"), reader.decimal("highest"));
    }

    private ParameterNode.Fields toFields() {
      return ParameterNode.Fields.builder()
          .number("lowest", lowest)
          .number("highest", highest)
          .build();
    }
  }

  private static long scaled(ParameterReader reader, String name, int places) {
    Decimal value = reader.decimal(name);
    if (value.scale() > places) {
      throw reader.refusal(name, "must have at most " + places + " decimal places");
    }
    try {
      return value.times(new Decimal(1, places).divisor(), Rounding.FLOOR);
    } catch (ArithmeticException e) {
      throw reader.refusal(name, "is too large");
    }
  }

  /// Whether rates are as their table has them.
  public boolean isNone() {
    return concentration == null
        && openInterest == null
        && uncertainty == null
        && volatility == null;
  }

  /// Whether anything depends on open interest, which the venue must then state.
  public boolean readsOpenInterest() {
    return concentration != null || openInterest != null;
  }

  /// Reads what [#toFields] wrote, or an author: each part may be left out.
  public static RateScaling read(ParameterNode.Fields fields) {
    ParameterReader reader = ParameterReader.of(AT, fields);
    RateScaling scaling =
        new RateScaling(
            reader.has("concentration")
                ? reader.fields("concentration", Concentration::read)
                : null,
            reader.has("openInterest")
                ? reader.fields("openInterest", it -> Ramp.read(it, MILLIONTHS))
                : null,
            reader.has("uncertainty")
                ? reader.fields("uncertainty", it -> Ramp.read(it, MILLIONTHS))
                : null,
            reader.has("volatility") ? reader.fields("volatility", VolatilityRange::read) : null);
    reader.refuseUnknown();
    return scaling;
  }

  /// As a tree; what [#read] makes an equal one of.
  public ParameterNode.Fields toFields() {
    ParameterNode.Builder fields = ParameterNode.Fields.builder();
    if (concentration != null) {
      fields.node("concentration", concentration.toFields());
    }
    if (openInterest != null) {
      fields.node("openInterest", openInterest.toFields(MILLIONTHS).build());
    }
    if (uncertainty != null) {
      fields.node("uncertainty", uncertainty.toFields(MILLIONTHS).build());
    }
    if (volatility != null) {
      fields.node("volatility", volatility.toFields());
    }
    return fields.build();
  }
}
