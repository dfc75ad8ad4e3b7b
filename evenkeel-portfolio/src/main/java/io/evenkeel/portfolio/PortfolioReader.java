package io.evenkeel.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.rulebook.ParameterReader;
import io.evenkeel.portfolio.PortfolioDocument.AccountEntry;
import io.evenkeel.portfolio.PortfolioDocument.AssetEntry;
import io.evenkeel.portfolio.PortfolioDocument.ExpiryEntry;
import io.evenkeel.portfolio.PortfolioDocument.InstrumentEntry;
import io.evenkeel.portfolio.PortfolioDocument.Kind;
import io.evenkeel.portfolio.PortfolioDocument.OptionEntry;
import io.evenkeel.portfolio.PortfolioDocument.OrderEntry;
import io.evenkeel.portfolio.PortfolioDocument.PositionEntry;
import io.evenkeel.portfolio.PortfolioDocument.SviEntry;
import io.evenkeel.portfolio.PortfolioDocument.UnderlyingEntry;
import io.evenkeel.rulebook.ParameterFile;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a [PortfolioDocument] from YAML or JSON. Strict: an unknown key, a missing one, a name
/// that leads nowhere is told with file, line and remedy.
public final class PortfolioReader {
  private static final int MOST_DECIMALS = 18;
  private static final long MOST_CONTRACT_SIZE = 1_000_000_000L;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private PortfolioReader() {}

  /// Reads a file.
  ///
  /// @throws io.evenkeel.rulebook.RulebookException naming every place that cannot be accepted
  public static PortfolioDocument read(Path file) {
    return ParameterFile.read(file, PortfolioReader::document);
  }

  /// Reads text that did not come from a file; `name` stands for it in messages.
  ///
  /// @throws io.evenkeel.rulebook.RulebookException naming every place that cannot be accepted
  public static PortfolioDocument parse(String name, String text) {
    return ParameterFile.parse(name, text, PortfolioReader::document);
  }

  private static PortfolioDocument document(ParameterReader root) {
    PortfolioDocument market = market(root);
    Map<String, AssetEntry> assets = market.assets();
    Map<String, InstrumentEntry> instruments = market.instruments();
    AccountEntry account = root.fields("account", PortfolioReader::account);
    requireAllKnown(assets, account.balances(), "account.balances", "assets");
    requireAllKnown(assets, account.wallet(), "account.wallet", "assets");
    requireAllKnown(instruments, account.positions(), "account.positions", "instruments");
    requireAllKnown(instruments, account.orders(), "account.orders", "instruments");
    return new PortfolioDocument(
        market.timeNs(), assets, market.underlyings(), instruments, account);
  }

  /// The market of a document, with nothing held in it: `time`, `assets`, `underlyings` and
  /// `instruments` of the mapping; other keys are left to the caller.
  static PortfolioDocument market(ParameterReader root) {
    long timeNs = instant(root, "time");
    Map<String, AssetEntry> assets = root.named("assets", PortfolioReader::asset);
    Map<String, UnderlyingEntry> underlyings =
        optionalNamed(root, "underlyings", PortfolioReader::underlying);
    Map<String, InstrumentEntry> instruments =
        optionalNamed(root, "instruments", PortfolioReader::instrument);
    underlyings
        .keySet()
        .forEach(symbol -> requireKnown(assets, symbol, "underlyings." + symbol, "assets"));
    instruments.forEach((symbol, it) -> {
      String path = "instruments." + symbol;
      requireKnown(assets, it.settlement(), path + ".settlement", "assets");
      if (it.underlying() != null) {
        requireKnown(assets, it.underlying(), path + ".underlying", "assets");
      }
    });
    return new PortfolioDocument(
        timeNs,
        assets,
        underlyings,
        instruments,
        new AccountEntry(Decimal.ZERO, Map.of(), Map.of(), Map.of(), Map.of()));
  }

  static void requireAllKnown(
      Map<String, ?> known, Map<String, ?> named, String path, String list) {
    named.keySet().forEach(symbol -> requireKnown(known, symbol, path + "." + symbol, list));
  }

  static void requireKnown(Map<String, ?> known, String name, String path, String list) {
    if (!known.containsKey(name)) {
      throw new InvalidParameter(
          path, "is not one of " + list + ", which are " + String.join(", ", known.keySet()));
    }
  }

  private static AssetEntry asset(ParameterReader reader) {
    long decimals = reader.has("decimals") ? reader.whole("decimals") : 8;
    if (decimals < 0 || decimals > MOST_DECIMALS) {
      throw reader.refusal("decimals", "must be 0 to " + MOST_DECIMALS);
    }
    return new AssetEntry(
        (int) decimals,
        positive(reader, "price"),
        optional(reader, "slowPrice"),
        optional(reader, "confidence"));
  }

