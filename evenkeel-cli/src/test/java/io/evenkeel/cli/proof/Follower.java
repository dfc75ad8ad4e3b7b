package io.evenkeel.cli.proof;

import io.evenkeel.client.EventStream;
import io.evenkeel.client.GatewayClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Follows the stream, leaves it at random, and goes on from the number after the last one heard.
final class Follower implements Runnable {
  private static final Duration STEP = Duration.ofMillis(100);

  private final URI address;
  private final String filter;
  private final SplittableRandom dice;
  private final List<JsonNode> heard = new ArrayList<>();
  private volatile long seen;
  private volatile boolean isAsked = true;
  private volatile @Nullable Throwable failure;
  private int streams;

  /// @param filter as the stream takes it; empty for every event
  Follower(URI address, String filter, long seed) {
    this(address, filter, seed, 1);
  }

  /// @param from number of the first event wanted
  Follower(URI address, String filter, long seed, long from) {
    this.address = address;
    this.filter = filter;
    dice = new SplittableRandom(seed);
    seen = from - 1;
  }

  @Override
  public void run() {
    try {
      while (isAsked) {
        followForAWhile();
      }
    } catch (InterruptedException | RuntimeException e) {
      failure = e;
    }
  }

  private void followForAWhile() throws InterruptedException {
    int events = 1 + dice.nextInt(1_000);
    try (GatewayClient client = GatewayClient.of(address);
        EventStream stream = client.stream(seen + 1, filter)) {
      streams++;
      for (int i = 0; i < events && isAsked; i++) {
        JsonNode event = stream.next(STEP);
        if (event != null) {
          heard.add(event);
        }
        seen = stream.lastNumber();
      }
    }
  }

  /// Up to which number everything was heard or did not pass the filter.
  long seen() {
    return seen;
  }

  /// Ends it, once its thread has ended the lists can be read.
  void leave() {
    isAsked = false;
  }

  List<JsonNode> heard() {
    return heard;
  }

  /// How many times it began anew.
  int streams() {
    return streams;
  }

  /// Why it gave up; null when it did not.
  @Nullable Throwable failure() {
    return failure;
  }
}
