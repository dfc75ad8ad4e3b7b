package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of("releaseFactor", "searchShare", "type", "cap", "halted");

  @ParameterizedTest
  @CsvSource({
    "relaeseFactor, releaseFactor",
    "releasefactor, releaseFactor",
    "serchShare, searchShare",
    "release, releaseFactor",
    "tpye, type",
    "typ, type",
    "cpa, cap",
    "halt, halted",
  })
  void shouldGuessTypingMistakes(String written, String meant) {
    assertThat(Spelling.nearest(written, KNOWN)).isEqualTo(meant);
    assertThat(Spelling.suggestion(written, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"banana", "ca_p_x", "x", "''", "sourceOfTruth"})
  void shouldNotGuessWild(String written) {
    assertThat(Spelling.nearest(written, KNOWN)).isNull();
    assertThat(Spelling.suggestion(written, KNOWN)).isEmpty();
  }

  @Test
  void shouldNotCompareEndlessWords() {
    assertThat(Spelling.nearest("releaseFactor".repeat(100), KNOWN)).isNull();
  }
}
