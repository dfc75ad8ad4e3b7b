package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A venue's leverage brackets, as its public export lists them: a JSON object of contracts, each a
/// list of tiers with `currency`, `minNotional`, `maxNotional`, `maintenanceMarginRate`,
/// `maxLeverage` and, in `info.cum`, the amount that makes maintenance continuous. Other keys are
/// ignored. A tier's initial rate is `1 / maxLeverage`, exact where it has at most 18 decimal
/// places and rounded up there where it has not. Every tier must begin where the one before ends,
/// and `cum`, where it is given, must be what the rates imply, exactly: an export that fails is
/// broken or of another formula.
///
/// @param name the file, for messages
/// @param contracts in the order of the file
public record BracketFile(String name, List<Contract> contracts) {
  /// Larger files are refused: the whole list of a large venue is about 1 MiB.
  public static final int MAXIMUM_BYTES = 16 << 20;

  private static final int RATE_PLACES = 18;
  private static final int CURRENCY_LENGTH = 32;

  /// Copies the list.
  public BracketFile {
    contracts = List.copyOf(contracts);
  }

  /// The brackets of one contract.
  ///
  /// @param venueSymbol as the file has it, e.g. `BTC/USDT:USDT`
  /// @param instrument the symbol used elsewhere, e.g. `BTCUSDT`, or `BTCUSDT_250328` for a dated
  ///   contract
  /// @param currency in which the floors are stated
  /// @param brackets floors in millionths of `currency`
  public record Contract(
      String venueSymbol, String instrument, String currency, List<Bracket> brackets) {
    /// Copies the list.
    public Contract {
      brackets = List.copyOf(brackets);
    }
  }

  /// Reads a file.
  ///
  /// @throws RulebookException when it cannot be read or is not such an export
  public static BracketFile read(Path file) {
    return parse(file.toString(), SourceText.read(file, MAXIMUM_BYTES));
  }

  /// Reads the text of such a file.
  ///
  /// @param name for messages
  /// @throws RulebookException when it is not such an export
  public static BracketFile parse(String name, String text) {
    Findings findings = new Findings(name);
    // JSON is YAML, and this reader knows line and column.
    YamlValue root =
        new YamlValue(
            Reading.of(findings, AssetScales.STANDARD, null),
            "",
            new Place(1, 1),
            YamlTree.parse(findings, text, MAXIMUM_BYTES));
    List<Contract> contracts = new ArrayList<>();
    Map<String, String> venueSymbols = new HashMap<>();
    root.mapping()
        .values()
        .forEach((venueSymbol, tiers) -> {
          Contract contract = contract(venueSymbol, tiers);
          if (contract != null) {
            contracts.add(contract);
            String other = venueSymbols.putIfAbsent(contract.instrument(), venueSymbol);
            if (other != null) {
              tiers.fail(
                  Kind.VALUE,
                  "would have the same symbol as " + other + ": " + contract.instrument());
            }
          }
        });
    findings.throwIfAny();
    return new BracketFile(name, contracts);
  }

  /// The contract with an instrument's symbol.
  public Optional<Contract> find(String instrument) {
    return contracts.stream().filter(c -> c.instrument().equals(instrument)).findFirst();
  }

  /// `BTC/USDT:USDT-250328` becomes `BTCUSDT_250328`.
  static String instrumentOf(String venueSymbol) {
    int colon = venueSymbol.indexOf(':');
    String pair = colon < 0 ? venueSymbol : venueSymbol.substring(0, colon);
    int dash = colon < 0 ? -1 : venueSymbol.indexOf('-', colon);
    return pair.replace("/", "") + (dash < 0 ? "" : "_" + venueSymbol.substring(dash + 1));
  }

  /// One line of a contract, with the places of what is compared with the line before.
  private record Tier(
      Bracket bracket,
      String currency,
      BigDecimal floor,
      BigDecimal ceiling,
      BigDecimal rate,
      YamlValue floorValue,
      YamlValue currencyValue,
      YamlValue cumValue) {}

