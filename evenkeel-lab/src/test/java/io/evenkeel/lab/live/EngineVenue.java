package io.evenkeel.lab.live;

import io.evenkeel.client.GatewayUnreachable;
import io.evenkeel.engine.Engine;
import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.RulebookLoader;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.json.RulebookSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A venue without a node: an engine behind the same documents as the API's. It can lose answers
/// after it has acted, as a broken connection does.
final class EngineVenue implements VenueAccess {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final List<RecordedEvent> events = new ArrayList<>();
  final Map<String, Integer> eventCounts = new TreeMap<>();
  final Engine engine =
      new Engine(
          EngineLimits.STANDARD,
          (number, timeNs, event) -> events.add(new RecordedEvent(number, timeNs, 0, event)));
  private final Catalogue catalogue;
  private final Listing listing;
  private Consumer<JsonNode> listener = _ -> {};
  private long timeNs;
  int answersToLose;
  int requests;
  int longestBatch;

  EngineVenue(Listing listing) {
    this.listing = listing;
    catalogue = new Catalogue(listing.assets(), listing.contracts());
  }

  void setListener(Consumer<JsonNode> hears) {
    listener = hears;
  }

  @Override
  public synchronized JsonNode submit(
      long sessionId, long firstNumber, List<? extends JsonNode> commands, boolean untilApplied) {
    requests++;
    longestBatch = Math.max(longestBatch, commands.size());
    ObjectNode answer = NODES.objectNode();
    ArrayNode answers = answer.putArray("answers");
    long number = firstNumber;
    for (JsonNode json : commands) {
      Command command = CommandJson.read(json, catalogue, new Texts(), timeNs);
      if (command instanceof Command.MarkPrices marks && marks.batch().timeNs(0) > timeNs) {
        timeNs = marks.batch().timeNs(0);
      }
      Outcome outcome = engine.apply(timeNs, sessionId, number++, command);
      answers
          .addObject()
          .put("accepted", outcome.isAccepted())
          .put("reason", outcome.reason().name());
    }
    tell();
    if (answersToLose > 0) {
      answersToLose--;
      throw new GatewayUnreachable("the connection broke", new IllegalStateException());
    }
    return answer;
  }

  private void tell() {
    for (RecordedEvent event : events) {
      eventCounts.merge(EventJson.typeOf(event.event()), 1, Integer::sum);
      boolean passes = LiveVenue.EVENT_FILTER.contains(EventJson.typeOf(event.event()));
      if (passes) {
        listener.accept(EventJson.write(event, catalogue));
      }
    }
    events.clear();
  }

  @Override
  public synchronized JsonNode readAccounts(List<Long> accountIds) {
    requests++;
    EngineView view = engine.view();
    ObjectNode answer = NODES.objectNode();
    ArrayNode accounts = answer.putArray("accounts");
    for (long accountId : accountIds) {
      if (view.isOpen(accountId)) {
        ObjectNode json = accounts.addObject();
        json.setAll(EventJson.write(view.explain(accountId), catalogue));
        json.put("account", Long.toString(accountId)).put("open", true);
        json.put("frozen", view.isFrozen(accountId));
        json.put("leverage", Double.toString(view.leverageE2(accountId) / 100.0));
        json.putNull("call");
        view.call(accountId)
            .ifPresent(call ->
                json.putObject("call")
                    .put("amount", Double.toString(call.amountE6() / 1e6))
                    .put("expired", call.expired()));
      }
    }
    return answer;
  }

  @Override
  public synchronized JsonNode get(String pathAndQuery) {
    requests++;
    ObjectNode answer = NODES.objectNode();
    if (pathAndQuery.startsWith("/v1/parties/")) {
      long partyId = Long.parseLong(pathAndQuery.substring("/v1/parties/".length()));
      ObjectNode wallet = answer.putObject("wallet");
      for (var asset : listing.assets()) {
        long minor = engine.view().walletMinor(partyId, asset.assetId());
        wallet.put(asset.symbol(), BigDecimal.valueOf(minor, asset.scale()).toPlainString());
      }
    } else if (pathAndQuery.equals("/v1/prices")) {
      ArrayNode prices = answer.putArray("prices");
      for (var contract : listing.contracts()) {
        long units = engine.view().markUnits(contract.instrumentId());
        prices
            .addObject()
            .put("instrument", contract.symbol())
            .put("price", BigDecimal.valueOf(units, contract.priceScale()).toPlainString());
      }
    } else if (pathAndQuery.startsWith("/v1/accounts?zone=CALL")) {
      answer.putArray("accounts");
      answer.putNull("next");
      for (long id = 1_001; engine.view().isOpen(id); id++) {
        if (engine.view().statedZone(id) == Zone.CALL) {
          answer.withArray("accounts").addObject().put("account", Long.toString(id));
        }
      }
    } else {
      throw new IllegalArgumentException(pathAndQuery);
    }
    return answer;
  }

  long fundMinor() {
    return engine.view().houseMinor(HouseAccount.INSURANCE_FUND, 0);
  }

  /// Rulebooks come as text here.
  private static final class Texts implements RulebookSource {
    @Override
    public Rulebook shipped(String name, Catalogue known) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public Rulebook yaml(String text, Catalogue known) {
      return RulebookLoader.parse("yaml", text, AssetScales.STANDARD).rulebook();
    }
  }
}
