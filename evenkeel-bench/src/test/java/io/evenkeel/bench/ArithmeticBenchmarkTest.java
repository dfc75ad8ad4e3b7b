package io.evenkeel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.bench.ArithmeticBenchmark.Operands;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticBenchmarkTest {
  @ParameterizedTest
  @CsvSource({"30, 0", "50, 1024"})
  void shouldDivideAlikeWithAndWithoutWideProducts(int bits, long wideProducts) {
    Operands operands = new Operands(bits);

    assertThat(
            IntStream.range(0, ArithmeticBenchmark.COUNT)
                .filter(i -> operands.byLong(i) != operands.byBigInteger(i)))
        .isEmpty();
    assertThat(IntStream.range(0, ArithmeticBenchmark.COUNT).filter(operands::isWide).count())
        .isEqualTo(wideProducts);
  }
}
