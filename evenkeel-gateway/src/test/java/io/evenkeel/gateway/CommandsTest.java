package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.gateway.TestNode.Mode;
import io.evenkeel.gateway.TestVenue.Got;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of commands, in good times and bad.
final class CommandsTest {
  private static final Schemas SCHEMAS = new Schemas();
  private static final String DEPOSIT =
      "{\"type\":\"deposit\",\"party\":\"1\",\"asset\":\"USDT\",\"amount\":\"1.50\"%s}";
  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @AfterEach
  void works() {
    venue.node.mode(Mode.WORKS);
    venue.node.busyAfter(Integer.MAX_VALUE);
    venue.node.hideJournal(false);
  }

  private static Got deposit(String more) {
    return venue.post("/v1/commands", DEPOSIT.formatted(more));
  }

  private static void assertShape(String path, Got got) {
    assertThat(SCHEMAS.breaches("POST", path, got.status(), got.response().body()))
        .as("%s", got.json())
        .isEmpty();
  }

  @Test
  void shouldAnswerRepetitionsWithTheFirstOutcome() {
    Got first = deposit(",\"session\":\"5\",\"number\":1");
    Got again = deposit(",\"session\":5,\"number\":\"1\"");
    Got next = deposit(",\"session\":5,\"number\":\"2\"");
    assertThat(first.status()).isEqualTo(200);
    assertShape("/v1/commands", first);
    assertThat(again.text("/firstEvent")).isEqualTo(first.text("/firstEvent"));
    assertThat(next.text("/firstEvent")).isNotEqualTo(first.text("/firstEvent"));
  }

  @Test
  void shouldShowWhatWasAppliedToTheNextReading() {
    for (int i = 0; i < 20; i++) {
      String before = venue.get("/v1/parties/1").text("/wallet/USDT");
      venue.command(DEPOSIT.formatted(""));
      assertThat(venue.get("/v1/parties/1").text("/wallet/USDT")).isNotEqualTo(before);
    }
  }

