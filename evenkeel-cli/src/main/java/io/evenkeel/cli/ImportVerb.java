package io.evenkeel.cli;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.portfolio.OpeningBook;
import io.evenkeel.portfolio.OpeningBook.Tolerance;
import io.evenkeel.portfolio.OpeningExport;
import io.evenkeel.portfolio.OpeningReader;
import io.evenkeel.portfolio.OpeningVenue;
import io.evenkeel.portfolio.Reconciliation;
import io.evenkeel.rulebook.RulebookException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evenkeel import`: a venue's books in the engine, beside the venue's own figures.
@Command(
    name = "import",
    description =
        "Takes a venue's accounts, balances and positions into an engine and compares what it makes"
            + " of them with the venue's own figures. Nothing is sent to a running venue.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel import examples/opening/book.yaml",
      "  evenkeel import mine.yaml --beyond --absolute 0.5 --relative 0.00001",
      "  evenkeel import mine.yaml --json",
      "  evenkeel import mine.yaml --export baseline",
      "",
      "docs/IMPORT.md describes the files. Exit codes: 0 everything agrees, 1 something is beyond",
      "tolerance or does not add up, 2 the command line or a file was wrong."
    })
final class ImportVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BOOK", description = "A YAML or JSON file that names its tables.")
  private Path file = Path.of("");

  @Option(names = "--beyond", description = "Print only what is beyond tolerance, and the sums.")
  private boolean beyond;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--absolute",
      paramLabel = "N",
      description =
          "Difference that does not count, in the unit of the figure; in place of the book's.")
  private @Nullable String absolute;

  @Option(
      names = "--relative",
      paramLabel = "SHARE",
      description = "Share of the venue's figure that does not count; in place of the book's.")
  private @Nullable String relative;

  @Option(
      names = "--export",
      paramLabel = "FOLDER",
      description = "Write the tables as the engine holds them, its figures as those stated.")
  private @Nullable Path export;

  @Override
  public Integer call() {
    OpeningVenue venue;
    try {
      OpeningBook book = OpeningReader.read(file);
      venue = new OpeningVenue(book.within(tolerance(book.tolerance())));
    } catch (RulebookException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (InvalidParameter e) {
      return refuse(file + ": " + e.getMessage());
    }
    Reconciliation result = Reconciliation.of(venue);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ReconciliationJson.of(file, venue.book(), result).toPrettyString());
    } else {
      ReconciliationText.print(out, venue.book(), result, beyond);
    }
    out.flush();
    write(venue);
    return result.beyond() == 0 ? 0 : Failures.FAILED;
  }

  /// Every line of a list of mistakes, not only the first.
  private int refuse(String message) {
    PrintWriter err = spec.commandLine().getErr();
    message.lines().forEach(line -> err.println("evenkeel: " + line));
    err.flush();
    return Failures.USAGE;
  }

  private Tolerance tolerance(Tolerance stated) {
    return new Tolerance(
        number("--absolute", absolute, stated.absolute()),
        number("--relative", relative, stated.relative()));
  }

  private Decimal number(String option, @Nullable String text, Decimal other) {
    if (text == null) {
      return other;
    }
    try {
      Decimal value = Decimal.parse(text);
      if (!value.isNegative()) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), option + " must be a plain decimal: " + e.getMessage(), e);
    }
    throw new ParameterException(spec.commandLine(), option + " must not be below 0");
  }

  private void write(OpeningVenue venue) {
    Path folder = export;
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> table : OpeningExport.of(venue).entrySet()) {
        Files.writeString(folder.resolve(table.getKey()), table.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into " + folder, e);
    }
  }
}
