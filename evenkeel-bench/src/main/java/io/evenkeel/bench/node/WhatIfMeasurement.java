package io.evenkeel.bench.node;

import io.evenkeel.bench.ScenarioPortfolioBenchmark;
import io.evenkeel.engine.OptionBook;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/// What-if over HTTP for one account of many options under scenario portfolio margin, at idle: one
/// question at a time on one kept-alive connection, in a row and then with a rest before each. A
/// question has two actions: a trade in one of the options, and a move of all prices.
final class WhatIfMeasurement {
  private static final int WARM_UP = 2_000;
  private static final int QUESTIONS = 2_000;
  private static final long REST_NS = 5_000_000;
  private static final long HIGHEST_NS = 60_000_000_000L;
  private static final String PATH = "/v1/accounts/" + OptionBook.ACCOUNT + "/what-if";
  private static final String BODY =
      """
      {"actions": [
        {"type": "trade", "instrument": "%s", "quantity": "1", "price": "1"},
        {"type": "move", "ratio": "0.99"}]}
      """
          .formatted(OptionBook.symbol(0));

  private final PrintStream out;
  private final Path folder;

  WhatIfMeasurement(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /// @param legs options of the account
  void run(int legs) throws IOException {
    run(legs, WARM_UP, QUESTIONS);
  }

  /// @param legs options of the account
  void run(int legs, int warmUp, int questions) throws IOException {
    int expiries = Math.min(legs, ScenarioPortfolioBenchmark.EXPIRIES);
    try (Host host = new Host(folder)) {
      NodeFeed feed = new NodeFeed(host.connection);
      OptionBook.commands(ScenarioPortfolioBenchmark.rulebook(), legs, expiries, BenchVenue.nowNs())
          .forEach(feed::send);
      feed.drain();
      if (feed.refused() > 0) {
        throw new IllegalStateException(feed.refused() + " commands were refused");
      }
      Host.awaitReader(host.reader);
      try (KeptAlive http = new KeptAlive(host.gateway.address())) {
        byte[] question = http.post(PATH, BODY);
        ask(http, question, warmUp, 0);
        out.printf("what-if, %d legs, in a row: %s%n", legs, ask(http, question, questions, 0));
        out.printf(
            "what-if, %d legs, 5 ms of rest before each: %s%n",
            legs, ask(http, question, questions, REST_NS));
        out.printf(
            "GET /health/live, 5 ms of rest before each: %s%n",
            ask(http, http.get("/health/live"), questions, REST_NS));
      }
    }
  }

  private static String ask(KeptAlive http, byte[] question, int times, long restNs)
      throws IOException {
    Histogram histogram = new Histogram(HIGHEST_NS, 3);
    for (int i = 0; i < times; i++) {
      LoadRun.rest(restNs);
      long began = System.nanoTime();
      byte[] _ = http.exchange(question);
      histogram.recordValue(System.nanoTime() - began);
    }
    return Figures.latency(histogram);
  }
}
