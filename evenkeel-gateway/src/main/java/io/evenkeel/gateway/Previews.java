package io.evenkeel.gateway;

import io.evenkeel.gateway.ReaderDesk.Reading;
import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.account.RulebookPreview.AccountChange;
import io.evenkeel.model.number.InvariantViolation;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.reader.Venue;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.json.InvalidJson;
import io.evenkeel.wire.json.RulebookSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a version of a rulebook would bring: answered by the reader, recorded nowhere.
final class Previews {
  private static final int VALUE_SCALE = 6;
  private static final int STANDARD_LIMIT = 100;

  private final ReaderDesk desk;
  private final RulebookSource rulebooks;

  Previews(ReaderDesk desk, RulebookSource rulebooks) {
    this.desk = desk;
    this.rulebooks = rulebooks;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/rulebooks/{id}/preview", this::waiting, "limit", "atLeast"),
        Route.post("/v1/rulebooks/{id}/preview", this::sent, "limit", "atLeast")
            .consuming(MediaTypes.YAML));
  }

  private Reply waiting(Exchange exchange) throws InterruptedException {
    return preview(exchange, null);
  }

  private Reply sent(Exchange exchange) throws InterruptedException {
    String yaml = Commands.text(exchange.body());
    try {
      return preview(exchange, rulebooks.yaml(yaml, desk.catalogue()));
    } catch (InvalidJson e) {
      // the client sent no JSON, so a pointer into it would only confuse
      throw Problem.invalid("INVALID_RULEBOOK", e.reason()).refused();
    }
  }

  private Reply preview(Exchange exchange, @Nullable Rulebook version) throws InterruptedException {
    long id = exchange.pathNumber("id");
    int limit = (int) exchange.number("limit", STANDARD_LIMIT, 0, Venue.MOST_LINES);
    int rulebookId = id > 65_535 ? -1 : (int) id;
    Reading<Answer> reading =
        desk.read(exchange, venue -> Answer.of(venue, rulebookId, version, limit));
    Answer answer = reading.value();
    if (!answer.impossible().isEmpty()) {
      throw Problem.invalid("CANNOT_BE_SUPPOSED", answer.impossible()).refused();
    }
    RulebookPreview preview =
        answer
            .preview()
            .orElseThrow(() ->
                Problem.notFound(
                        "UNKNOWN_RULEBOOK",
                        version == null
                            ? "rulebook " + id + " is not defined, or no version of it waits"
                            : "rulebook " + id + " is not defined")
                    .refused());
    ObjectNode json = reading.begin();
    return Reply.json(json.setAll(write(preview)));
  }

  /// What the reader found, or why it could not: an exception on its thread would look like a fault
  /// of the reader.
  private record Answer(Optional<RulebookPreview> preview, String impossible) {
    static Answer of(Venue venue, int rulebookId, @Nullable Rulebook version, int limit) {
      try {
        return new Answer(venue.preview(rulebookId, version, limit), "");
      } catch (IllegalArgumentException | ArithmeticException | InvariantViolation e) {
        return new Answer(Optional.empty(), String.valueOf(e.getMessage()));
      }
    }
  }

  private static ObjectNode write(RulebookPreview preview) {
    ObjectNode json = Json.object();
    json.put("rulebookId", preview.rulebookId());
    json.put("version", preview.version());
    json.put("accounts", preview.accounts());
    json.set("before", requirements(preview.before()));
    json.set("after", requirements(preview.after()));
    ArrayNode moves = json.putArray("moves");
    for (RulebookPreview.ZoneMove move : preview.moves()) {
      ObjectNode stated = moves.addObject();
      stated.put("before", move.before().name()).put("after", move.after().name());
      stated.put("accounts", move.accounts());
    }
    json.set("effects", effects(preview.effects()));
    json.put("changedCount", preview.changedCount());
    ArrayNode changed = json.putArray("changed");
    preview.changed().forEach(change -> changed.add(change(change)));
    return json;
  }

  private static ObjectNode requirements(RulebookPreview.Requirements sums) {
    ObjectNode json = Json.object();
    json.put("maintenanceMargin", value(sums.maintenanceMarginE6()));
    json.put("initialMargin", value(sums.initialMarginE6()));
    return json;
  }

  private static ObjectNode effects(RulebookPreview.Effects effects) {
    ObjectNode json = Json.object();
    json.put("toppedUp", effects.toppedUp());
    json.put("toppedUpValue", value(effects.toppedUpE6()));
    json.put("called", effects.called());
    json.put("calledAmount", value(effects.calledE6()));
    json.put("callsEnded", effects.callsEnded());
    json.put("released", effects.released());
    json.put("releasedValue", value(effects.releasedE6()));
    json.put("liquidated", effects.liquidated());
    json.put("closedNotional", value(effects.closedE6()));
    json.put("takenOver", effects.takenOver());
    json.put("insurancePaid", value(effects.insuranceE6()));
    json.put("lossShared", value(effects.sharedE6()));
    json.put("badDebt", value(effects.badDebtE6()));
    return json;
  }

  private static ObjectNode change(AccountChange change) {
    ObjectNode json = Json.object();
    json.put("account", Json.number(change.accountId()));
    json.set("before", EventJson.write(change.before()));
    json.set("after", EventJson.write(change.after()));
    json.put("settledZone", change.settledZone().name());
    json.put("toppedUpValue", value(change.toppedUpE6()));
    json.put("releasedValue", value(change.releasedE6()));
    json.put("calledAmount", value(change.calledE6()));
    json.put("closedNotional", value(change.closedE6()));
    json.put("liquidated", change.isLiquidated());
    return json;
  }

  private static String value(long valueE6) {
    return Json.decimal(valueE6, VALUE_SCALE);
  }
}
