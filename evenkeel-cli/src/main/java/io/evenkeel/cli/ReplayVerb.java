package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.client.GatewayClient;
import io.evenkeel.lab.compare.Comparison;
import io.evenkeel.lab.replay.AccountStory;
import io.evenkeel.lab.replay.GuardAllowance;
import io.evenkeel.lab.replay.ImpactTerms;
import io.evenkeel.lab.replay.Replay;
import io.evenkeel.lab.replay.ReplayObserver;
import io.evenkeel.lab.replay.ReplayPlan;
import io.evenkeel.lab.replay.ReplayReport;
import io.evenkeel.lab.tape.Tape;
import io.evenkeel.lab.tape.TickSource;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `evenkeel replay`: a population driven through recorded prices.
@Command(
    name = "replay",
    description = {
      "Drives a population of margin accounts through recorded prices and reports",
      "what was moved, called and liquidated, who paid, and whether all money is",
      "accounted for. docs/REPLAY.md explains the report line by line.",
      "With --compare, several rulebooks meet the same prices and accounts, side by side.",
      "With --url, the prices go into a running venue instead: marks only, stamped with the",
      "time they are sent at; what becomes of its accounts is seen there."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evenkeel replay --prices prices/ --accounts 10000",
      "  evenkeel replay --prices binance_BTCUSDT_5m.csv binance_ETHUSDT_5m.csv \\",
      "      --rulebook mine.yaml --json > report.json",
      "  evenkeel replay --prices prices/ --accounts 500 --audit --limit-ticks 1000",
      "  evenkeel replay --prices prices/ --follow 1001 --quiet",
      "  evenkeel replay --prices prices/ --accounts 5000 --compare --html report.html \\",
      "      --rulebook examples/compare/partial-close.yaml \\",
      "      --rulebook examples/compare/full-close.yaml --impact linear",
      "  evenkeel replay --prices prices/ --url http://127.0.0.1:8642 --speed 600",
      "",
      "Exit codes: 0 done; 1 a file is missing or broken, or money was not conserved,",
      "or the audit found a difference; 2 the command line was wrong; 130 Ctrl-C."
    })
