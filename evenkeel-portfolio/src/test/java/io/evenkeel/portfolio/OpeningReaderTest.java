package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.portfolio.OpeningBook.Figure;
import io.evenkeel.rulebook.RulebookException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Books as venues write them, and as they should not.
class OpeningReaderTest {
  private static final String TABLES =
      """
      files:
        accounts: accounts.csv
        balances: balances.csv
        positions: positions.csv
        orders: orders.csv
        stated: stated.csv
      """;

  @TempDir private Path folder;

  private BookFolder files() {
    return new BookFolder(folder)
        .write("accounts.csv", "account,isolatedIn\na,\nb,PERP\n")
        .write("balances.csv", "account,asset,amount\na,USDT,100\n")
        .write("positions.csv", "account,instrument,quantity,entry\na,PERP,1,90\nb,PERP,-1,95\n")
        .write("orders.csv", "account,instrument,buy,buyPrice\na,OTHER,1,50\n")
        .write("stated.csv", "account,equity\na,110\n");
  }

  @Test
  void shouldReadTablesFromFilesBesideTheBook() {
    OpeningBook book = files().book(TABLES);

    assertThat(book.accounts()).extracting(it -> it.account()).containsExactly("a", "b");
    assertThat(book.accounts().getLast().isolatedIn()).isEqualTo("PERP");
    assertThat(book.balances().getFirst().amount()).isEqualTo(new Decimal(100, 0));
    assertThat(book.positions()).hasSize(2);
    assertThat(book.orders().getFirst().buyPrice()).isEqualTo(new Decimal(50, 0));
    assertThat(book.stated().getFirst().figures()).containsOnlyKeys(Figure.EQUITY);
    assertThat(book.tolerance().absolute()).isEqualTo(new Decimal(1, 2));
  }

  @Test
  void shouldReadTheSameFromListsInTheBookOrInAFileOfJson() {
    OpeningBook inside =
        files()
            .book(
                """
                balances:
                  - {account: 7, asset: USDT, amount: 1_000.5}
                  - {account: x, asset: BTC, amount: '2', place: wallet}
                """);
    files()
        .write(
            "balances.json",
            """
            {"balances": [
              {"account": 7, "asset": "USDT", "amount": "1000.5"},
              {"account": "x", "asset": "BTC", "amount": 2, "place": "wallet"}
            ]}
            """);
    OpeningBook beside = files().book("files: {balances: balances.json}\n");

    assertThat(beside.balances()).isEqualTo(inside.balances());
    assertThat(beside.accounts()).extracting(it -> it.account()).containsExactly("7", "x");
    assertThat(beside.balances().getLast().inWallet()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accounts.csv  | account\\na\\na             | accounts.csv:3:1: account: has a second account, the first is at",
        "accounts.csv  | account,leverage\\na,-1     | accounts.csv:2:3: leverage: must not be below 0",
        "accounts.csv  | account,isolatedIn\\na,X    | accounts.csv:2:3: isolatedIn: is not one of instruments, which are PERP, OTHER (found X)",
        "balances.csv  | account,asset,amount\\nz,USDT,1 | balances.csv:2:1: account: is not one of the accounts that are listed (found z)",
        "balances.csv  | account,asset,amount\\na,EUR,1  | balances.csv:2:3: asset: is not one of assets, which are USDT, BTC (found EUR)",
        "balances.csv  | account,asset,amount\\na,USDT,0.0000001 | balances.csv:2:8: amount: must have at most the 6 places of USDT",
        "balances.csv  | account,asset,amount\\na,USDT,1\\na,USDT,2 | balances.csv:3:3: asset: has a second balance, the first is at",
        "balances.csv  | account,asset,amount,place\\na,USDT,1,bank | balances.csv:2:10: place: must be margin or wallet (found bank)",
        "balances.csv  | account,asset,amount,place\\na,USDT,-1,wallet | balances.csv:2:8: amount: must not be below 0 in a wallet; a debt belongs to the margin",
        "positions.csv | account,instrument,quantity,entry\\na,PERP,0,1 | positions.csv:2:8: quantity: must not be 0; leave the row out",
        "positions.csv | account,instrument,quantity,entry\\na,PERP,1,  | positions.csv:2:8: quantity: needs an entry price or a cost beside it",
        "positions.csv | account,instrument,quantity,entry,cost\\na,PERP,1,2,2 | positions.csv:2:12: cost: stands beside an entry price; keep one",
        "positions.csv | account,instrument,quantity,entry\\na,PERP,1,-2 | positions.csv:2:10: entry: must not be below 0",
        "positions.csv | account,instrument,quantity,entry\\na,PERP,1,2\\na,PERP,-1,2 | positions.csv:3:3: instrument: has a second position",
        "orders.csv    | account,instrument,buy,buyPrice\\na,PERP,-1,2 | orders.csv:2:8: buy: must not be below 0",
        "stated.csv    | account,equity\\na,12e3       | stated.csv:2:3: equity: must be a plain decimal",
        "stated.csv    | account,worth\\na,12          | stated.csv:1:9: worth: is an unknown column; known here are account, equity,",
      })
  void shouldNameFileLineColumnAndRemedy(String file, String text, String message) {
    BookFolder files = files().write(file, text.replace("\\n", "\n"));

    assertThatThrownBy(() -> files.book(TABLES))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "files: {balances: none.csv}          | none.csv: no such file; check the path",
        "files: {balances: balances.txt}      | book.yaml:9:19: files.balances: must end in .csv, .json, .yaml or .yml",
        "files: {trades: trades.csv}          | files.trades: is an unknown key",
        "tolerance: {absolute: -1}            | tolerance.absolute: must not be below 0",
        "holdings: {EUR: 1}                   | holdings.EUR: is not one of assets, which are USDT, BTC",
        "insurance: {USDT: -1}                | insurance.USDT: must not be below 0",
        "cash: 1                              | cash: is an unknown key",
        "balances: [{account: a, asset: USDT, amount: many}] | balances[0].amount: must be a plain decimal",
        "balances: [{account: a, asset: USDT, amount: 1, at: 2}] | balances[0].at: is an unknown key",
      })
  void shouldNameTheKeyOfTheBook(String keys, String message) {
    assertThatThrownBy(() -> files().book(keys + "\n"))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldNotTakeATableTwice() {
    assertThatThrownBy(() -> files().book("files: {balances: balances.csv}\nbalances: []\n"))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("balances: is also named in files; keep one of the two");
  }

  @Test
  void shouldNameTheRowThatTheEngineRefuses() {
    BookFolder files =
        files()
            .write("positions.csv", "account,instrument,quantity,entry\na,OTHER,1,9\nb,OTHER,-1,9");
    OpeningBook book = files.book(TABLES);

    assertThatThrownBy(() -> new OpeningVenue(book))
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("positions.csv:3")
        .hasMessageContaining("NOT_THE_ISOLATED_INSTRUMENT");
  }

  @Test
  void shouldSayThatABookOfNobodyIsEmpty() {
    assertThatThrownBy(() -> new OpeningVenue(new BookFolder(folder).book("")))
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("accounts");
  }
}
