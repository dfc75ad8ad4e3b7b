package io.evenkeel.gateway;

import io.evenkeel.gateway.ReaderDesk.Reading;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.reader.AccountLine;
import io.evenkeel.reader.AccountReading;
import io.evenkeel.reader.PartyReading;
import io.evenkeel.reader.Venue;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.json.JsonFields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Accounts and parties as they are now.
final class AccountReadings {
  private static final int LARGEST_PAGE = 1_000;
  private static final int LARGEST_RANKING = 100;
  private static final int MOST_AT_ONCE = 1_000;
  private static final int LEVERAGE_SCALE = 2;
  private static final int SHARE_SCALE = 18;
  private static final List<String> ZONES = Arrays.stream(Zone.values()).map(Zone::name).toList();

  private final ReaderDesk desk;

  AccountReadings(ReaderDesk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/accounts", this::list, "zone", "from", "limit", "order", "atLeast"),
        Route.get("/v1/accounts/{id}", this::one, "atLeast"),
        Route.post("/v1/accounts/read", this::several, "atLeast"),
        Route.get("/v1/parties/{id}", this::party, "atLeast"));
  }

  private Reply list(Exchange exchange) throws InterruptedException {
    if (exchange.word("order", List.of("closest")).isPresent()) {
      return closest(exchange);
    }
    Optional<Zone> zone = exchange.word("zone", ZONES).map(Zone::valueOf);
    int from = (int) exchange.number("from", 0, 0, Integer.MAX_VALUE);
    int limit = (int) exchange.number("limit", LARGEST_RANKING, 1, LARGEST_PAGE);
    Reading<Venue.AccountPage> reading =
        desk.read(exchange, venue -> venue.accounts(zone.orElse(null), from, limit));
    ObjectNode json = reading.begin();
    lines(json, reading.value().lines());
    int next = reading.value().nextIndex();
    Json.putOrNull(json, "next", next >= 0, Integer.toString(next));
    return Reply.json(json);
  }

  private Reply closest(Exchange exchange) throws InterruptedException {
    for (String other : List.of("zone", "from")) {
      if (exchange.parameter(other).isPresent()) {
        throw Problem.invalid(
                "INVALID_PARAMETER",
                "query parameter '" + other + "' does not go with order=closest")
            .refused();
      }
    }
    int limit = (int) exchange.number("limit", 20, 1, LARGEST_RANKING);
    Reading<Venue.Ranking> reading =
        desk.read(exchange, venue -> venue.closestToLiquidation(limit));
    ObjectNode json = reading.begin();
    long rankedNs = reading.value().engineTimeNs();
    Json.putOrNull(json, "rankedTime", rankedNs != 0, Json.time(rankedNs));
    lines(json, reading.value().lines());
    return Reply.json(json);
  }

  private static void lines(ObjectNode reading, List<AccountLine> lines) {
    ArrayNode array = reading.putArray("accounts");
    for (AccountLine line : lines) {
      ObjectNode json = array.addObject();
      json.put("account", Json.number(line.accountId()));
      json.put("party", Json.number(line.partyId()));
      json.setAll(EventJson.write(line.assessment()));
      json.put("zone", line.zone().name());
      json.put("hasCall", line.hasCall());
    }
  }

  private Reply one(Exchange exchange) throws InterruptedException {
    long accountId = exchange.pathNumber("id");
    Reading<Optional<AccountReading>> reading =
        desk.read(exchange, venue -> venue.account(accountId));
    AccountReading account =
        reading
            .value()
            .orElseThrow(() ->
                Problem.notFound("UNKNOWN_ACCOUNT", "account " + accountId + " was never opened")
                    .refused());
    ObjectNode json = reading.begin();
    return Reply.json(json.setAll(account(account, reading.catalogue())));
  }

  private Reply several(Exchange exchange) throws InterruptedException {
    JsonFields fields = JsonFields.of(CommandJson.parse(exchange.body()));
    List<Long> ids = fields.identifiers("accounts");
    fields.end();
    if (ids.size() > MOST_AT_ONCE) {
      throw fields.invalid("accounts", "at most " + MOST_AT_ONCE + " at once");
    }
    Reading<List<Optional<AccountReading>>> reading =
        desk.read(exchange, venue -> ids.stream().map(venue::account).toList());
    ObjectNode json = reading.begin();
    ArrayNode known = json.putArray("accounts");
    ArrayNode missing = json.putArray("missing");
    for (int i = 0; i < ids.size(); i++) {
      Optional<AccountReading> account = reading.value().get(i);
      if (account.isPresent()) {
        known.add(account(account.get(), reading.catalogue()));
      } else {
        missing.add(Json.number(ids.get(i)));
      }
    }
    return Reply.json(json);
  }

  private static ObjectNode account(AccountReading account, Catalogue catalogue) {
    ObjectNode json = Json.object();
    json.put("account", Json.number(account.accountId()));
    json.put("party", Json.number(account.partyId()));
    json.put("role", account.role().name());
    json.put("mode", account.mode().name());
    Instrument isolated = catalogue.instrument(account.isolatedInstrumentId());
    Json.putOrNull(json, "instrument", isolated != null, isolated == null ? "" : isolated.symbol());
    if (account.positionMode() == PositionMode.HEDGE) {
      json.put("positionMode", account.positionMode().name());
    }
    json.put("leverage", new Decimal(account.leverageE2(), LEVERAGE_SCALE).toString());
    json.put("open", account.isOpen());
    json.put("frozen", account.isFrozen());
    json.setAll(EventJson.write(account.evidence(), catalogue));
    json.remove("trigger"); // nothing set this weighing going but the question
    json.put("zone", account.zone().name());
    json.put("statedZone", account.statedZone().name());
    AccountReading.Call call = account.call();
    if (call == null) {
      json.putNull("call");
    } else {
      ObjectNode stated = json.putObject("call");
      stated.put("call", Json.number(call.callId()));
      stated.put("amount", Json.value(call.amountE6()));
      stated.put("deadline", Json.time(call.deadlineNs()));
      stated.put("expired", call.isExpired());
    }
    AccountReading.Auction auction = account.auction();
    if (auction != null) {
      ObjectNode offered = json.putObject("auction");
      offered.put("insolvent", auction.isInsolvent());
      offered.put("worth", Json.value(auction.worthE6()));
      offered.put("reserved", Json.value(auction.reservedE6()));
      offered.put("price", Json.value(auction.priceE6()));
      offered.put("largestShare", new Decimal(auction.largestShareE18(), SHARE_SCALE).toString());
    }
    ArrayNode decisions = json.putArray("recentDecisions");
    for (RecordedEvent event : account.recentDecisions()) {
      decisions.add(EventJson.write(event, catalogue));
    }
    return json;
  }

  private Reply party(Exchange exchange) throws InterruptedException {
    long partyId = exchange.pathNumber("id");
    Reading<Optional<PartyReading>> reading = desk.read(exchange, venue -> venue.party(partyId));
    PartyReading party =
        reading
            .value()
            .orElseThrow(() ->
                Problem.notFound("UNKNOWN_PARTY", "party " + partyId + " is not known").refused());
    ObjectNode json = reading.begin();
    json.put("party", Json.number(party.partyId()));
    json.put("siblingTopUp", party.siblingTopUp());
    json.set("wallet", VenueReadings.amounts(party.walletMinor(), reading.catalogue()));
    ArrayNode accounts = json.putArray("accounts");
    party.accountIds().forEach(id -> accounts.add(Json.number(id)));
    return Reply.json(json);
  }
}