final class ReplayVerb implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 20;
  private static final double STANDARD_SPEED = 300;

  @Spec private CommandSpec spec;

  @Option(
      names = "--prices",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Candle files named [venue_]SYMBOL_INTERVAL.csv, one per symbol; a folder stands for all *.csv in it.")
  private List<Path> prices = new ArrayList<>();

  @Option(
      names = "--rulebook",
      paramLabel = "FILE|NAME",
      defaultValue = ShippedRulebooks.DEFAULT,
      description =
          "A YAML file or a shipped rulebook; with --compare once for each design. Default: ${DEFAULT-VALUE}.")
  private List<String> rulebooks = new ArrayList<>();

  @Mixin private DesignOptions designs = new DesignOptions();

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Trader accounts to make up. Default: ${DEFAULT-VALUE}.")
  private int accounts;

  @Option(
      names = "--population",
      paramLabel = "FILE",
      description = "Accounts from a file in place of made-up ones.")
  private @Nullable Path population;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of accounts and traders. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--limit-ticks",
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after N ticks; 0 is the whole tape. Default: ${DEFAULT-VALUE}.")
  private long limitTicks;

  @Option(
      names = "--funding",
      paramLabel = "RATE",
      defaultValue = "0",
      description =
          "Funding rate applied to every contract each eight hours, e.g. 0.0001. Default: none.")
  private String funding = "0";

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  @Option(
      names = "--follow",
      paramLabel = "ACCOUNT",
      description = "Tell this account's story as it happens; made-up accounts are 1001 and up.")
  private @Nullable Long follow;

  @Option(names = "--describe", description = "Describe the population before the replay.")
  private boolean describe;

  @Option(
      names = "--audit",
      description =
          "Give every command to the slow twin too; it must agree on every event. For up to about 1000 accounts.")
  private boolean audit;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Play the prices into the venue at this address, e.g. http://127.0.0.1:8642.")
  private @Nullable String url;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description =
          "With --url: times as fast as the prices were recorded; 0 is as fast as the venue takes them. Default: 300.")
  private @Nullable Double speed;

  @Option(names = "--quiet", description = "No progress and no notes on stderr.")
  private boolean quiet;

  @Override
  public Integer call() {
    if (url != null) {
      return intoVenue(url);
    }
    if (speed != null) {
      throw wrong("--speed needs --url; without it a replay runs as fast as it goes");
    }
    designs.check(rulebooks.size());
    if (designs.isComparing()) {
      return compare();
    }
    ReplayPlan plan = plan();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter tale = json ? err : out;
    List<ReplayObserver> observers = new ArrayList<>();
    if (describe) {
      observers.add(new Description(tale));
    }
    if (follow != null) {
      observers.add(
          new AccountStory(
              follow,
              line -> {
                tale.println(line);
                tale.flush();
              }));
    }
    boolean clashes = follow != null && (json || Terminal.isOutput());
    ProgressLine progress =
        !quiet && Terminal.isError() && !clashes ? new ProgressLine(err, plan) : null;
    if (progress != null) {
      observers.add(progress);
    }
    Replay replay = new Replay(plan, ReplayObserver.all(observers));
    GuardAllowance guard = replay.guardAllowance();
    if (guard != null && !quiet) {
      err.println("evenkeel: note: " + ReplayText.guardNote(guard));
    }
    try (Interruption interruption = new Interruption(replay::stop, PATIENCE_SECONDS)) {
      ReplayReport report;
      try {
        report = replay.run();
      } finally {
        if (progress != null) {
          progress.clear();
        }
      }
      return ReplayEnding.print(report, json, out, err, interruption);
    }
  }

  private int compare() {
    ReplayPlan plan = plan();
    List<Rulebook> all = new ArrayList<>();
    for (String name : rulebooks) {
      all.add(read(name, plan.source()));
    }
    Comparison comparison;
    try {
      comparison = new Comparison(plan, all);
    } catch (IllegalArgumentException e) {
      throw wrong("--rulebook: " + e.getMessage());
    }
    return new CompareRun(comparison, json, designs.html(), quiet)
        .run(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  private int intoVenue(String address) {
    for (String name :
        List.of(
            "--rulebook",
            "--accounts",
            "--population",
            "--seed",
            "--funding",
            "--follow",
            "--describe",
            "--audit",
            "--compare",
            "--html",
            "--sized-by",
            "--paired",
            "--impact",
            "--impact-depth",
            "--impact-half-life",
            "--json")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
        throw wrong(name + " means nothing with --url: only prices are played");
      }
    }
    if (speed != null && !(speed >= 0 && speed <= 1e9)) {
      throw wrong("--speed must be 0 to 1000000000, not " + speed);
    }
    requireTickLimit();
    Tape tape = Tape.load(priceFiles());
    try (GatewayClient client = VenueAddress.connect(spec, address)) {
      VenueReplay replay =
          new VenueReplay(client, tape, speed == null ? STANDARD_SPEED : speed, limitTicks);
      try (Interruption interruption = new Interruption(replay::stop, PATIENCE_SECONDS)) {
        replay.run(quiet ? null : spec.commandLine().getErr());
        spec.commandLine().getOut().println(replay.summary());
        spec.commandLine().getOut().flush();
        return interruption.isInterrupted() ? Failures.INTERRUPTED : 0;
      }
    }
  }

  private void requireTickLimit() {
    if (limitTicks < 0) {
      throw wrong("--limit-ticks must not be negative, not " + limitTicks);
    }
  }

  private ReplayPlan plan() {
    if (accounts < 1) {
      throw wrong("--accounts must be at least 1, not " + accounts);
    }
    requireTickLimit();
    ImpactTerms impact = designs.impact();
    Tape tape = Tape.load(priceFiles());
    Rulebook rules = read(rulebooks.getFirst(), tape);
    ReplayPlan plan = ReplayPlan.of(tape, rules, accounts, seed).withTickLimit(limitTicks);
    plan =
        plan.withFundingRate(fundingRate())
            .withAudit(audit)
            .withImpact(impact)
            .withPairing(designs.isPaired());
    String sizing = designs.sizedBy();
    plan = sizing == null ? plan : plan.withSizing(read(sizing, tape));
    return population == null ? plan : plan.withPopulation(population);
  }

  private static Rulebook read(String name, TickSource source) {
    return ShippedRulebooks.read(name, CollateralScales.of(source.symbols())).rulebook();
  }

  private Decimal fundingRate() {
    try {
      Decimal rate = Decimal.parse(funding);
      if (rate.compareTo(Decimal.ONE) <= 0 && rate.compareTo(new Decimal(-1, 0)) >= 0) {
        return rate;
      }
    } catch (IllegalArgumentException e) {
      // told below: every rate that is none is answered alike
    }
    throw wrong("--funding must be a decimal from -1 to 1, e.g. 0.0001, not '" + funding + "'");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private List<Path> priceFiles() {
    List<Path> files = new ArrayList<>();
    for (Path path : prices) {
      if (Files.isDirectory(path)) {
        files.addAll(filesIn(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries.filter(entry -> entry.toString().endsWith(".csv")).sorted().toList();
      if (files.isEmpty()) {
        throw new Failure(
            folder
                + ": no candle file in this folder; name a folder with *.csv files, or the files");
      }
      return files;
    } catch (IOException e) {
      throw new Failure(
          folder + ": cannot be listed (" + e.getMessage() + "); check its permissions");
    }
  }
}
