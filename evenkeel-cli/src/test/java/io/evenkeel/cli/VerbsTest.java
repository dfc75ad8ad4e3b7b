package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rulebook.ShippedRulebooks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VerbsTest {
  @Test
  void shouldRunTheDemoInPlainLines() {
    VerbRun run = VerbRun.of("demo", "--offline", "--plain", "--accounts", "150", "--ticks", "90");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("150 accounts ready after ")
        .contains("BTCUSDT", "What happened", "money conserved      yes, counted 92 times");
    assertThat(run.out().lines().filter(line -> line.startsWith("2026-01-01 00:")).count())
        .as("the first tick, every third and the report's first line")
        .isEqualTo(32);
  }

  @Test
  void shouldShowThatTheDemoDependsOnItsSeed() {
    assertThat(hash("1")).contains("state hash").isEqualTo(hash("1")).isNotEqualTo(hash("2"));
  }

  private static String hash(String seed) {
    String out =
        VerbRun.of(
                "demo", "--offline", "--plain", "--accounts", "20", "--ticks", "30", "--seed", seed)
            .out();
    return out.lines().filter(line -> line.contains("state hash")).findFirst().orElse("none");
  }

  @Test
  void shouldPrintAShippedRulebookAsItIs() {
    VerbRun run = VerbRun.of("rulebook", "show", "perp-cross");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(ShippedRulebooks.text("perp-cross"));
  }

  @Test
  void shouldListShippedRulebooks() {
    VerbRun run = VerbRun.of("rulebook", "list");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSameSizeAs(ShippedRulebooks.list());
    assertThat(run.out()).contains("perp-cross").contains("(default)");
  }

  @Test
  void shouldAcceptAShippedRulebook() {
    VerbRun run = VerbRun.of("rulebook", "check", "perp-cross");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("perp-cross: valid; perp-cross version 1");
  }

  @Test
  void shouldPrintACompletionForEachShell() {
    VerbRun bash = VerbRun.of("completion", "bash");
    assertThat(bash.out()).startsWith("#!/usr/bin/env bash").contains("--limit-ticks");
    VerbRun zsh = VerbRun.of("completion", "zsh");
    assertThat(zsh.out()).startsWith("autoload -U +X bashcompinit").contains("--limit-ticks");
  }

  @Test
  void shouldStateExitCodesInTheHelpOfEveryVerb() {
    for (CommandLine verb : everyVerb(Main.commandLine())) {
      assertThat(verb.getUsageMessage())
          .as(verb.getCommandSpec().qualifiedName())
          .contains("Exit codes: 0 ");
    }
  }

  private static List<CommandLine> everyVerb(CommandLine root) {
    return root.getSubcommands().values().stream()
        .flatMap(verb -> Stream.concat(Stream.of(verb), everyVerb(verb).stream()))
        .toList();
  }

  @Test
  void shouldDrawTheCourseOfAPrice() {
    Sparkline line = new Sparkline(38, 100, false);
    for (int tick = 0; tick < 38; tick++) {
      line.add(100 + tick);
    }
    assertThat(line.draw()).hasSize(38).startsWith("_").endsWith("@");
    assertThat(line.changePercent()).isEqualTo(37);
  }
}