  @Test
  void shouldSayWhenTheReaderDidNotGetThereInTime() {
    venue.node.hideJournal(true);
    Got got = venue.post("/v1/commands?wait=applied", DEPOSIT.formatted(""));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json().get("applied").asBoolean()).isFalse();
    Got reading = venue.get("/v1/venue?atLeast=" + got.text("/position"));
    assertThat(reading.status()).isEqualTo(503);
    assertThat(reading.text("/reason")).isEqualTo("READER_BEHIND");
    venue.node.hideJournal(false);
    assertThat(venue.get("/v1/venue?atLeast=" + got.text("/position")).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseWithAHintWhenTheLogCannotKeepUp() {
    venue.node.mode(Mode.BUSY);
    Got got = deposit("");
    assertThat(got.status()).isEqualTo(429);
    assertThat(got.response().headers().firstValue("Retry-After")).hasValue("1");
    assertShape("/v1/commands", got);
  }

  @Test
  void shouldSayWhyNothingIsTaken() {
    venue.node.mode(Mode.DISK_NEARLY_FULL);
    assertThat(deposit("").text("/reason")).isEqualTo("DISK_NEARLY_FULL");
    assertThat(deposit("").status()).isEqualTo(503);
    venue.node.mode(Mode.STOPPED);
    Got stopped = deposit("");
    assertThat(stopped.status()).isEqualTo(503);
    assertThat(stopped.text("/reason")).isEqualTo("NODE_STOPPED");
    assertThat(stopped.json().has("uncertain")).isFalse();
  }

  @Test
  void shouldSayWhenACommandIsUncertain() {
    venue.node.mode(Mode.UNCERTAIN);
    Got numbered = deposit(",\"session\":\"6\",\"number\":\"1\"");
    assertThat(numbered.status()).isEqualTo(503);
    assertThat(numbered.json().get("uncertain").asBoolean()).isTrue();
    assertThat(numbered.text("/session")).isEqualTo("6");
    assertThat(numbered.text("/detail")).contains("repeat it under the same session and number");
    assertShape("/v1/commands", numbered);
    assertThat(deposit("").text("/detail")).contains("it had no session and number");
  }

  @Test
  void shouldNotWaitForEverForAnAnswer() {
    venue.node.mode(Mode.SILENT);
    Got got = deposit("");
    assertThat(got.status()).isEqualTo(503);
    assertThat(got.json().get("uncertain").asBoolean()).isTrue();
    assertThat(got.text("/detail")).contains("did not answer within 1 s");
  }

  @Test
  void shouldSubmitABatchInOrder() {
    String json =
        """
        {"session":"7","firstNumber":"1","commands":[
          {"type":"openAccount","account":"70","party":"70","rulebookId":1},
          {"type":"openAccount","account":"70","party":"70","rulebookId":1},
          {"type":"deposit","party":"70","asset":"USDT","amount":"5"}]}\
        """;
    Got got = venue.post("/v1/commands/batch?wait=applied", json);
    assertThat(got.status()).isEqualTo(200);
    assertShape("/v1/commands/batch", got);
    assertThat(got.json().get("accepted").asInt()).isEqualTo(2);
    assertThat(got.json().get("refused").asInt()).isEqualTo(1);
    assertThat(got.text("/answers/1/reason")).isEqualTo("ALREADY_DEFINED");
    assertThat(got.text("/position")).isEqualTo(got.text("/answers/2/position"));
    Got again = venue.post("/v1/commands/batch?wait=applied", json);
    assertThat(again.text("/answers/0/firstEvent")).isEqualTo(got.text("/answers/0/firstEvent"));
    assertThat(venue.get("/v1/parties/70").text("/wallet/USDT")).isEqualTo("5.000000");
  }

  @Test
  void shouldUnderstandWhatTheSameBatchDefines() {
    String batch =
        """
        {"commands":[
          {"type":"defineAsset","assetId":6,"symbol":"GOLD","scale":%d,"maximumSupply":"1000",
           "priceScale":4,"initialPrice":"2000","maximumPrice":"10000"},
          {"type":"deposit","party":"71","asset":"GOLD","amount":"1.23"},
          {"type":"openAccount","account":"71","party":"71","rulebookId":1},
          {"type":"deposit","party":"71","asset":"GOLD","amount":"1.23"}]}\
        """;
    Got got = venue.post("/v1/commands/batch", batch.formatted(3));
    assertThat(got.status()).as("%s", got.json()).isEqualTo(200);
    assertThat(got.json().get("applied").asBoolean()).isTrue();
    assertThat(got.json().get("accepted").asInt()).isEqualTo(3);
    assertThat(venue.get("/v1/parties/71").text("/wallet/GOLD")).isEqualTo("1.230");
    Got repeated = venue.post("/v1/commands/batch", batch.formatted(3));
    assertThat(repeated.status()).as("the same definition is in force").isEqualTo(200);
    Got other = venue.post("/v1/commands/batch", batch.formatted(2));
    assertThat(other.status()).as("amounts may have been meant otherwise").isEqualTo(409);
    assertThat(other.text("/reason")).isEqualTo("DEFINITION_REFUSED");
    assertThat(other.text("/field")).isEqualTo("/commands/0");
    assertThat(other.json().get("taken").asInt()).isEqualTo(1);
    assertShape("/v1/commands/batch", other);
    assertThat(venue.get("/v1/parties/71").text("/wallet/GOLD")).isEqualTo("3.690");
  }

  @Test
  void shouldTellHowMuchOfABatchWasTaken() {
    venue.node.busyAfter(2);
    String deposit = DEPOSIT.formatted("");
    Got got =
        venue.post(
            "/v1/commands/batch",
            "{\"commands\":[" + deposit + "," + deposit + "," + deposit + "]}");
    assertThat(got.status()).isEqualTo(429);
    assertThat(got.json().get("taken").asInt()).isEqualTo(2);
    assertThat(got.json().get("answers")).hasSize(2);
    assertThat(got.text("/answers/1/accepted")).isEqualTo("true");
    assertThat(got.response().headers().firstValue("Retry-After")).hasValue("1");
    assertShape("/v1/commands/batch", got);
  }

  @Test
  void shouldTellThatABatchIsUncertain() {
    venue.node.mode(Mode.UNCERTAIN);
    Got got = venue.post("/v1/commands/batch", "{\"commands\":[" + DEPOSIT.formatted("") + "]}");
    assertThat(got.status()).isEqualTo(503);
    assertThat(got.json().get("uncertain").asBoolean()).isTrue();
    assertThat(got.json().at("/answers/0/uncertain").asBoolean()).isTrue();
  }

  @Test
  void shouldServeManyClientsAtOnce() {
    int clients = 40;
    CompletableFuture<?>[] all = new CompletableFuture<?>[clients];
    for (int i = 0; i < clients; i++) {
      int session = 100 + i % 20;
      int number = 1 + i / 20;
      all[i] =
          CompletableFuture.runAsync(
              () -> {
                Got got = deposit(",\"session\":" + session + ",\"number\":" + number);
                assertThat(got.status()).isIn(200, 409);
                assertThat(venue.get("/v1/venue").status()).isEqualTo(200);
              },
              task -> Thread.ofVirtual().start(task));
    }
    CompletableFuture.allOf(all).orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
  }
}
