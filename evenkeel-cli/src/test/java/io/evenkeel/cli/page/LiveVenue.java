package io.evenkeel.cli.page;

import io.evenkeel.cli.RunningServer;
import io.evenkeel.client.GatewayClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small venue behind the public API, for the page to show: a backstop, a maker, and contracts in
/// which one trader each can be driven into a call and into liquidation.
final class LiveVenue implements AutoCloseable {
  /// Takes the other side of every fill and never runs short.
  static final long MAKER = 2;

  /// What a trader needs at the initial level for a position worth 60,000.
  static final String INITIAL = "600.00";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private @Nullable RunningServer server;
  private GatewayClient client;

  private LiveVenue(Path folder, RunningServer server) {
    this.folder = folder;
    this.server = server;
    this.client = GatewayClient.of(server.address());
  }

  /// Starts a server on an empty folder and opens the venue.
  ///
  /// @param contracts symbols of the perpetuals, each at 60,000
  static LiveVenue open(Path folder, List<String> contracts) {
    LiveVenue venue = new LiveVenue(folder, new RunningServer(folder, 0));
    List<String> commands = new ArrayList<>();
    commands.add(asset(0, "USDT", 6, "1", "2", "20000000000"));
    commands.add(asset(1, "USDC", 6, "1", "2", "20000000000"));
    commands.add(asset(2, "BTC", 8, "60000", "1000000", "50000"));
    commands.add(asset(3, "ETH", 8, "3000", "100000", "500000"));
    commands.add("{'type': 'defineRulebook', 'rulebookId': 1, 'shipped': 'perp-cross'}");
    for (int i = 0; i < contracts.size(); i++) {
      commands.add(contract(i, contracts.get(i)));
      commands.add(mark(contracts.get(i), "60000"));
    }
    commands.add("{'type': 'contributeInsurance', 'asset': 'USDT', 'amount': '50000'}");
    commands.add(
        "{'type': 'openAccount', 'account': 1, 'party': 1, 'rulebookId': 1, 'role': 'BACKSTOP'}");
    commands.add("{'type': 'deposit', 'party': 1, 'asset': 'USDT', 'amount': '1000000'}");
    commands.add(
        "{'type': 'transfer', 'account': 1, 'asset': 'USDT', 'amount': '1000000', 'direction':"
            + " 'TO_MARGIN'}");
    venue.submit(commands);
    venue.openAccount(MAKER, "1000000");
    return venue;
  }

  /// Opens an account with money in its wallet.
  void openAccount(long account, String amount) {
    submit(
        List.of(
            "{'type': 'openAccount', 'account': %d, 'party': %d, 'rulebookId': 1}"
                .formatted(account, account),
            "{'type': 'deposit', 'party': %d, 'asset': 'USDT', 'amount': '%s'}"
                .formatted(account, amount)));
  }

  /// Opens an account with 700 that bought one contract at 60,000, which takes 600 of them. At a
  /// mark of 59,640 the last 100 are pulled in and the rest is called for; at 59,480 it is
  /// liquidated.
  void openTrader(long account, String contract) {
    openAccount(account, "700");
    submit(
        List.of(
            "{'type': 'fill', 'instrument': '%s', 'buyer': %d, 'seller': %d, 'quantity': '1', 'price': '60000'}"
                .formatted(contract, account, MAKER)));
  }

  /// Moves the price of a contract.
  void move(String contract, String price) {
    submit(List.of(mark(contract, price)));
  }

  /// A reading.
  JsonNode get(String path) {
    return client.get(path);
  }

  /// Every decision so far: the numbers, oldest first.
  List<Long> decisions() {
    List<Long> numbers = new ArrayList<>();
    long last = client.status().path("lastEvent").asLong();
    long from = 1;
    while (from <= last) {
      JsonNode page = client.get("/v1/events?decisions=true&limit=1000&from=" + from);
      page.path("events").forEach(event -> numbers.add(event.path("number").asLong()));
      from = page.path("next").asLong();
    }
    return numbers;
  }

  /// Address of the page.
  URI address() {
    return client.address();
  }

  /// Stops the server; the data stays.
  void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /// Starts it again on the same data and the same port.
  void startAgain() {
    URI before = client.address();
    client.close();
    server = new RunningServer(folder, before.getPort());
    client = GatewayClient.of(before);
  }

  @Override
  public void close() {
    client.close();
    stop();
  }

  private void submit(List<String> commands) {
    JsonNode answer =
        client.submitBatch(
            0,
            0,
            commands.stream().map(text -> JSON.readTree(text.replace('\'', '"'))).toList(),
            true);
    if (answer.path("refused").asInt() != 0) {
      throw new IllegalStateException("refused: " + answer + " for " + commands);
    }
  }

  private static String asset(
      int id, String symbol, int scale, String price, String maximumPrice, String maximumSupply) {
    return ("{'type': 'defineAsset', 'assetId': %d, 'symbol': '%s', 'scale': %d, 'priceScale': 4,"
            + " 'initialPrice': '%s', 'maximumPrice': '%s', 'maximumSupply': '%s'}")
        .formatted(id, symbol, scale, price, maximumPrice, maximumSupply);
  }

  private static String contract(int id, String symbol) {
    return ("{'type': 'defineInstrument', 'instrumentId': %d, 'symbol': '%s', 'kind': 'PERPETUAL',"
            + " 'settlementAsset': 'USDT', 'variation': 'UNREALISED_UNTIL_CLOSED', 'contractSize':"
            + " '1', 'priceScale': 1, 'quantityScale': 3, 'lotSize': '0.001', 'maximumPrice':"
            + " '1000000', 'maximumPosition': '1000', 'maximumOpenInterest': '10000'}")
        .formatted(id, symbol);
  }

  private static String mark(String contract, String price) {
    return "{'type': 'markPrices', 'marks': [{'instrument': '%s', 'price': '%s'}]}"
        .formatted(contract, price);
  }
}
