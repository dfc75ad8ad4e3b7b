package io.evenkeel.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents are written with single quotation marks here.
class JsonTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                         | ``     | there is no JSON here
          {'a': 1, 'a': 2}           | /a     | line 1, column 10: is given twice
          {'b': {'a': 1, 'a': 2}}    | /b/a   | is given twice
          {'a': 1e3}                 | /a     | line 1, column 7: numbers are written without exponent
          {'a': [0, 15E-1]}          | /a/1   | numbers are written without exponent
          {'a': NaN}                 | ``     | line 1, column
          {'a': 1                    | ``     | line 1, column
          {'a' 1}                    | ``     | line 1, column 6
          {'a': 1}}                  | ``     | line 1, column
          {'a': 1} {}                | ``     | line 1, column 10: something follows after the end
          {'a': 01}                  | ``     | line 1, column
          {a: 1}                     | ``     | line 1, column
          {'a': 1,}                  | ``     | line 1, column
          [1 2]                      | ``     | line 1, column
          /* no */ {}                | ``     | line 1, column
          """)
  void shouldRefuseWithLineAndColumn(String json, String field, String reason) {
    InvalidJson refusal = refusal(json == null ? "" : json.replace('\'', '"'));
    assertThat(refusal.field()).as(refusal.getMessage()).isEqualTo(field == null ? "" : field);
    assertThat(refusal.reason()).contains(reason).doesNotContain("Source");
  }

  @Test
  void shouldCountLines() {
    assertThat(refusal("{\n  \"a\": 1,\n  \"b\": oops\n}").reason()).startsWith("line 3, column ");
  }

  @Test
  void shouldBoundDepthAndLengths() {
    assertThatCode(() -> CommandJson.parse("[".repeat(16) + "]".repeat(16)))
        .doesNotThrowAnyException();
    assertThat(refusal("[".repeat(17) + "]".repeat(17)).reason()).contains("depth");
    assertThat(refusal("[".repeat(1_000_000)).reason()).contains("depth");
    assertThat(refusal("[" + "9".repeat(65) + "]").reason()).containsIgnoringCase("number");
    assertThat(refusal("[0." + "9".repeat(65) + "]").reason()).containsIgnoringCase("number");
    assertThat(refusal("[\"" + "x".repeat((1 << 20) + 1) + "\"]").reason())
        .containsIgnoringCase("string");
    assertThat(refusal("{\"" + "x".repeat(300) + "\": 1}").reason()).containsIgnoringCase("name");
  }

  @Test
  void shouldKeepNumbersExact() {
    assertThat(CommandJson.parse("[0.1]").get(0).decimalValue()).isEqualTo(new BigDecimal("0.1"));
    assertThat(CommandJson.parse("[9223372036854775807]").get(0).longValue())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(CommandJson.parse("[9223372036854775808]").get(0).isBigInteger()).isTrue();
  }

  @Test
  void shouldRefuseBytesThatAreNotUtf8() {
    byte[] latin = "{\"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    InvalidJson refusal = catchThrowableOfType(InvalidJson.class, () -> CommandJson.parse(latin));
    assertThat(refusal.reason()).isEqualTo("byte 7 is not UTF-8");
    byte[] cut = {'"', (byte) 0xC3};
    assertThat(catchThrowableOfType(InvalidJson.class, () -> CommandJson.parse(cut))).isNotNull();
    assertThat(
            catchThrowableOfType(
                InvalidJson.class,
                () -> CommandJson.parse("{}".getBytes(StandardCharsets.UTF_16BE))))
        .isNotNull();
    assertThat(CommandJson.parse("{\"a\": \"é\"}".getBytes(StandardCharsets.UTF_8)).get("a"))
        .hasToString("\"é\"");
  }

  @Test
  void shouldThrowNothingButInvalidJsonWhateverTheBytes() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] valid =
        "{\"type\": \"reassess\", \"accounts\": [\"1\", 2, -3.5], \"x\": {\"y\": [null, true]}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = valid.clone();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        CommandJson.read(
            CommandJson.parse(changed), SampleVenue.CATALOGUE, SampleVenue.NO_RULEBOOKS, 0);
      } catch (InvalidJson e) {
        assertThat(e.reason()).isNotBlank();
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed %d: %s".formatted(seed, new String(changed, StandardCharsets.UTF_8)), e);
      }
    }
  }

  private static InvalidJson refusal(String json) {
    InvalidJson refusal = catchThrowableOfType(InvalidJson.class, () -> CommandJson.parse(json));
    assertThat(refusal).as(json.substring(0, Math.min(80, json.length()))).isNotNull();
    return refusal;
  }
}
