package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The verbs against a real server, and the demo as a user starts it.
class LiveVerbsTest {
  private static final String ASSET =
      """
      {"type": "defineAsset", "assetId": %d, "symbol": "%s", "scale": %d, "maximumSupply": "%s", "priceScale": 2, "initialPrice": "%s", "maximumPrice": "%s"}
      """;
  private static final String CONTRACT =
      """
      {"type": "defineInstrument", "instrumentId": 0, "symbol": "BTCUSDT", "kind": "PERPETUAL", "settlementAsset": "USDT", "variation": "UNREALISED_UNTIL_CLOSED", "contractSize": "1", "priceScale": 1, "quantityScale": 3, "lotSize": "0.001", "maximumPrice": "1000000", "maximumPosition": "1000", "maximumOpenInterest": "10000"}
      """;

  @TempDir private Path folder;

  @Test
  void shouldSubmitAskFollowReplayAndSnapshot() throws IOException {
    Path venue = folder.resolve("venue");
    try (RunningServer server = new RunningServer(venue, 0)) {
      String url = server.address().toString();
      submitAndRepeat(url);
      reportEachRefusalByLine(url);
      askAndFollow(url);
      replay(url);
      assertThat(server.fault()).isEmpty();
    }
    assertThat(venue.resolve("reader")).isDirectory();
  }

  private void submitAndRepeat(String url) throws IOException {
    String commands =
        "# a venue\n"
            + ASSET.formatted(0, "USDT", 6, "1000000000", "1", "1.25")
            + ASSET.formatted(1, "USDC", 6, "1000000000", "1", "1.25")
            + ASSET.formatted(2, "BTC", 8, "20000", "100000", "1000000")
            + ASSET.formatted(3, "ETH", 8, "20000", "4000", "1000000")
            + "\n{\"type\": \"defineRulebook\", \"rulebookId\": 0, \"shipped\": \"perp-cross\"}\n"
            + CONTRACT;
    Path file = Files.writeString(folder.resolve("venue.jsonl"), commands);
    VerbRun first = submit(file, url, "--session", "5", "--batch", "4");
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).startsWith("6 submitted: 6 accepted, 0 refused");
    VerbRun again = submit(file, url, "--session", "5", "--batch", "4");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).as("as the first time").startsWith("6 submitted: 6 accepted");
    VerbRun unnumbered = submit(file, url);
    assertThat(unnumbered.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(unnumbered.err()).contains(file + ":2: refused: ALREADY_DEFINED");
  }

  private void reportEachRefusalByLine(String url) throws IOException {
    Path file = folder.resolve("wrong.jsonl");
    Files.writeString(
        file,
        """
        {"type": "advanceTime"}
        {"type": "closeAccount", "account": "9"}

        {"type": "deposit", "party": "1", "asset": "DOGE", "amount": "1"}
        """);
    VerbRun malformed = submit(file, url);
    assertThat(malformed.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(malformed.err())
        .startsWith("evenkeel: " + file + ":4: asset: ")
        .contains("DOGE", "nothing from line 1 on was submitted");
    VerbRun oneByOne = submit(file, url, "--batch", "1");
    assertThat(oneByOne.err())
        .contains(file + ":2: refused: UNKNOWN_ACCOUNT", file + ":4: asset: ");
  }

  private void askAndFollow(String url) {
    VerbRun status = VerbRun.of("status", "--url", url);
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("reader     following", "money      conserved");
    JsonNode json =
        JsonMapper.shared().readTree(VerbRun.of("status", "--url", url, "--json").out());
    assertThat(json.path("status").path("reader").path("state").asString()).isEqualTo("FOLLOWING");
    VerbRun tail = VerbRun.of("tail", "--url", url, "--all", "--from", "1", "--limit", "6");
    assertThat(tail.exitCode()).isZero();
    assertThat(tail.out().lines()).hasSize(6);
    assertThat(tail.out()).contains("  #1  ", "USDT", "  #6  ");
    VerbRun refused = VerbRun.of("tail", "--url", url, "--type", "nonsense", "--limit", "1");
    assertThat(refused.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(refused.err()).contains("nonsense");
    VerbRun snapshot = VerbRun.of("snapshot", "--url", url);
    assertThat(snapshot.exitCode()).isZero();
    assertThat(snapshot.out()).startsWith("snapshot at log position ").contains("state hash ");
  }

  private void replay(String url) throws IOException {
    Path tape = SmallTape.write(Files.createDirectory(folder.resolve("tape")));
    VerbRun run =
        VerbRun.of(
            "replay",
            "--prices",
            tape.toString(),
            "--url",
            url,
            "--speed",
            "0",
            "--limit-ticks",
            "20");
    assertThat(run.err()).contains("does not have SOLUSDT");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("20 ticks played: 40 marks sent");
  }

  private static VerbRun submit(Path file, String url, String... more) {
    return VerbRun.of(
        Stream.concat(Stream.of("submit", file.toString(), "--url", url), List.of(more).stream())
            .toArray(String[]::new));
  }

  @Test
  void shouldRunTheDemoAndGoOnWithIt() {
    String data = folder.resolve("demo").toString();
    VerbRun first =
        VerbRun.of("demo", "--data", data, "--port", "0", "--accounts", "60", "--stop-after", "2");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .contains("Evenkeel demo: http://127.0.0.1:", "data: " + data, "60 accounts set up with ")
        .contains(" | open calls ")
        .doesNotContain("refused")
        .contains("stopped; start it again to go on");
    VerbRun second = VerbRun.of("demo", "--data", data, "--port", "0", "--stop-after", "1");
    assertThat(second.err()).isEmpty();
    assertThat(second.out())
        .contains("going on from the last time", " | open calls ")
        .doesNotContain("setting up");
    VerbRun other = VerbRun.of("demo", "--data", data, "--port", "0", "--accounts", "61");
    assertThat(other.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(other.err()).contains("holds a demo of 60 accounts").doesNotContain("Exception");
  }
}
