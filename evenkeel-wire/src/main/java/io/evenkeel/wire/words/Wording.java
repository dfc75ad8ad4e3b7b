package io.evenkeel.wire.words;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.event.Event.SourcedAmount;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.Instrument.LinearContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Numbers and names as people write them: whole units, thousands grouped. Rounded for reading;
/// nothing is computed with what comes out of here. Methods that take an asset or instrument throw
/// [UnknownReference] when the catalogue does not list it.
public final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final long NANOSECONDS = 1_000_000_000L;
  private static final int MONEY_PLACES = 2;

  /// Assets dearer than this are told with all their decimals.
  private static final long COIN_PRICE = 100;

  private final Catalogue catalogue;

  /// @param catalogue gives names and scales
  public Wording(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// An instant to the second, UTC.
  public static String time(long timeNs) {
    return TIME.format(
        Instant.ofEpochSecond(
            Math.floorDiv(timeNs, NANOSECONDS), Math.floorMod(timeNs, NANOSECONDS)));
  }

  /// A value of the numeraire from whole units, two decimals.
  public static String value(BigDecimal units) {
    return String.format(
        Locale.ROOT, "%,.2f", units.setScale(MONEY_PLACES, RoundingMode.HALF_EVEN));
  }

  /// A value of the numeraire from millionths, two decimals.
  public static String value(long valueE6) {
    return value(BigDecimal.valueOf(valueE6, Asset.NUMERAIRE_SCALE));
  }

  /// A length of time in its two largest units.
  public static String duration(long durationNs) {
    long seconds = durationNs / NANOSECONDS;
    if (seconds >= 86_400) {
      return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }
    if (seconds >= 3_600) {
      return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
    return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
  }

  /// An amount with its asset, e.g. `1,234.50 USDT` or `0.01234567 BTC`.
  public String money(int assetId, long amountMinor) {
    Asset asset = asset(assetId);
    BigDecimal amount = BigDecimal.valueOf(amountMinor, asset.scale());
    boolean coin = asset.initialPriceUnits() > COIN_PRICE * Fixed.pow10(asset.priceScale());
    return plain(amount, coin ? asset.scale() : MONEY_PLACES) + " " + asset.symbol();
  }

  /// An amount of a contract's settlement asset.
  public String settlementMoney(int instrumentId, long amountMinor) {
    return money(contract(instrumentId).settlementAssetId(), amountMinor);
  }

  /// A quantity with its contract, e.g. `0.125 BTCUSDT`.
  public String quantity(int instrumentId, long units) {
    LinearContract contract = contract(instrumentId);
    BigDecimal quantity = BigDecimal.valueOf(units, contract.quantityScale());
    return plain(quantity, Math.max(0, contract.quantityScale())) + " " + contract.symbol();
  }

  /// A price of a contract, with all its decimals.
  public String price(int instrumentId, long priceUnits) {
    return price(Target.INSTRUMENT, instrumentId, priceUnits);
  }

  /// A price of a contract or asset, with all its decimals.
  public String price(Target target, int id, long priceUnits) {
    int scale =
        switch (target) {
          case INSTRUMENT -> contract(id).priceScale();
          case ASSET -> asset(id).priceScale();
        };
    return plain(BigDecimal.valueOf(priceUnits, scale), scale);
  }

  /// Symbol of a contract.
  public String symbol(int instrumentId) {
    return contract(instrumentId).symbol();
  }

  /// Symbol of a contract or asset.
  public String target(Target target, int id) {
    return switch (target) {
      case INSTRUMENT -> symbol(id);
      case ASSET -> asset(id).symbol();
    };
  }

  /// Several amounts, each with where it is from: `200.00 USDT from the wallet, 15.00 USDC from
  /// account 7`.
  ///
  /// @param withSources whether to say where from
  public String amounts(List<SourcedAmount> amounts, boolean withSources) {
    StringBuilder text = new StringBuilder();
    for (SourcedAmount amount : amounts) {
      text.append(text.isEmpty() ? "" : ", ").append(money(amount.assetId(), amount.amountMinor()));
      if (withSources) {
        text.append(" from ").append(place(amount.source()));
      }
    }
    return text.toString();
  }

  /// A ledger account by its name.
  public String place(LedgerAccount account) {
    return switch (account) {
      case LedgerAccount.Wallet wallet -> "the wallet of party " + wallet.partyId();
      case LedgerAccount.Margin margin -> "account " + margin.accountId();
      case LedgerAccount.InstrumentFund fund -> "the fund of " + symbol(fund.instrumentId());
      case LedgerAccount.Clearing clearing -> "clearing of " + symbol(clearing.instrumentId());
      case LedgerAccount.House house -> place(house.account());
    };
  }

  private static String place(HouseAccount account) {
    return switch (account) {
      case OUTSIDE_WORLD -> "the outside world";
      case INSURANCE_FUND -> "the insurance fund";
      case FEES -> "the fees account";
      case SETTLEMENT -> "settlement";
      case BAD_DEBT -> "bad debt";
      case INTEREST -> "interest account";
    };
  }

  private Asset asset(int assetId) {
    return UnknownReference.asset(catalogue, assetId);
  }

  private LinearContract contract(int instrumentId) {
    Instrument instrument = UnknownReference.instrument(catalogue, instrumentId);
    return switch (instrument) {
      case LinearContract contract -> contract;
    };
  }

  private static String plain(BigDecimal number, int places) {
    return String.format(Locale.ROOT, "%,." + places + "f", number);
  }
}
