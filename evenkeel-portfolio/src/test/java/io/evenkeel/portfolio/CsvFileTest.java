package io.evenkeel.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.rulebook.RulebookException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables as spreadsheets and scripts write them.
class CsvFileTest {
  private static List<String> rows(String text) {
    return CsvFile.parse(
        "t.csv",
        text,
        List.of("account", "amount"),
        List.of("note"),
        row -> row.name("account") + "=" + row.number("amount") + "/" + row.cell("note"));
  }

  @Test
  void shouldReadColumnsInAnyOrderAndPassOverCommentsAndEmptyLines() {
    assertThat(rows("# made by hand\r\namount,account\r\n\r\n 1.50 ,a\r\n# none\n-2,b"))
        .containsExactly("a=1.5/null", "b=-2/null");
  }

  @Test
  void shouldReadQuotedCells() {
    assertThat(rows("account,amount,note\n\"a, \"\"the\"\" first\",1,\"two\nlines\"\nb,2,\n"))
        .containsExactly("a, \"the\" first=1/two\nlines", "b=2/null");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``                                    | t.csv:1:1: is empty; its first line must name account,amount",
        "account\\na                           | t.csv:1:1: amount: is missing; add the column",
        "account,amount,sum\\na,1,2            | t.csv:1:16: sum: is an unknown column; known here are account, amount, note",
        "account,amount,amount\\na,1,2         | t.csv:1:16: amount: is a column twice; remove one",
        "account,amount\\na,1,2                | t.csv:2:1: has 3 cells where the first line has 2; check its commas and quotes",
        "account,amount\\n\\n# x\\na            | t.csv:4:1: has 1 cells where the first line has 2; check its commas and quotes",
        "account,amount\\na, 1e5               | t.csv:2:4: amount: must be a plain decimal such as -1234.5, at most 18 digits and no grouping (found 1e5)",
        "account,amount\\na,                   | t.csv:2:3: amount: is missing; write a number",
        "account,amount\\n\"x\\ny\",1\\n,2      | t.csv:4:1: account: is missing; say which one",
        "account,amount\\n\"a,1                | t.csv:2:1: a quote opens here and never closes; close it",
        "account,amount\\n\"a\"b,1             | t.csv:2:4: something follows a closing quote; put the whole cell in quotes and double those inside",
      },
      delimiter = '|')
  void shouldSayWhereAndWhatToDo(String text, String message) {
    assertThatThrownBy(() -> rows(text.replace("\\n", "\n")))
        .isInstanceOf(RulebookException.class)
        .hasMessage(message);
  }

  @Test
  void shouldTellEveryWrongRowAtOnce() {
    assertThatThrownBy(() -> rows("account,amount\na,x\nb,1\nc,y\n"))
        .isInstanceOf(RulebookException.class)
        .hasMessageContaining("t.csv:2:3: amount")
        .hasMessageContaining("t.csv:4:3: amount");
  }
}
