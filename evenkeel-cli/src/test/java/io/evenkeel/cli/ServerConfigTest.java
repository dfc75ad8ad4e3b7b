package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.gateway.GatewayConfig;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
  @TempDir private Path folder;

  @Test
  void shouldTakeWhatIsLeftOutFromTheStandard() throws IOException {
    ServerConfig config = read("data: venue\n");
    assertThat(config.node()).isEqualTo(NodeConfig.standard(folder.resolve("venue")));
    assertThat(config.gateway()).isEqualTo(GatewayConfig.standard());
    assertThat(config.readerFolder()).isEqualTo(folder.resolve("venue").resolve("reader"));
  }

  @Test
  void shouldStateTheStandardInTheExample() throws IOException {
    String example = Files.readString(Path.of("../examples/evenkeel.yaml"));
    assertThat(read(example)).isEqualTo(read("data: venue\n"));
    assertThat(example)
        .as("every key is written")
        .contains("snapshotInterval", "questionQueue", "maximumStreams", "outcomesPerSession");
  }

  @Test
  void shouldReadEveryKey() throws IOException {
    ServerConfig config =
        read(
            """
            data: /srv/venue
            node: {snapshotInterval: 0s, timeStep: 250ms, minimumFree: 1 GiB, syncToDisk: false, snapshotOnStop: false}
            reader: {questionQueue: 99}
            gateway: {host: 0.0.0.0, port: 0, maximumBody: 64 KiB, maximumBatch: 7, streamBacklog: 16, maximumStreams: 3}
            limits: {assets: 1, instruments: 2, rulebooks: 3, parties: 4, accounts: 1_000, positionsPerAccount: 6, marksPerBatch: 7, sessions: 8, outcomesPerSession: 9}
            """);
    assertThat(config.node())
        .isEqualTo(
            new NodeConfig(
                Path.of("/srv/venue"),
                new EngineLimits(1, 2, 3, 4, 1_000, 6, 7, 8, 9),
                Duration.ZERO,
                Duration.ofMillis(250),
                1L << 30,
                false,
                false));
    assertThat(config.questionQueue()).isEqualTo(99);
    assertThat(config.gateway()).isEqualTo(new GatewayConfig("0.0.0.0", 0, 65_536, 7, 16, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gateway: {port: 99999}        | :2: gateway.port: must be a whole number from 0 to 65535 (found 99999)
          gateway: {port: '8642'}x      | :2: is not valid YAML
          gateway: {prot: 8642}         | :2: gateway.prot: unknown key; known here are host, maximumBatch
          node: {timeStep: 5}           | :2: node.timeStep: must be a duration from 10ms to 1h, with its unit: ms, s, m or h (found 5)
          node: {timeStep: 2h}          | :2: node.timeStep: must be a duration from 10ms to 1h
          node: {minimumFree: 1 GB}     | :2: node.minimumFree: must be a size from 0 B to 1048576 MiB, with its unit: B, KiB, MiB or GiB (found 1 GB)
          node: {syncToDisk: maybe}     | :2: node.syncToDisk: must be true or false (found maybe)
          node: [1, 2]                  | :2: node: must be a mapping of keys
          limits: {accounts: 1_00}      | :2: limits.accounts: must be a whole number from 1 to
          limits: {accounts: {}}        | :2: limits.accounts: must be a whole number from 1 to
          data: twice                   | :2: data: is written twice; remove one of the two
          nodes: {}                     | :2: nodes: unknown key; known here are data, gateway, limits, node, reader
          """)
  void shouldNameLineAndRemedy(String line, String message) {
    assertThatThrownBy(() -> read("data: venue\n" + line + "\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("evenkeel.yaml" + message);
  }

  @Test
  void shouldTellAllMistakesAtOnceInOrder() {
    assertThatThrownBy(() -> read("gateway:\n  port: -1\n  hots: x\nnode: 3\n"))
        .hasMessageContaining("data: is missing; add the key")
        .hasMessageContaining(":2: gateway.port")
        .hasMessageContaining(":3: gateway.hots")
        .hasMessageContaining(":4: node: must be a mapping");
  }

  @Test
  void shouldRefuseWhatIsNoConfiguration() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("must be a mapping of keys");
    assertThatThrownBy(() -> read("- a\n- b\n")).hasMessageContaining("must be a mapping of keys");
    assertThatThrownBy(() -> ServerConfig.read(folder.resolve("none.yaml")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> ServerConfig.read(folder)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> read("data: x\n#" + "x".repeat(70_000)))
        .hasMessageContaining("larger than 64 KiB");
  }

  @Test
  void shouldEndTheVerbWithOneLineAMistake() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "data: venue\ngateway: {port: x, host: ''}\n");
    VerbRun run = VerbRun.of("serve", "--config", file.toString());
    assertThat(run.exitCode()).isEqualTo(Failures.FAILED);
    assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("evenkeel: " + file));
  }

  private ServerConfig read(String text) throws IOException {
    Path file = folder.resolve("evenkeel.yaml");
    Files.writeString(file, text);
    return ServerConfig.read(file);
  }
}
