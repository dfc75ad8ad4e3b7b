package io.evenkeel.gateway;

import io.evenkeel.gateway.ReaderDesk.Reading;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.reader.Venue;
import io.evenkeel.reader.Venue.RulebookReading;
import io.evenkeel.wire.json.CommandJson;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// What is defined: assets, instruments, rulebooks.
final class ReferenceReadings {
  /// Writes rulebooks field by field, as the engine holds them; numbers that may pass 2^53 as
  /// strings.
  private static final JsonMapper RULES =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Decimal.class, new DecimalText())
                  .addSerializer(Long.class, ToStringSerializer.instance)
                  .addSerializer(Long.TYPE, ToStringSerializer.instance))
          .build();

  private final ReaderDesk desk;

  ReferenceReadings(ReaderDesk desk) {
    this.desk = desk;
  }

  private static final class DecimalText extends StdSerializer<Decimal> {
    DecimalText() {
      super(Decimal.class);
    }

    @Override
    public void serialize(Decimal value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.toString());
    }
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/assets", this::assets, "atLeast"),
        Route.get("/v1/instruments", this::instruments, "atLeast"),
        Route.get("/v1/rulebooks", this::rulebooks, "atLeast"),
        Route.get("/v1/rulebooks/{id}", this::rulebook, "atLeast"));
  }

  private Reply assets(Exchange exchange) throws InterruptedException {
    Reading<Catalogue> reading = desk.read(exchange, Venue::catalogue);
    ObjectNode json = reading.begin();
    ArrayNode assets = json.putArray("assets");
    for (Asset asset : reading.value().assets()) {
      assets.add(definition(new Command.DefineAsset(asset), reading.value()));
    }
    return Reply.json(json);
  }

  private Reply instruments(Exchange exchange) throws InterruptedException {
    Reading<Catalogue> reading = desk.read(exchange, Venue::catalogue);
    ObjectNode json = reading.begin();
    ArrayNode instruments = json.putArray("instruments");
    for (Instrument instrument : reading.value().instruments()) {
      instruments.add(definition(new Command.DefineInstrument(instrument), reading.value()));
    }
    return Reply.json(json);
  }

  private static ObjectNode definition(Command command, Catalogue catalogue) {
    ObjectNode json = CommandJson.write(command, catalogue);
    json.remove("type");
    return json;
  }

  private Reply rulebooks(Exchange exchange) throws InterruptedException {
    Reading<List<RulebookReading>> reading = desk.read(exchange, Venue::rulebooks);
    ObjectNode json = reading.begin();
    ArrayNode rulebooks = json.putArray("rulebooks");
    reading.value().forEach(rulebook -> rulebooks.add(summary(rulebook)));
    return Reply.json(json);
  }

  private Reply rulebook(Exchange exchange) throws InterruptedException {
    long id = exchange.pathNumber("id");
    Reading<List<RulebookReading>> reading = desk.read(exchange, Venue::rulebooks);
    for (RulebookReading rulebook : reading.value()) {
      if (rulebook.rulebookId() == id) {
        ObjectNode json = reading.begin();
        json.setAll(summary(rulebook));
        json.set("inForce", RULES.valueToTree(rulebook.inForce()));
        Rulebook announced = rulebook.announced();
        if (announced != null) {
          json.withObject("announced").set("rules", RULES.valueToTree(announced));
        }
        return Reply.json(json);
      }
    }
    throw Problem.notFound("UNKNOWN_RULEBOOK", "rulebook " + id + " is not defined").refused();
  }

  private static ObjectNode summary(RulebookReading rulebook) {
    ObjectNode json = Json.object();
    json.put("rulebookId", rulebook.rulebookId());
    json.put("name", rulebook.inForce().name());
    json.put("version", rulebook.version());
    json.put("cashAsset", rulebook.inForce().cashAsset());
    Rulebook announced = rulebook.announced();
    if (announced == null) {
      json.putNull("announced");
    } else {
      ObjectNode stated = json.putObject("announced");
      stated.put("name", announced.name());
      stated.put("version", announced.version());
      stated.put("effectiveTime", Json.time(rulebook.announcedTimeNs()));
    }
    return json;
  }
}