  private static UnderlyingEntry underlying(ParameterReader reader) {
    Map<Long, ExpiryEntry> expiries = new LinkedHashMap<>();
    optionalNamed(reader, "expiries", PortfolioReader::expiry)
        .forEach((when, entry) -> {
          String path = "expiries." + when;
          if (expiries.put(instant(reader, path, when), entry) != null) {
            throw reader.refusal(path, "is the same instant as another expiry; keep one");
          }
        });
    return new UnderlyingEntry(
        optional(reader, "spot"), optional(reader, "realisedVolatility"), expiries);
  }

  private static ExpiryEntry expiry(ParameterReader reader) {
    return new ExpiryEntry(
        reader.decimal("forward"),
        reader.decimal("forwardFixed", Decimal.ZERO),
        reader.decimal("rate", Decimal.ZERO),
        reader.has("svi") ? reader.fields("svi", PortfolioReader::svi) : null);
  }

  private static SviEntry svi(ParameterReader reader) {
    return new SviEntry(
        reader.decimal("a"),
        reader.decimal("b"),
        reader.decimal("rho"),
        reader.decimal("m"),
        reader.decimal("sigma"),
        positive(reader, "forward"),
        positive(reader, "years"));
  }

  private static InstrumentEntry instrument(ParameterReader reader) {
    Kind kind = reader.choice("kind", Kind.values());
    long contractSize = reader.has("contractSize") ? reader.whole("contractSize") : 1;
    if (contractSize < 1 || contractSize > MOST_CONTRACT_SIZE) {
      throw reader.refusal("contractSize", "must be 1 to 10^9");
    }
    String underlying = reader.has("underlying") ? reader.word("underlying") : null;
    OptionEntry option = null;
    if (kind == Kind.OPTION) {
      option =
          new OptionEntry(
              reader.choice("right", Right.values()),
              reader.decimal("strike"),
              optional(reader, "volatility"));
      if (underlying == null) {
        throw reader.refusal("underlying", "is missing; an option needs one");
      }
    }
    String settlement = reader.word("settlement");
    boolean inverse = reader.has("inverse") && reader.flag("inverse");
    if (inverse && kind != Kind.OPTION && !settlement.equals(underlying)) {
      throw reader.refusal("settlement", "must be the underlying, in which an inverse future pays");
    }
    return new InstrumentEntry(
        kind,
        underlying,
        settlement,
        inverse,
        contractSize,
        positive(reader, "mark"),
        kind == Kind.PERPETUAL ? 0 : instant(reader, "expiry"),
        option);
  }

  private static AccountEntry account(ParameterReader reader) {
    return new AccountEntry(
        reader.decimal("leverage", Decimal.ZERO),
        reader.has("balances") ? reader.numbers("balances") : Map.of(),
        reader.has("wallet") ? reader.numbers("wallet") : Map.of(),
        optionalNamed(reader, "positions", PortfolioReader::position),
        optionalNamed(reader, "orders", PortfolioReader::order));
  }

  private static PositionEntry position(ParameterReader reader) {
    Decimal quantity = reader.decimal("quantity");
    if (quantity.units() == 0) {
      throw reader.refusal("quantity", "must not be 0");
    }
    return new PositionEntry(quantity, positive(reader, "entry"));
  }

  private static OrderEntry order(ParameterReader reader) {
    return new OrderEntry(
        reader.decimal("buy", Decimal.ZERO),
        reader.decimal("buyPrice", Decimal.ZERO),
        reader.decimal("sell", Decimal.ZERO),
        reader.decimal("sellPrice", Decimal.ZERO));
  }

  private static <T> Map<String, T> optionalNamed(
      ParameterReader reader, String name, Function<ParameterReader, T> reading) {
    return reader.has(name) ? reader.named(name, reading) : Map.of();
  }

  private static @Nullable Decimal optional(ParameterReader reader, String name) {
    return reader.has(name) ? reader.decimal(name) : null;
  }

  private static Decimal positive(ParameterReader reader, String name) {
    Decimal value = reader.decimal(name);
    if (value.compareTo(Decimal.ZERO) <= 0) {
      throw reader.refusal(name, "must be greater than 0");
    }
    return value;
  }

  private static long instant(ParameterReader reader, String name) {
    return instant(reader, name, reader.word(name));
  }

  private static long instant(ParameterReader reader, String name, String text) {
    try {
      Instant instant = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw reader.refusal(name, "must be an instant such as 2026-03-27T08:00:00Z");
    }
  }
}
