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
    List<PortfolioVenue> venues = new ArrayList<>();
    List<MarginReport> reports = new ArrayList<>();
    try {
      PortfolioDocument document = PortfolioReader.read(portfolio);
      for (String name : names) {
        PortfolioVenue venue = PortfolioVenue.of(document, name);
        venues.add(venue);
        reports.add(MarginReport.of(venue));
      }
    } catch (RulebookException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (InvalidParameter e) {
      throw new ParameterException(spec.commandLine(), portfolio + ": " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(venues, reports).toPrettyString());
    } else {
      MarginText.print(out, reports);
      for (int i = 0; i < reports.size(); i++) {
        if (heatmap) {
          ZonePicture.print(out, reports.get(i).rulebook(), ZoneMap.of(venues.get(i)));
        }
        if (explain) {
          MarginText.explain(out, reports.get(i));
        }
      }
    }
    out.flush();
    writeHeatmap(venues, reports);
    return 0;
  }

  private void writeHeatmap(List<PortfolioVenue> venues, List<MarginReport> reports) {
    Path file = heatmapFile;
    if (file == null) {
      return;
    }
    try {
      ZonePicture.write(file, reports.getFirst().rulebook(), ZoneMap.of(venues.getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private ObjectNode toJson(List<PortfolioVenue> venues, List<MarginReport> reports) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("portfolio", portfolio.toString());
    ArrayNode list = root.putArray("rulebooks");
    for (int i = 0; i < reports.size(); i++) {
      ObjectNode node = MarginJson.of(reports.get(i), explain);
      if (heatmap) {
        node.set("zones", MarginJson.zones(ZoneMap.of(venues.get(i))));
      }
      list.add(node);
    }
    return root;
  }
}
