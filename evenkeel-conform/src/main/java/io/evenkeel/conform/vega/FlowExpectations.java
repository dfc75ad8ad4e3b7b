package io.evenkeel.conform.vega;

import static io.evenkeel.conform.vega.VegaLevels.whole;

import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.EngineView;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.event.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Compares what a flow states at a moment with the engine's state and events. Margin levels are
/// those of the last time an account was evaluated, as the venue states them.
final class FlowExpectations {
  private final FlowVenue venue;
  private final Comparison comparison;
  private final Map<Long, MarginLevels> stated = new LinkedHashMap<>();
  private int transfersSeen;

  FlowExpectations(FlowVenue venue, Comparison comparison) {
    this.venue = venue;
    this.comparison = comparison;
  }

  /// Takes note of the levels of accounts that the last command evaluated.
  void evaluated(List<String> parties, String market) {
    EngineView view = venue.view();
    for (String party : parties) {
      long account = venue.account(party, market);
      stated.put(account, view.assess(account).levels());
    }
  }

  void compare(String place, JsonNode step) {
    step.path("balances").forEach(it -> balance(place, it));
    step.path("positions").forEach(it -> position(place, it));
    step.path("levels").forEach(it -> levels(place, it));
    step.path("mark_prices").forEach(it -> markPrice(place, it));
    if (step.has("transfers")) {
      List<Event> since = venue.venue.events().subList(transfersSeen, venue.venue.events().size());
      step.path("transfers").forEach(it -> transfer(place, it, since));
      transfersSeen = venue.venue.events().size();
    }
  }

  /// Nothing was made or lost on the way.
  void conserved() {
    comparison.same("conservation", "[]", venue.view().conservationBreaches().toString());
  }

  private void balance(String place, JsonNode it) {
    String party = it.path("party").asString("");
    String market = it.path("market").asString("");
    EngineView view = venue.view();
    String kind = it.path("account").asString();
    long actual =
        switch (kind) {
          case "general" ->
              view.walletMinor(venue.party(party), venue.asset(it.path("asset").asString()));
          case "margin" ->
              view.marginMinor(venue.account(party, market), venue.market(market).asset());
          case "bond" -> view.marginMinor(venue.bond(party, market), venue.market(market).asset());
          case "insurance" -> view.instrumentFundMinor(venue.market(market).id());
          case "settlement" ->
              view.houseMinor(HouseAccount.SETTLEMENT, venue.market(market).asset());
          case "global_insurance" ->
              view.houseMinor(
                  HouseAccount.INSURANCE_FUND, venue.asset(it.path("asset").asString()));
          default -> throw new IllegalArgumentException("no account " + kind);
        };
    comparison.exact(
        place + " " + kind + " " + party + " " + market,
        whole(it, "amount").longValueExact(),
        actual);
  }

  private void position(String place, JsonNode it) {
    String party = it.path("party").asString();
    String market = it.path("market").asString();
    comparison.exact(
        place + " position " + party + " " + market,
        whole(it, "size").longValueExact(),
        venue.view().quantityUnits(venue.account(party, market), venue.market(market).id()));
  }

  private void levels(String place, JsonNode it) {
    String party = it.path("party").asString();
    String market = it.path("market").asString();
    long account = venue.account(party, market);
    MarginLevels levels = stated.get(account);
    MarginLevels actual = levels != null ? levels : venue.view().assess(account).levels();
    level(place, it, "maintenance", actual.maintenanceE6());
    level(place, it, "search", actual.searchE6());
    level(place, it, "initial", actual.initialE6());
    level(place, it, "release", actual.releaseE6());
  }

  private void level(String place, JsonNode it, String name, long actual) {
    if (it.has(name)) {
      comparison.exact(
          place + " " + name + " " + it.path("party").asString(),
          whole(it, name).longValueExact(),
          actual);
    }
  }

  private void markPrice(String place, JsonNode it) {
    FlowVenue.Market market = venue.market(it.path("market").asString());
    comparison.exact(
        place + " mark price " + market.name(),
        market.scale().units(whole(it, "price")),
        venue.view().markUnits(market.id()));
  }

  private void transfer(String place, JsonNode it, List<Event> since) {
    String market = it.path("market").asString("");
    String from = name(it.path("from").asString(), it.path("from_account").asString(), market);
    String to = name(it.path("to").asString(), it.path("to_account").asString(), market);
    long amount = whole(it, "amount").longValueExact();
    String wanted = from + " -> " + to + " " + amount;
    String found = "none";
    for (Event event : since) {
      if (event instanceof Event.MoneyMoved moved
          && moved.amountMinor() == amount
          && name(moved.from()).equals(from)
          && name(moved.to()).equals(to)) {
        found = wanted;
      }
    }
    comparison.same(place + " transfer", wanted, found);
  }

  /// An account as the case names it, in the words of the ledger.
  private String name(String party, String account, String market) {
    return switch (account) {
      case "general" -> name(new LedgerAccount.Wallet(venue.party(party)));
      case "margin" -> name(new LedgerAccount.Margin(venue.account(party, market)));
      case "bond" -> name(new LedgerAccount.Margin(venue.bond(party, market)));
      case "settlement" -> name(new LedgerAccount.House(HouseAccount.SETTLEMENT));
      case "insurance" -> name(new LedgerAccount.InstrumentFund(venue.market(market).id()));
      case "global_insurance" -> name(new LedgerAccount.House(HouseAccount.INSURANCE_FUND));
      default -> throw new IllegalArgumentException("no account " + account);
    };
  }

  private static String name(LedgerAccount account) {
    return account.toString();
  }
}