  private static @Nullable Contract contract(String venueSymbol, YamlValue list) {
    List<Bracket> brackets = new ArrayList<>();
    Tier before = null;
    BigDecimal deduction = BigDecimal.ZERO;
    for (YamlValue item : list.items()) {
      Tier tier = tier(item.mapping());
      if (tier == null) {
        return null;
      }
      BigDecimal floor = before == null ? BigDecimal.ZERO : before.ceiling();
      if (tier.floor().compareTo(floor) != 0) {
        tier.floorValue()
            .fail(Kind.VALUE, "must be " + text(floor) + ", where the tier before ends");
      }
      if (before != null) {
        deduction = deduction.add(tier.floor().multiply(tier.rate().subtract(before.rate())));
        if (!tier.currency().equals(before.currency())) {
          tier.currencyValue().fail(Kind.VALUE, "must be that of the other tiers");
        }
      }
      requireDeduction(tier, deduction);
      brackets.add(tier.bracket());
      before = tier;
    }
    if (before == null) {
      list.fail(Kind.VALUE, "must have at least one tier");
      return null;
    }
    return new Contract(venueSymbol, instrumentOf(venueSymbol), before.currency(), brackets);
  }

  private static void requireDeduction(Tier tier, BigDecimal deduction) {
    BigDecimal cum = tier.cumValue().isPresent() ? tier.cumValue().exportedNumber() : null;
    if (cum != null && cum.compareTo(deduction) != 0) {
      tier.cumValue()
          .fail(Kind.VALUE, "must be " + text(deduction) + ", which is what the rates imply");
    }
  }

  private static String text(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static @Nullable Tier tier(YamlMapping entry) {
    YamlValue currency = entry.at("currency");
    String currencyText = currency.symbol(CURRENCY_LENGTH);
    YamlValue minimum = entry.at("minNotional");
    BigDecimal floor = notNull(minimum.exportedNumber());
    BigDecimal ceiling = notNull(entry.at("maxNotional").exportedNumber());
    YamlValue maintenance = entry.at("maintenanceMarginRate");
    BigDecimal rate = notNull(maintenance.exportedNumber());
    long floorE6 = floorE6(minimum, floor);
    Decimal maintenanceRate = maintenanceRate(maintenance, rate);
    Decimal initialRate = initialRate(entry.at("maxLeverage"));
    YamlValue info = entry.optional("info");
    YamlValue cum = info.isPresent() ? info.mapping().optional("cum") : info;
    return entry.buildLeniently(() ->
        new Tier(
            new Bracket(floorE6, maintenanceRate, initialRate),
            currencyText,
            floor,
            ceiling,
            rate,
            minimum,
            currency,
            cum));
  }

  /// Zero stands in for a number that was not right, which was recorded.
  private static BigDecimal notNull(@Nullable BigDecimal value) {
    return value != null ? value : BigDecimal.ZERO;
  }

  private static long floorE6(YamlValue value, BigDecimal floor) {
    Long units = ExactNumber.toUnits(floor, Asset.NUMERAIRE_SCALE);
    if (units == null || units < 0) {
      value.fail(Kind.VALUE, "must be 0 to about 9.2 trillion with at most 6 decimal places");
      return 0;
    }
    return units;
  }

  private static Decimal maintenanceRate(YamlValue value, BigDecimal rate) {
    Decimal decimal = ExactNumber.toDecimal(rate);
    if (decimal == null) {
      value.fail(Kind.VALUE, "must have at most 18 decimal places");
      return Decimal.ZERO;
    }
    return decimal;
  }

  private static Decimal initialRate(YamlValue value) {
    BigDecimal leverage = value.exportedNumber();
    if (leverage == null) {
      return Decimal.ZERO;
    }
    if (leverage.compareTo(BigDecimal.ONE) < 0) {
      value.fail(Kind.VALUE, "must be at least 1");
      return Decimal.ZERO;
    }
    BigDecimal rate = BigDecimal.ONE.divide(leverage, RATE_PLACES, RoundingMode.CEILING);
    return requireNonNull(ExactNumber.toDecimal(rate), "at most 1, with at most 18 places");
  }
}
