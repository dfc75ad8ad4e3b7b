package io.evenkeel.cli;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.portfolio.MarginReport;
import io.evenkeel.portfolio.PortfolioDocument;
import io.evenkeel.portfolio.PortfolioReader;
import io.evenkeel.portfolio.PortfolioVenue;
import io.evenkeel.portfolio.ZoneMap;
import io.evenkeel.rulebook.RulebookException;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `evenkeel margin`: what a portfolio needs at any venue, and when it would be liquidated there.
@Command(
    name = "margin",
    description =
        "Says what a portfolio must be backed by under one or more rulebooks, and at which prices"
            + " it would be liquidated.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel margin examples/basis-trade.yaml",
      "  evenkeel margin examples/short-strangle.yaml --rulebook derive-srm --rulebook derive-pmrm2",
      "  evenkeel margin mine.yaml --rulebook mine-rules.yaml --explain",
      "  evenkeel margin mine.yaml --heatmap --heatmap-file zones.png",
      "",
      "docs/MARGIN.md describes the portfolio file. Exit codes: 0 done, 2 the command line or a",
      "file was wrong."
    })
final class MarginVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PORTFOLIO", description = "A YAML or JSON file.")
  private Path portfolio = Path.of("");

  @Option(
      names = "--rulebook",
      paramLabel = "NAME|FILE",
      description =
          "A shipped rulebook or a YAML file; repeatable, then side by side."
              + " Without it: perp-cross.")
  private List<String> rulebooks = new ArrayList<>();

  @Option(names = "--explain", description = "Print every figure down to its inputs.")
  private boolean explain;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--heatmap", description = "Print zones over moves of price and volatility.")
  private boolean heatmap;

  @Option(
      names = "--heatmap-file",
      paramLabel = "FILE.svg|FILE.png",
      description = "Write the zones of the first rulebook as a picture, SVG or PNG by its ending.")
  private @Nullable Path heatmapFile;

  @Override
  public Integer call() {
    if (heatmapFile != null && !ZonePicture.isPicture(heatmapFile)) {
      throw new ParameterException(
          spec.commandLine(), "--heatmap-file: " + heatmapFile + " must end in .svg or .png");
    }
    List<String> names = rulebooks.isEmpty() ? List.of(ShippedRulebooks.DEFAULT) : rulebooks;
    List<Answer> answers = new ArrayList<>();
    try {
      PortfolioDocument document = PortfolioReader.read(portfolio);
      for (String name : names) {
        boolean zones = heatmap || (heatmapFile != null && answers.isEmpty());
        answers.add(answer(document, name, zones));
      }
    } catch (RulebookException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(answers).toPrettyString());
    } else {
      MarginText.print(out, answers.stream().map(Answer::report).toList());
      for (Answer answer : answers) {
        ZoneMap zones = answer.zones();
        if (heatmap && zones != null) {
          ZonePicture.print(out, answer.report().rulebook(), zones);
        }
        if (explain) {
          MarginText.explain(out, answer.report());
        }
      }
    }
    out.flush();
    writeHeatmap(answers.getFirst());
    return 0;
  }

  /// What one rulebook says.
  ///
  /// @param zones null where nobody asked for them
  private record Answer(MarginReport report, @Nullable ZoneMap zones) {}

  private Answer answer(PortfolioDocument document, String name, boolean zones) {
    try {
      PortfolioVenue venue = PortfolioVenue.of(document, name);
      return new Answer(MarginReport.of(venue), zones ? ZoneMap.of(venue) : null);
    } catch (InvalidParameter e) {
      throw new ParameterException(
          spec.commandLine(), "%s: %s (under %s)".formatted(portfolio, e.getMessage(), name), e);
    }
  }

  private void writeHeatmap(Answer answer) {
    Path file = heatmapFile;
    ZoneMap zones = answer.zones();
    if (file == null || zones == null) {
      return;
    }
    try {
      ZonePicture.write(file, answer.report().rulebook(), zones);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private ObjectNode toJson(List<Answer> answers) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("portfolio", portfolio.toString());
    ArrayNode list = root.putArray("rulebooks");
    for (Answer answer : answers) {
      ObjectNode node = MarginJson.of(answer.report(), explain);
      ZoneMap zones = answer.zones();
      if (heatmap && zones != null) {
        node.set("zones", MarginJson.zones(zones));
      }
      list.add(node);
    }
    return root;
  }
}
