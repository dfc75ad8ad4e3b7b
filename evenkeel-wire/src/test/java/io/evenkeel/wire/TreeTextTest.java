package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterNode.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trees of any shape are read back as they were written, in their order, whatever they stand for.
class TreeTextTest {
  private static final int ROUNDS = 500;

  @Test
  void shouldReadEveryTreeOfParametersBack() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      ParameterNode node = node(new SplittableRandom(seed), new RandomValues(seed), 4);

      ParameterNode read = TreeText.parameters(TreeText.of(node), "field");

      assertThat(read).as("seed %d", seed).isEqualTo(node);
      // maps are equal in whatever order; their text is not
      assertThat(read).as("seed %d", seed).hasToString(node.toString());
    }
  }

  @Test
  void shouldReadEveryTreeOfTermsBack() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      List<Term> terms = List.of(new RandomValues(seed).term(4), new RandomValues(-seed).term(2));

      assertThat(TreeText.terms(TreeText.of(terms), "field")).as("seed %d", seed).isEqualTo(terms);
    }
    assertThat(TreeText.terms(TreeText.of(List.of()), "field")).isEmpty();
  }

  @Test
  void shouldWriteNumbersAsTheyAre() {
    Fields fields =
        Fields.builder()
            .number("share", Decimal.parse("0.000000000000000001"))
            .number("large", Long.MAX_VALUE)
            .flag("on", true)
            .word("word", "a\"b")
            .build();

    assertThat(TreeText.of(fields))
        .isEqualTo(
            "{\"share\":0.000000000000000001,\"large\":9223372036854775807,\"on\":true,"
                + "\"word\":\"a\\\"b\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{\"a\":null}",
        "{\"a\":1.0}",
        "{\"a\":1e2}",
        "{ \"a\":1}",
        "[1,]",
        "{\"a\":1,\"a\":1}",
        "1 2",
        "99999999999999999999",
        "NaN",
        "-0",
        "\"\\u0041\""
      })
  void shouldRefuseWhatIsNotWrittenInItsOneForm(String text) {
    assertThatThrownBy(() -> TreeText.parameters(text, "field"))
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[1]",
        "[{\"name\":\"a\"}]",
        "[{\"name\":\"a\",\"operation\":\"GUESS\",\"value\":\"1\",\"unit\":\"1\"}]",
        "[{\"name\":\"a\",\"operation\":\"SUM\",\"value\":\"x\",\"unit\":\"1\"}]",
        "[{\"name\":\"a\",\"operation\":\"SUM\",\"value\":\"1\",\"unit\":\"1\",\"terms\":[]}]"
      })
  void shouldRefuseWhatIsNoListOfTerms(String text) {
    assertThatThrownBy(() -> TreeText.terms(text, "field"))
        .isInstanceOf(InvalidParameter.class)
        .hasMessageContaining("field");
  }

  @Test
  void shouldRefuseATreeThatIsDeeperThanAnyIs() {
    assertThatThrownBy(() -> TreeText.parameters("[".repeat(100_000), "field"))
        .isInstanceOf(InvalidParameter.class);
  }

  private static ParameterNode node(SplittableRandom random, RandomValues values, int generations) {
    switch (random.nextInt(generations == 0 ? 3 : 5)) {
      case 0 -> {
        return new ParameterNode.Number((Decimal) values.of(Decimal.class));
      }
      case 1 -> {
        return new ParameterNode.Word(values.text(0, 30));
      }
      case 2 -> {
        return new ParameterNode.Flag(random.nextBoolean());
      }
      case 3 -> {
        List<ParameterNode> items = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
          items.add(node(random, values, generations - 1));
        }
        return new ParameterNode.Items(items);
      }
      default -> {
        ParameterNode.Builder fields = Fields.builder();
        for (int left = random.nextInt(5); left > 0; left--) {
          fields.node(values.text(0, 9) + left, node(random, values, generations - 1));
        }
        return fields.build();
      }
    }
  }
}
