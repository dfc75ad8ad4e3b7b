package io.evenkeel.cli;

import io.evenkeel.lab.replay.ImpactTerms;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options of `replay` that set designs side by side, and let closing move the marks.
final class DesignOptions {
  private static final Map<String, ImpactTerms.Shape> SHAPES =
      Map.of(
          "none", ImpactTerms.Shape.NONE,
          "linear", ImpactTerms.Shape.LINEAR,
          "sqrt", ImpactTerms.Shape.SQRT);
  private static final long MOST_HALF_LIFE_MINUTES = 1_000_000;
  private static final long MINUTE_NS = 60L * 1_000_000_000L;
  private static final double PERCENT = 0.01;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--compare",
      description =
          "Run every --rulebook on the same prices and accounts, and set them side by side.")
  private boolean compare;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "With --compare: write a page with plots, one file that needs nothing else.")
  private @Nullable Path html;

  @Option(
      names = "--sized-by",
      paramLabel = "FILE|NAME",
      description = "Rulebook by which made-up accounts are sized. Default: the first --rulebook.")
  private @Nullable String sizedBy;

  @Option(
      names = "--impact",
      paramLabel = "none|linear|sqrt",
      defaultValue = "none",
      description = "Let what liquidations close move later marks. Default: ${DEFAULT-VALUE}.")
  private String impact = "none";

  @Option(
      names = "--impact-depth",
      paramLabel = "PERCENT",
      description =
          "With --impact: share of a contract's open interest whose closing moves its mark by 1 %. Default: 2.")
  private @Nullable Double depthPercent;

  @Option(
      names = "--impact-half-life",
      paramLabel = "MINUTES",
      description =
          "With --impact: time in which half of the move is taken back; 0 is never. Default: 30.")
  private @Nullable Long halfLifeMinutes;

  @Option(
      names = "--paired",
      description =
          "Draw each choice of a trader from a stream of its own, so that designs differ by what they do and not by later draws.")
  private boolean paired;

  /// Whether each choice of a trader is drawn from a stream of its own.
  boolean isPaired() {
    return paired;
  }

  /// Whether several rulebooks are set side by side.
  boolean isComparing() {
    return compare;
  }

  /// Where the page goes; null = none.
  @Nullable Path html() {
    return html;
  }

  /// Name of the rulebook that sizes accounts; null = the first.
  @Nullable String sizedBy() {
    return sizedBy;
  }

  /// Refuses options that do not go together.
  ///
  /// @param rulebooks how many were given
  void check(int rulebooks) {
    if (compare && rulebooks < 2) {
      throw wrong("--compare needs at least two rulebooks; give --rulebook once for each");
    }
    if (!compare && rulebooks > 1) {
      throw wrong(
          "--rulebook is given " + rulebooks + " times; add --compare to set them side by side");
    }
    if (html != null && !compare) {
      throw wrong("--html needs --compare");
    }
    for (String name : new String[] {"--follow", "--describe"}) {
      if (compare && spec.commandLine().getParseResult().hasMatchedOption(name)) {
        throw wrong(name + " means nothing with --compare; leave it to a replay of one design");
      }
    }
  }

  /// How closing moves marks.
  ImpactTerms impact() {
    ImpactTerms.Shape shape = SHAPES.get(impact.toLowerCase(Locale.ROOT));
    if (shape == null) {
      throw wrong("--impact must be none, linear or sqrt, not '" + impact + "'");
    }
    if (shape == ImpactTerms.Shape.NONE && (depthPercent != null || halfLifeMinutes != null)) {
      throw wrong(
          (depthPercent != null ? "--impact-depth" : "--impact-half-life")
              + " needs --impact linear or --impact sqrt");
    }
    double percent =
        depthPercent == null ? ImpactTerms.STANDARD_DEPTH_SHARE / PERCENT : depthPercent;
    if (!(percent > 0 && percent <= 100)) {
      throw wrong("--impact-depth must be above 0 and up to 100, not " + percent);
    }
    if (halfLifeMinutes != null
        && (halfLifeMinutes < 0 || halfLifeMinutes > MOST_HALF_LIFE_MINUTES)) {
      throw wrong(
          "--impact-half-life must be 0 to " + MOST_HALF_LIFE_MINUTES + ", not " + halfLifeMinutes);
    }
    return new ImpactTerms(
        shape,
        depthPercent == null ? ImpactTerms.STANDARD_DEPTH_SHARE : percent * PERCENT,
        halfLifeMinutes == null ? ImpactTerms.STANDARD_HALF_LIFE_NS : halfLifeMinutes * MINUTE_NS);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
