package io.evenkeel.cli;

import io.evenkeel.conform.ConformanceException;
import io.evenkeel.conform.ConformanceReport;
import io.evenkeel.conform.ConformanceReport.Failure;
import io.evenkeel.conform.ConformanceReport.Row;
import io.evenkeel.conform.ConformanceRun;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `evenkeel conform`: cases with known answers, run through the engine.
@Command(
    name = "conform",
    description =
        "Runs conformance files through the engine and says what agrees, by file and family.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel conform conformance",
      "  evenkeel conform mine.json --failures 50",
      "  evenkeel conform cases/*.json --json",
      "",
      "docs/CONFORMANCE.md describes the files. Exit codes: 0 every case that is run agrees,",
      "1 one does not, 2 the command line or a file was wrong."
    })
final class ConformVerb implements Callable<Integer> {
  private static final String ROW = "%-34s %-44s %6s %6s %6s %7s  %9s  %9s%n";
  private static final MathContext SHORT = new MathContext(2);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files, or folders whose *.json files are all run.")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object with every failure.")
  private boolean json;

  @Option(
      names = "--failures",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many failures to print in full (${DEFAULT-VALUE}).")
  private int failures;

  @Override
  public Integer call() {
    ConformanceReport report;
    try {
      report = new ConformanceRun().run(paths);
    } catch (ConformanceException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(report).toPrettyString());
    } else {
      print(out, report);
    }
    out.flush();
    return report.failed() == 0 ? 0 : Failures.FAILED;
  }

  private void print(PrintWriter out, ConformanceReport report) {
    out.printf(
        Locale.ROOT,
        ROW,
        "file",
        "family",
        "cases",
        "passed",
        "failed",
        "not run",
        "rel.err.",
        "abs.err.");
    for (Row row : report.rows()) {
      boolean ran = row.passed() + row.failed() > 0;
      out.printf(
          Locale.ROOT,
          ROW,
          row.file().getFileName(),
          row.family(),
          row.cases(),
          row.passed(),
          row.failed(),
          row.unsupported(),
          ran ? error(row.largestRelativeError()) : "-",
          ran ? error(row.largestAbsoluteError()) : "-");
    }
    out.printf(
        Locale.ROOT,
        "%d cases: %d passed, %d failed, %d not run%n",
        report.cases(),
        report.passed(),
        report.failed(),
        report.unsupported());
    printExcluded(out, report);
    printFailures(out, report);
  }

  private static void printExcluded(PrintWriter out, ConformanceReport report) {
    for (Row row : report.rows()) {
      row.excluded()
          .forEach((reason, count) ->
              out.printf(Locale.ROOT, "not run: %d of %s: %s%n", count, row.family(), reason));
    }
  }

  private void printFailures(PrintWriter out, ConformanceReport report) {
    int left = failures;
    for (Row row : report.rows()) {
      for (Failure failure : row.failures()) {
        if (left-- <= 0) {
          out.println("more failures are not shown; see --failures");
          return;
        }
        out.printf(
            "failed: %s %s %s: %s: expected %s, got %s%n",
            row.file().getFileName(),
            row.family(),
            failure.id(),
            failure.field(),
            failure.expected(),
            failure.actual());
      }
    }
  }

  private static String error(BigDecimal error) {
    return error.signum() == 0
        ? "0"
        : String.format(Locale.ROOT, "%.1e", error.round(SHORT).doubleValue());
  }

  private static ObjectNode toJson(ConformanceReport report) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    ArrayNode files = root.putArray("files");
    for (Row row : report.rows()) {
      ObjectNode file = files.addObject();
      file.put("file", row.file().toString());
      file.put("family", row.family());
      file.put("cases", row.cases());
      file.put("passed", row.passed());
      file.put("failed", row.failed());
      file.put("unsupported", row.unsupported());
      file.put("maxRelativeError", row.largestRelativeError().doubleValue());
      file.put("maxAbsoluteError", row.largestAbsoluteError().doubleValue());
      ArrayNode list = file.putArray("failures");
      for (Failure failure : row.failures()) {
        list.addObject()
            .put("id", failure.id())
            .put("field", failure.field())
            .put("expected", failure.expected())
            .put("actual", failure.actual());
      }
      ObjectNode reasons = file.putObject("notRun");
      row.excluded().forEach(reasons::put);
    }
    root.put("cases", report.cases());
    root.put("passed", report.passed());
    root.put("failed", report.failed());
    root.put("unsupported", report.unsupported());
    return root;
  }
}
