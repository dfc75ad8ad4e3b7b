package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.portfolio.OpeningBook.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an engine holds, exported and imported again, gives the same figures to the last unit.
class OpeningExportTest {
  private static final int BOOKS = 12;
  private static final int TRADES = 120;
  private static final List<String> SYMBOLS = List.of("PERP", "FUTURE", "CALL");

  private static final String MARKET =
      """
      time: 2026-02-06T04:30:00Z
      rulebook: perp-cross
      house: house
      assets:
        USDC: {decimals: 6, price: 1}
        USDT: {decimals: 6, price: 1}
        BTC: {decimals: 8, price: 65_000}
      underlyings:
        BTC: {spot: 65_000, expiries: {2026-03-27T08:00:00Z: {forward: 65_650}}}
      instruments:
        PERP: {kind: perpetual, underlying: BTC, settlement: USDT, mark: 65_012.25}
        FUTURE: {kind: future, underlying: BTC, settlement: USDT, mark: 65_650, expiry: 2026-03-27T08:00:00Z}
        CALL: {kind: option, underlying: BTC, settlement: USDC, mark: 4_100, expiry: 2026-03-27T08:00:00Z, right: call, strike: 66_000, volatility: 55%}
      """;

  @TempDir private Path folder;

  @Test
  void shouldGiveZeroDifferencesOnItsOwnExport() {
    int fills = 0;
    for (int i = 0; i < BOOKS; i++) {
      long seed = System.nanoTime() + i;
      SplittableRandom random = new SplittableRandom(seed);
      OpeningVenue first = new OpeningVenue(randomBook(random));
      fills += trade(first, random);
      BookFolder files = new BookFolder(folder);
      OpeningExport.of(first).forEach(files::write);
      files.write("again.yaml", MARKET + FILES);

      OpeningBook again = OpeningReader.read(folder.resolve("again.yaml"));
      Reconciliation result =
          Reconciliation.of(
              new OpeningVenue(again.within(new Tolerance(Decimal.ZERO, Decimal.ZERO))));

      assertThat(result.beyond()).as("seed %d: %s", seed, result).isZero();
      assertThat(result.compared()).isEqualTo(5 * again.accounts().size() + SYMBOLS.size());
      assertThat(result.breaches()).isEmpty();
      assertThat(OpeningExport.of(new OpeningVenue(again)))
          .as("seed %d", seed)
          .isEqualTo(OpeningExport.of(first));
    }
    assertThat(fills).isGreaterThan(BOOKS * 10);
  }

  private static final String FILES =
      """
      files:
        accounts: accounts.csv
        balances: balances.csv
        positions: positions.csv
        orders: orders.csv
        stated: stated.csv
      """;

  private OpeningBook randomBook(SplittableRandom random) {
    List<String> accounts = new ArrayList<>(List.of("account,party,rulebook,isolatedIn,leverage"));
    List<String> balances = new ArrayList<>(List.of("account,asset,place,amount"));
    List<String> positions = new ArrayList<>(List.of("account,instrument,quantity,entry"));
    List<String> orders =
        new ArrayList<>(List.of("account,instrument,buy,buyPrice,sell,sellPrice"));
    accounts.add("house,house,,,");
    balances.add("house,USDT,margin,5000000");
    for (int i = 0; i < 8; i++) {
      String account = i % 2 == 0 ? "\"trader, " + i + "\"" : Integer.toString(1_000 + i);
      boolean options = i % 3 == 0;
      String isolated = i == 5 ? "PERP" : "";
      accounts.add(
          "%s,party%d,%s,%s,%s"
              .formatted(
                  account,
                  i / 2,
                  options ? "derive-srm" : i % 3 == 1 ? "binance-usdm" : "",
                  isolated,
                  !options && random.nextBoolean() ? "12.5" : ""));
      String cash = options ? "USDC" : "USDT";
      balances.add(
          "%s,%s,margin,%d.%06d"
              .formatted(account, cash, random.nextInt(2_000_000), random.nextInt(1_000_000)));
      if (random.nextBoolean()) {
        balances.add("%s,BTC,margin,0.%08d".formatted(account, 1 + random.nextInt(99_999_999)));
        balances.add("%s,USDT,wallet,%d".formatted(account, 1 + random.nextInt(100_000)));
      }
      for (String symbol : isolated.isEmpty() ? SYMBOLS : List.of("PERP")) {
        if ((options || !symbol.equals("CALL")) && random.nextInt(3) > 0) {
          positions.add(
              "%s,%s,%s%d.%02d,%d.%d"
                  .formatted(
                      account,
                      symbol,
                      random.nextBoolean() ? "-" : "",
                      random.nextInt(3),
                      1 + random.nextInt(99),
                      symbol.equals("CALL") ? 4_000 : 64_000 + random.nextInt(2_000),
                      random.nextInt(100)));
        }
      }
      if (random.nextInt(3) == 0) {
        orders.add("%s,PERP,0.25,%d,0.5,65100.5".formatted(account, 64_000 + random.nextInt(900)));
      }
    }
    return new BookFolder(folder)
        .write("accounts.csv", String.join("\n", accounts))
        .write("balances.csv", String.join("\r\n", balances))
        .write("positions.csv", String.join("\n", positions))
        .write("orders.csv", String.join("\n", orders))
        .write("stated.csv", "account\n")
        .write("random.yaml", MARKET + FILES)
        .read("random.yaml");
  }

  /// Fills at prices that leave costs which no entry price could say exactly.
  private static int trade(OpeningVenue venue, SplittableRandom random) {
    List<String> names =
        venue.book().accounts().stream().map(OpeningBook.AccountRow::account).toList();
    int fills = 0;
    for (int i = 0; i < TRADES; i++) {
      LinearContract contract =
          venue.market().contract(SYMBOLS.get(random.nextInt(SYMBOLS.size())));
      long mark = venue.view().markUnits(contract.instrumentId());
      long buyer = venue.numberOf(names.get(random.nextInt(names.size())));
      long seller = venue.numberOf(names.get(random.nextInt(names.size())));
      RefusalReason reason =
          venue.submit(
              new Command.Fill(
                  contract.instrumentId(),
                  buyer,
                  seller,
                  1 + random.nextInt(60),
                  mark + random.nextInt(200) - 100,
                  0,
                  0,
                  false,
                  false));
      fills += reason == RefusalReason.NONE ? 1 : 0;
    }
    return fills;
  }
}
