package io.evenkeel.gateway;

import io.evenkeel.gateway.ReaderDesk.Reading;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.model.command.Supposition;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.reader.Venue;
import io.evenkeel.reader.WhatIfReading;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.json.JsonFields;
import io.evenkeel.wire.json.SuppositionReader;
import io.evenkeel.wire.words.UnknownReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an account would look like if: answered by the reader, recorded nowhere.
final class WhatIfs {
  private static final int RATIO_SCALE = 9;

  private final ReaderDesk desk;

  WhatIfs(ReaderDesk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/accounts/{id}/what-if", this::whatIf, "atLeast"));
  }

  private Reply whatIf(Exchange exchange) throws InterruptedException {
    long accountId = exchange.pathNumber("id");
    JsonFields fields = JsonFields.of(CommandJson.parse(exchange.body()));
    List<Supposition> steps = steps(fields, desk.catalogue());
    boolean liquidations = fields.flag("liquidationPrices", false);
    fields.end();
    Reading<Answer> reading =
        desk.read(exchange, venue -> Answer.of(venue, accountId, steps, liquidations));
    Answer answer = reading.value();
    if (!answer.impossible().isEmpty()) {
      throw Problem.invalid("CANNOT_BE_SUPPOSED", answer.impossible()).refused();
    }
    WhatIfReading whatIf =
        answer
            .reading()
            .orElseThrow(() ->
                Problem.notFound(
                        "UNKNOWN_ACCOUNT", "account " + accountId + " is not known, or closed")
                    .refused());
    ObjectNode json = reading.begin();
    json.put("account", Json.number(accountId));
    json.set("before", EventJson.write(whatIf.before()));
    ArrayNode after = json.putArray("after");
    whatIf.after().forEach(assessment -> after.add(EventJson.write(assessment)));
    if (liquidations) {
      ArrayNode prices = json.putArray("liquidationPrices");
      whatIf.liquidations().forEach(it -> prices.add(liquidation(it, reading.catalogue())));
    }
    return Reply.json(json);
  }

  /// What the reader found, or why it could not: an exception on its thread would look like a fault
  /// of the reader.
  private record Answer(Optional<WhatIfReading> reading, String impossible) {
    static Answer of(Venue venue, long accountId, List<Supposition> steps, boolean liquidations) {
      try {
        return new Answer(venue.whatIf(accountId, steps, liquidations), "");
      } catch (IllegalArgumentException | ArithmeticException e) {
        return new Answer(Optional.empty(), String.valueOf(e.getMessage()));
      }
    }
  }

  private static List<Supposition> steps(JsonFields fields, Catalogue catalogue) {
    JsonNode list = fields.list("actions");
    if (list.size() > Venue.MOST_SUPPOSITIONS) {
      throw fields.invalid("actions", "at most " + Venue.MOST_SUPPOSITIONS + " at once");
    }
    SuppositionReader reader = new SuppositionReader(catalogue);
    List<Supposition> steps = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      steps.add(reader.read(JsonFields.of(list.get(i), "/actions/" + i)));
    }
    return steps;
  }

  private static ObjectNode liquidation(WhatIfReading.Liquidation it, Catalogue catalogue) {
    ObjectNode json = Json.object();
    MarketMove move = it.move();
    switch (move.kind()) {
      case ALL -> json.put("factor", "all");
      case UNDERLYING -> json.put("factor", UnknownReference.asset(catalogue, move.id()).symbol());
      case INSTRUMENT ->
          json.put("factor", UnknownReference.instrument(catalogue, move.id()).symbol());
    }
    ratio(json, "down", it.downE9());
    ratio(json, "up", it.upE9());
    return json;
  }

  /// A ratio to the supposed prices, and 1 when the account is below maintenance already.
  private static void ratio(ObjectNode json, String name, OptionalLong ratioE9) {
    Json.putOrNull(
        json,
        name,
        ratioE9.isPresent(),
        Json.decimal(ratioE9.orElse(MarketMove.UNMOVED_E9), RATIO_SCALE));
  }
}
