package io.evenkeel.cli.proof;

import io.evenkeel.client.GatewayClient;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Commands that a session and a number stand for: contributions of amounts that are all different,
/// so that what was done can be told from the events, and now and then something that is refused.
final class Deposits {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long MICROS = 1_000_000;

  private Deposits() {}

  /// What must be there before.
  static List<JsonNode> opening() {
    return List.of(
        json(
            "{'type': 'defineAsset', 'assetId': 0, 'symbol': 'USDT', 'scale': 6, 'priceScale': 4,"
                + " 'initialPrice': '1', 'maximumPrice': '2', 'maximumSupply': '20000000000'}"));
  }

  static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  static boolean isRefused(long number) {
    return number % 7 == 0;
  }

  /// The amount of a session and number, in units of the asset.
  static String amount(long session, long number) {
    return BigDecimal.valueOf(session * MICROS + number, 6).toPlainString();
  }

  /// The command of a session and number, without them.
  static ObjectNode command(long session, long number) {
    String text =
        isRefused(number)
            ? "{'type': 'closeAccount', 'account': '%d'}".formatted(1 + session)
            : "{'type': 'contributeInsurance', 'asset': 'USDT', 'amount': '%s'}"
                .formatted(amount(session, number));
    return (ObjectNode) json(text);
  }

  /// The command of a session and number, with them.
  static ObjectNode numbered(long session, long number) {
    return command(session, number)
        .put("session", Long.toString(session))
        .put("number", Long.toString(number));
  }

  /// All recorded events.
  static List<JsonNode> recorded(GatewayClient client) {
    long last = client.status().path("node").path("lastEvent").asLong();
    List<JsonNode> events = new ArrayList<>();
    long from = 1;
    while (from <= last) {
      JsonNode page = client.events(from, 1_000);
      page.path("events").forEach(events::add);
      from = page.path("next").asLong();
    }
    return events;
  }
}
