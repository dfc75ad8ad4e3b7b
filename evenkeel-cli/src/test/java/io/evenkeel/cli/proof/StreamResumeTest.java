package io.evenkeel.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.client.GatewayClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Streams over the whole: through clean restarts, beside a consumer that does not read.
@Timeout(300)
class StreamResumeTest {
  private static final Pattern RESUME = Pattern.compile("resume from (\\d+): .+");
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int BATCH = 500;

  @TempDir private Path folder;

  private long number;

  @Test
  void shouldDropTheSlowOneWithAReasonAndTellEverybodyEverything() throws Exception {
    Path data = folder.resolve("data");
    Path config = ServeProcess.configure(folder.resolve("serve.yaml"), data, 0, "1 MiB");
    ServeProcess serve = ServeProcess.start(config);
    Follower follower = new Follower(serve.address(), "", 1);
    Thread thread = Thread.ofPlatform().unstarted(follower);
    try {
      URI address = serve.address();
      ServeProcess.configure(config, data, address.getPort(), "1 MiB");
      List<JsonNode> heardSlowly;
      long next;
      try (GatewayClient client = GatewayClient.of(address);
          SlowConsumer slow = new SlowConsumer(address, 1)) {
        client.submitBatch(0, 0, Deposits.opening(), true);
        thread.start();
        long deadlineNs = System.nanoTime() + 90_000_000_000L;
        while (client.status().at("/gateway/streams").asInt() > 1 || number < BATCH) {
          load(client);
          assertThat(System.nanoTime() - deadlineNs).as("the slow one is dropped").isNegative();
        }
        heardSlowly = slow.readToTheEnd();
        assertThat(slow.closeCode()).isEqualTo(TRY_AGAIN_LATER);
        Matcher resume = RESUME.matcher(slow.closeReason());
        assertThat(resume.matches()).as(slow.closeReason()).isTrue();
        next = Long.parseLong(resume.group(1));
      }
      for (int restart = 0; restart < 2; restart++) {
        assertThat(serve.stop()).as(serve.errors()).isEqualTo(143);
        serve = ServeProcess.start(config);
        try (GatewayClient client = GatewayClient.of(address)) {
          load(client);
        }
      }
      check(address, follower, thread, heardSlowly, next);
      assertThat(serve.stop()).as(serve.errors()).isEqualTo(143);
    } finally {
      serve.close();
      thread.interrupt();
    }
  }

  private void load(GatewayClient client) {
    List<JsonNode> commands = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      commands.add(Deposits.command(9, ++number));
    }
    client.submitBatch(0, 0, commands, false);
  }

  private static void check(
      URI address, Follower follower, Thread thread, List<JsonNode> heardSlowly, long next)
      throws Exception {
    List<JsonNode> recorded;
    try (GatewayClient client = GatewayClient.of(address)) {
      recorded = Deposits.recorded(client);
    }
    heardSlowly = new ArrayList<>(heardSlowly);
    assertThat(next).isEqualTo(heardSlowly.size() + 1L);
    Follower rest = new Follower(address, "", 2, next);
    Thread restThread = Thread.ofPlatform().start(rest);
    long deadlineNs = System.nanoTime() + 60_000_000_000L;
    while (Math.min(rest.seen(), follower.seen()) < recorded.size()) {
      assertThat(follower.failure()).isNull();
      assertThat(rest.failure()).isNull();
      assertThat(System.nanoTime() - deadlineNs)
          .as("heard up to %s and %s of %s", follower.seen(), rest.seen(), recorded.size())
          .isNegative();
      Thread.sleep(10);
    }
    follower.leave();
    rest.leave();
    thread.join();
    restThread.join();
    assertThat(follower.heard().equals(recorded)).as("the quick one heard everything").isTrue();
    heardSlowly.addAll(rest.heard());
    assertThat(heardSlowly.equals(recorded)).as("the slow one too, in two parts").isTrue();
  }
}
