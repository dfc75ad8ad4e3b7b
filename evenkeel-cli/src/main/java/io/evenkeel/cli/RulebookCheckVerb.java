package io.evenkeel.cli;

import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.RulebookDocument;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `evenkeel rulebook check`: whether a rulebook is valid.
@Command(
    name = "check",
    description = "Checks a rulebook: prints what it is, or every problem with line and column.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  evenkeel rulebook check mine.yaml",
      "  evenkeel rulebook check mine.yaml --asset SOL=9",
      "",
      "Exit codes: 0 valid, 1 not valid, 2 the command line was wrong."
    })
final class RulebookCheckVerb implements Runnable {
  private static final int MOST_PLACES = 18;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE|NAME", description = "A YAML file or a shipped rulebook.")
  private String rulebook = "";

  @Option(
      names = "--asset",
      paramLabel = "SYMBOL=PLACES",
      description =
          "An asset it may name besides USDT, USDC, BTC and ETH, with its decimal places. Repeatable.")
  private List<String> extraAssets = new ArrayList<>();

  @Override
  public void run() {
    RulebookDocument document = ShippedRulebooks.read(rulebook, scales());
    Rulebook rules = document.rulebook();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: valid; %s version %d%n", rulebook, rules.name(), rules.version());
    if (!document.description().isEmpty()) {
      out.println("  " + document.description());
    }
    out.println(
        "  collateral: "
            + rules.collateral().stream()
                .map(CollateralTerms::asset)
                .collect(Collectors.joining(", ")));
    document
        .provenance()
        .forEach(from ->
            out.printf(
                "  %s: %s%s%n",
                from.section().isEmpty() ? "numbers" : from.section(),
                from.source().isEmpty() ? "source not stated" : from.source(),
                from.asOf() == null ? "" : " (as of " + from.asOf() + ")"));
    out.flush();
  }

  private AssetScales scales() {
    AssetScales scales = AssetScales.STANDARD;
    for (String extra : extraAssets) {
      if (!extra.matches("[^=\\s]{1,32}=\\d{1,2}")) {
        throw wrong(extra);
      }
      int equals = extra.indexOf('=');
      int places = Integer.parseInt(extra.substring(equals + 1));
      if (places > MOST_PLACES) {
        throw wrong(extra);
      }
      scales = scales.with(extra.substring(0, equals), places);
    }
    return scales;
  }

  private ParameterException wrong(String extra) {
    return new ParameterException(
        spec.commandLine(),
        "--asset must be SYMBOL=PLACES with 0 to 18 places, not '" + extra + "'");
  }
}
