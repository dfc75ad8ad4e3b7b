package io.evenkeel.portfolio;

import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.portfolio.OpeningBook.AccountRow;
import io.evenkeel.portfolio.OpeningBook.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tables of an [OpeningBook] as an engine holds them, with its own figures as those stated:
/// what it takes to set the same books up again. Costs stand in place of entry prices, because they
/// are exact.
public final class OpeningExport {
  private OpeningExport() {}

  /// The tables by file name, each as CSV.
  public static Map<String, String> of(OpeningVenue venue) {
    Map<String, String> files = new LinkedHashMap<>();
    List<String> accounts = new ArrayList<>(List.of("account,party,rulebook,isolatedIn,leverage"));
    List<String> balances = new ArrayList<>(List.of("account,asset,place,amount"));
    List<String> positions = new ArrayList<>(List.of("account,instrument,quantity,cost"));
    List<String> orders =
        new ArrayList<>(List.of("account,instrument,buy,buyPrice,sell,sellPrice"));
    List<String> stated = new ArrayList<>();
    stated.add("account," + String.join(",", labels()));
    Set<String> parties = new HashSet<>();
    for (AccountRow row : venue.book().accounts()) {
      accounts.add(account(venue, row));
      addBalances(venue, row, parties.add(row.party()), balances);
      addPositions(venue, row, positions, orders);
      stated.add(stated(venue, row));
    }
    files.put("accounts.csv", text(accounts));
    files.put("balances.csv", text(balances));
    files.put("positions.csv", text(positions));
    files.put("orders.csv", text(orders));
    files.put("stated.csv", text(stated));
    return files;
  }

  private static List<String> labels() {
    return Arrays.stream(Figure.values()).map(Figure::label).toList();
  }

  private static String account(OpeningVenue venue, AccountRow row) {
    EngineView view = venue.view();
    long number = venue.numberOf(row.account());
    String instrument = "";
    if (view.modeOf(number) == AccountMode.ISOLATED) {
      instrument = venue.market().contractOf(view.isolatedInstrumentOf(number)).symbol();
    }
    return line(
        row.account(),
        row.party(),
        venue.book().rulebooks().get(view.rulebookOf(number)),
        instrument,
        plain(BigDecimal.valueOf(view.leverageE2(number), 2)));
  }

  private static void addBalances(
      OpeningVenue venue, AccountRow row, boolean withWallet, List<String> balances) {
    EngineView view = venue.view();
    long number = venue.numberOf(row.account());
    for (Asset asset : venue.market().assets().values()) {
      long margin = view.marginMinor(number, asset.assetId());
      if (margin != 0) {
        balances.add(line(row.account(), asset.symbol(), "margin", amount(margin, asset)));
      }
      long wallet = withWallet ? view.walletMinor(view.partyOf(number), asset.assetId()) : 0;
      if (wallet != 0) {
        balances.add(line(row.account(), asset.symbol(), "wallet", amount(wallet, asset)));
      }
    }
  }

  private static void addPositions(
      OpeningVenue venue, AccountRow row, List<String> positions, List<String> orders) {
    for (EngineView.Position it : venue.view().positions(venue.numberOf(row.account()))) {
      LinearContract contract = venue.market().contractOf(it.instrumentId());
      Asset settlement = venue.market().settlement(contract);
      if (it.quantityUnits() != 0) {
        positions.add(
            line(
                row.account(),
                contract.symbol(),
                quantity(it.quantityUnits(), contract),
                plain(OpeningScales.cost(it.costTicks(), contract, settlement))));
      }
      if (it.buyUnits() != 0 || it.sellUnits() != 0) {
        orders.add(
            line(
                row.account(),
                contract.symbol(),
                quantity(it.buyUnits(), contract),
                price(it.buyNotional(), it.buyUnits(), contract),
                quantity(it.sellUnits(), contract),
                price(it.sellNotional(), it.sellUnits(), contract)));
      }
    }
  }

  private static String stated(OpeningVenue venue, AccountRow row) {
    Evidence evidence = venue.view().explain(venue.numberOf(row.account()));
    List<String> cells = new ArrayList<>(List.of(row.account()));
    for (Figure figure : Figure.values()) {
      cells.add(plain(figure.of(evidence)));
    }
    return line(cells.toArray(String[]::new));
  }

  private static String amount(long minor, Asset asset) {
    return plain(BigDecimal.valueOf(minor, asset.scale()));
  }

  private static String quantity(long units, LinearContract contract) {
    return plain(BigDecimal.valueOf(units, contract.quantityScale()));
  }

  /// The average, which is exact for orders that came from a table of average prices.
  private static String price(long notional, long units, LinearContract contract) {
    return units == 0 ? "0" : new Decimal(notional / units, contract.priceScale()).toString();
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static String line(String... cells) {
    return String.join(",", Arrays.stream(cells).map(OpeningExport::quoted).toList());
  }

  private static String quoted(String cell) {
    boolean plain =
        cell.chars().noneMatch(it -> it == ',' || it == '"' || it == '\n' || it == '\r')
            && cell.equals(cell.strip())
            && !cell.startsWith("#");
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
