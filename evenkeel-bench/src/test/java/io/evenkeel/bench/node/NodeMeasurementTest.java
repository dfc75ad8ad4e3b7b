package io.evenkeel.bench.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.node.EchoNode;
import io.evenkeel.node.Node;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMeasurementTest {
  private static final int ACCOUNTS = 100;

  @TempDir Path folder;

  @Test
  void shouldHaveEveryCommandAnsweredAndNoneRefusedOnEveryLane() throws Exception {
    try (Node node = Host.startNode(folder.resolve("node"), true);
        EchoNode echo = EchoNode.start(Host.config(folder.resolve("echo"), true))) {
      NodeFeed feed = new NodeFeed(node.connect());
      BenchVenue venue = new BenchVenue(ACCOUNTS, feed);
      Command[] fills = venue.fills(64);
      List<Lane> lanes =
          List.of(
              new BareLane(echo, fills),
              new ConnectionLane("echo", echo.connect(), fills),
              new ConnectionLane("node", node.connect(), fills));
      for (Lane lane : lanes) {
        long logged = node.status().commands();
        assertThat(LoadRun.closed(lane, 32, 0.3).perSecond()).as(lane.name()).isPositive();
        Histogram latency = LoadRun.open(lane, 200, 0.5);
        assertThat(latency.getTotalCount()).as(lane.name()).isEqualTo(100);
        assertThat(lane.refused()).as(lane.name()).isZero();
        boolean isNode = lane.name().equals("node");
        assertThat(node.status().commands() - logged > 100).as(lane.name()).isEqualTo(isNode);
      }
      lanes.forEach(Lane::close);
    }
  }

  @Test
  void shouldHearTheLiquidationOfEveryAccountThatIsBroughtDown() throws Exception {
    try (Host host = new Host(folder)) {
      NodeFeed feed = new NodeFeed(host.connection);
      BenchVenue venue = new BenchVenue(ACCOUNTS, feed);
      assertThat(feed.refused()).isZero();
      try (LiquidationWatch watch = new LiquidationWatch(host, venue, feed)) {
        assertThat(watch.measure(3)).contains("(3)");
      }
    }
  }

  @Test
  void shouldAskWhatIf() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      new WhatIfMeasurement(out, folder).run(4, 1, 5);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("what-if, 4 legs, in a row: p50")
        .contains("(5)");
  }

  @Test
  void shouldSayWhatItCanMeasureWhenAskedForNothing() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      NodeMeasurement.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("fills|marks|venue|hops");
  }
}
