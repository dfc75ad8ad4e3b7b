package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.reader.Reader;
import io.evenkeel.reader.ReaderConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway over a real reader and a node in this process, with a client.
final class TestVenue implements AutoCloseable {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  static final StreamLimits LIMITS =
      new StreamLimits(
          8, 1_000, Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20));

  final TestNode node;
  final Reader reader;
  final Gateway gateway;
  final HttpClient http = HttpClient.newHttpClient();

  TestVenue(Path folder) {
    this(folder, new GatewayConfig("127.0.0.1", 0, 1 << 20, 100, 2_000, 8));
  }

  TestVenue(Path folder, GatewayConfig config) {
    node = new TestNode(folder.resolve("journal"));
    reader =
        Reader.start(
            new ReaderConfig(
                folder.resolve("journal"), folder.resolve("reader"), TestNode.LIMITS, 1_000));
    gateway = Gateway.start(config, node, node, reader, LIMITS, Duration.ofSeconds(1));
  }

  /// An answer with its body as JSON.
  record Got(int status, JsonNode json, HttpResponse<byte[]> response) {
    String text(String pointer) {
      return json.at(pointer).asString();
    }
  }

  URI at(String path) {
    return gateway.address().resolve(path);
  }

  Got get(String path) {
    return send(HttpRequest.newBuilder(at(path)).GET());
  }

  Got post(String path, String json) {
    return send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  Got send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("Content-Type").orElse("");
      boolean isJson = type.contains("json") && response.body().length > 0;
      JsonNode json = isJson ? MAPPER.readTree(response.body()) : MAPPER.nullNode();
      return new Got(response.statusCode(), json, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A command that must be accepted.
  Got command(String json) {
    Got got = post("/v1/commands?wait=applied", json.replace('\'', '"'));
    assertThat(got.status()).as("%s -> %s", json, got.json()).isEqualTo(200);
    assertThat(got.json().get("applied").asBoolean()).isTrue();
    return got;
  }

  CompletableFuture<WebSocket> socket(String path, WebSocket.Listener listener) {
    URI uri = URI.create(at(path).toString().replaceFirst("^http", "ws"));
    return http.newWebSocketBuilder().buildAsync(uri, listener);
  }

  /// Four coins, one perpetual, the house rulebook and a backstop with money.
  void define() {
    String assets =
        """
        {'type':'defineAsset','assetId':%d,'symbol':'%s','scale':%d,'maximumSupply':'%s',
         'priceScale':%d,'initialPrice':'%s','maximumPrice':'%s'}\
        """;
    command(assets.formatted(0, "USDT", 6, "10000000000", 4, "1", "2"));
    command(assets.formatted(1, "USDC", 6, "10000000000", 4, "1", "2"));
    command(assets.formatted(2, "BTC", 8, "20000", 2, "50000", "1000000"));
    command(assets.formatted(3, "ETH", 8, "200000", 2, "3000", "100000"));
    command(
        """
        {'type':'defineInstrument','instrumentId':1,'symbol':'BTCUSDT','kind':'PERPETUAL',
         'settlementAsset':'USDT','variation':'UNREALISED_UNTIL_CLOSED','contractSize':'1',
         'priceScale':1,'quantityScale':3,'lotSize':'0.001','maximumPrice':'1000000',
         'maximumPosition':'1000','maximumOpenInterest':'10000'}\
        """);
    command("{'type':'defineRulebook','rulebookId':1,'shipped':'perp-cross'}");
    command("{'type':'openAccount','account':'1','party':'1','rulebookId':1,'role':'BACKSTOP'}");
    command("{'type':'deposit','party':'1','asset':'USDT','amount':'5000000'}");
    command(
        "{'type':'transfer','account':'1','asset':'USDT','amount':'5000000','direction':'TO_MARGIN'}");
    command("{'type':'contributeInsurance','asset':'USDT','amount':'100000.50'}");
    mark("50000");
  }

  /// A trader with money in the margin account.
  void trader(long account, String amount) {
    command(
        "{'type':'openAccount','account':'%d','party':'%d','rulebookId':1}"
            .formatted(account, account));
    command(
        "{'type':'deposit','party':'%d','asset':'USDT','amount':'%s'}".formatted(account, amount));
    command(
        "{'type':'transfer','account':'%d','asset':'USDT','amount':'%s','direction':'TO_MARGIN'}"
            .formatted(account, amount));
  }

  void fill(long buyer, long seller, String quantity, String price) {
    command(
        "{'type':'fill','instrument':'BTCUSDT','buyer':'%d','seller':'%d','quantity':'%s','price':'%s'}"
            .formatted(buyer, seller, quantity, price));
  }

  void mark(String price) {
    command(
        "{'type':'markPrices','marks':[{'instrument':'BTCUSDT','price':'%s'}]}".formatted(price));
  }

  @Override
  public void close() {
    http.shutdownNow();
    gateway.close();
    reader.close();
    node.close();
  }
}
