package io.evenkeel.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whole chains of a venue's coin-settled options: from its volatility and forward to its own mark,
/// and from its mark to its volatility. The venue rounds its volatility to a hundredth of a point,
/// and takes it, the forward and the mark at moments that differ a little; that is the error which
/// remains (an independent calculation finds the same).
class RealChainTest {
  /// One quoted option; prices in coin.
  private record Quote(
      boolean isCall, double strike, double years, double mark, double forward, double volatility) {
    double error() {
      return Math.abs(Black76.inverseValue(isCall, forward, strike, volatility, years) - mark);
    }

    double volatilityError() {
      return Math.abs(
          ImpliedVolatility.of(isCall, mark * forward, forward, strike, years, 1) - volatility);
    }

    boolean isTellingOfVolatility() {
      double distance = Math.abs(Math.log(strike / forward)) / (volatility * Math.sqrt(years));
      return distance < 1 && years > 0.02;
    }
  }

  private int skipped;

  @Test
  void shouldReproduceTheMarksOfRealChains() throws IOException {
    List<Path> files = chains();
    assertThat(files).hasSize(4);
    double[] errors = new double[0];
    for (Path file : files) {
      double[] these = read(file).stream().mapToDouble(Quote::error).sorted().toArray();
      assertThat(these).as("%s", file).hasSizeGreaterThan(500);
      assertThat(at(these, 0.5)).as("median of %s, coin", file).isLessThan(4e-5);
      assertThat(at(these, 0.99)).as("99th percentile of %s, coin", file).isLessThan(1e-3);
      errors = DoubleStream.concat(Arrays.stream(errors), Arrays.stream(these)).toArray();
    }
    Arrays.sort(errors);
    System.out.printf(
        "real chains: %d marks, error in coin: median %.2g, 99th percentile %.2g, most %.2g;"
            + " %d rows with an empty field left out%n",
        errors.length, at(errors, 0.5), at(errors, 0.99), errors[errors.length - 1], skipped);
    assertThat(at(errors, 0.5)).isLessThan(2.5e-5);
    assertThat(skipped).as("rows of the chains without a forward").isEqualTo(402);
  }

  @Test
  void shouldFindTheVolatilitiesOfRealChains() throws IOException {
    for (Path file : chains()) {
      double[] errors =
          read(file).stream()
              .filter(Quote::isTellingOfVolatility)
              .mapToDouble(Quote::volatilityError)
              .sorted()
              .toArray();
      assertThat(errors).as("%s", file).hasSizeGreaterThan(100);
      assertThat(at(errors, 0.5)).as("median of %s", file).isLessThan(1e-3);
    }
  }

  private static List<Path> chains() throws IOException {
    String reference = System.getenv("EVENKEEL_REFERENCE");
    assumeTrue(reference != null, "EVENKEEL_REFERENCE is not set: no option chains to value");
    try (Stream<Path> files = Files.list(Path.of(reference, "data", "deribit_chain"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("deribit_options_snapshot_"))
          .sorted()
          .toList();
    }
  }

  private List<Quote> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> names = List.of(lines.getFirst().split(",", -1));
      return lines.stream().skip(1).flatMap(line -> quote(names, line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Quote> quote(List<String> names, String[] fields) {
    List<String> wanted =
        Stream.of("strike", "time_to_maturity", "mark_price", "futures_price", "implied_volatility")
            .map(name -> fields[names.indexOf(name)])
            .toList();
    if (wanted.stream().anyMatch(String::isBlank)) {
      skipped++;
      return Stream.empty();
    }
    double[] it = wanted.stream().mapToDouble(Double::parseDouble).toArray();
    boolean isCall = fields[names.indexOf("option_type")].equals("call");
    return Stream.of(new Quote(isCall, it[0], it[1], it[2], it[3], it[4]));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
