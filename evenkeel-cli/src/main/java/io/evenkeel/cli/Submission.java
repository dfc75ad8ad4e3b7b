package io.evenkeel.cli;

import io.evenkeel.cli.Failures.Failure;
import io.evenkeel.client.GatewayClient;
import io.evenkeel.client.GatewayRefusal;
import io.evenkeel.client.GatewayUnreachable;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.InvalidJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Lines of commands on their way to a venue, in batches. A venue that is busy is waited for; a
/// batch whose answer was lost is sent again only when its commands are numbered.
final class Submission {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MOST_ATTEMPTS = 60;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Pattern COMMAND_FIELD = Pattern.compile("/commands/([0-9]+)(.*)");

  private final GatewayClient client;
  private final String name;
  private final long session;
  private final int batchSize;
  private final PrintWriter err;
  private final List<JsonNode> batch = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private long nextNumber;
  private long accepted;
  private long refused;
  private String position = "0";

  /// @param name stands for the file in messages
  /// @param session 0 for unnumbered commands
  Submission(
      GatewayClient client,
      String name,
      long session,
      long firstNumber,
      int batchSize,
      PrintWriter err) {
    this.client = client;
    this.name = name;
    this.session = session;
    this.nextNumber = firstNumber;
    this.batchSize = batchSize;
    this.err = err;
  }

  /// Submits every line.
  ///
  /// @throws Failure when a line is no command, or the venue stopped answering
  void run(BufferedReader source) throws IOException {
    int number = 0;
    for (String line = source.readLine(); line != null; line = source.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        batch.add(CommandJson.parse(line));
      } catch (InvalidJson e) {
        throw failure(number, String.valueOf(e.getMessage()));
      }
      lines.add(number);
      if (batch.size() == batchSize) {
        send();
      }
    }
    send();
  }

  private void send() {
    int taken = 0;
    for (int attempt = 1; taken < batch.size(); attempt++) {
      List<JsonNode> left = batch.subList(taken, batch.size());
      try {
        JsonNode answer = client.submitBatch(session, nextNumber + taken, left, false);
        count(answer, taken);
        taken = batch.size();
      } catch (GatewayRefusal refusal) {
        count(refusal.problem(), taken);
        int more = refusal.problem().path("taken").asInt(0);
        boolean again = refusal.status() == TOO_MANY_REQUESTS || mayRepeat(refusal);
        if (!again || attempt == MOST_ATTEMPTS) {
          throw told(refusal, taken);
        }
        taken += refusal.status() == TOO_MANY_REQUESTS ? more : 0;
        pause(refusal.retryAfter());
      } catch (GatewayUnreachable gone) {
        if (session == 0 || attempt == MOST_ATTEMPTS) {
          throw gone;
        }
        pause(null);
      }
    }
    nextNumber += batch.size();
    batch.clear();
    lines.clear();
  }

  private boolean mayRepeat(GatewayRefusal refusal) {
    return refusal.status() == 503 && (session != 0 || !refusal.isUncertain());
  }

  private void count(JsonNode answer, int offset) {
    int index = offset;
    for (JsonNode outcome : answer.path("answers")) {
      if (outcome.path("accepted").asBoolean(false)) {
        accepted++;
      } else {
        refused++;
        err.printf(
            "%s:%d: refused: %s%n", name, lines.get(index), outcome.path("reason").asString("?"));
      }
      index++;
    }
    err.flush();
    position = answer.path("position").asString(position);
  }

  private RuntimeException told(GatewayRefusal refusal, int offset) {
    Matcher field = COMMAND_FIELD.matcher(refusal.field());
    if (!field.matches()) {
      return refusal;
    }
    int index = offset + Integer.parseInt(field.group(1));
    String where = field.group(2).isEmpty() ? "" : field.group(2).substring(1) + ": ";
    String detail = refusal.problem().path("detail").asString(String.valueOf(refusal.getMessage()));
    return failure(
        lines.get(Math.min(index, lines.size() - 1)),
        where
            + detail.replaceFirst("^" + Pattern.quote(refusal.field()) + ": ", "")
            + "; nothing from line "
            + lines.get(offset)
            + " on was submitted");
  }

  private Failure failure(int line, String text) {
    return new Failure(name + ":" + line + ": " + text);
  }

  private static void pause(@Nullable Duration asked) {
    try {
      TimeUnit.MILLISECONDS.sleep(asked == null ? PAUSE.toMillis() : asked.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  /// How many were refused.
  long refused() {
    return refused;
  }

  /// One line for people.
  String summary() {
    return "%d submitted: %d accepted, %d refused; log position %s"
        .formatted(accepted + refused, accepted, refused, position);
  }
}
