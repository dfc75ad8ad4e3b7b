package io.evenkeel.conform.vega;

import static io.evenkeel.conform.vega.VegaLevels.ofMinor;
import static io.evenkeel.conform.vega.VegaLevels.whole;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Flows: each step is the command of a live engine that says the same.
public final class VegaFlows {
  private final JsonNode flow;
  private final FlowVenue venue;
  private final FlowExpectations expectations;
  private final Map<String, JsonNode> params = new LinkedHashMap<>();
  private int version = 1;

  private VegaFlows(JsonNode flow, Comparison comparison) {
    this.flow = flow;
    venue = new FlowVenue(flow);
    expectations = new FlowExpectations(venue, comparison);
  }

  /// Adds the families.
  public static void register(Map<String, CaseRunner> families) {
    CaseRunner runner = (it, comparison) -> new VegaFlows(it, comparison).run();
    families.put("vega/flows", runner);
    families.put("vega/flows/beyond_core", runner);
  }

  private void run() {
    int number = 0;
    for (JsonNode step : flow.path("steps")) {
      String place = "step " + number++;
      if (step.path("op").asString().equals("expect")) {
        expectations.compare(place, step);
      } else {
        try {
          apply(step);
        } catch (IllegalStateException e) {
          throw new IllegalStateException(place + ": " + e.getMessage(), e);
        }
      }
    }
    expectations.conserved();
  }

  private void apply(JsonNode step) {
    String market = step.path("market").asString("");
    switch (step.path("op").asString()) {
      case "deposit" -> deposit(step);
      case "withdraw" ->
          venue.venue.apply(
              new Command.Withdraw(
                  venue.party(step.path("party").asString()),
                  venue.asset(step.path("asset").asString()),
                  amount(step)));
      case "insurance" -> {
        if (amount(step) != 0) {
          venue.venue.apply(
              new Command.ContributeInstrumentFund(venue.market(market).id(), amount(step)));
        }
      }
      case "bond" ->
          venue.venue.apply(
              new Command.Transfer(
                  venue.bond(step.path("party").asString(), market),
                  venue.market(market).asset(),
                  amount(step),
                  Command.Direction.TO_MARGIN));
      case "auction" ->
          venue.venue.apply(
              new Command.SetPhase(
                  venue.market(market).id(),
                  step.path("active").asBoolean()
                      ? TradingPhase.AUCTION
                      : TradingPhase.CONTINUOUS));
      case "orders" -> orders(step, market);
      case "margin_check" -> marginCheck(step, market);
      case "fill" -> fill(step, market);
      case "fee" -> fee(step, market);
      case "mark" -> mark(step, "price", market);
      case "search" -> {
        if (!step.path("mark_price").isMissingNode() && !step.path("mark_price").isNull()) {
          mark(step, "mark_price", market);
        }
        reassess(names(step.path("parties")), market, true);
      }
      case "recheck" -> reassess(names(step.path("parties")), market, false);
      case "release_flat" -> reassess(List.of(step.path("party").asString()), market, false);
      case "params" -> change(step, market);
      case "funding_increment" ->
          factor(FactorKind.FUNDING_INCREMENT, market, ofMinor(step.path("per_unit").asString()));
      case "funding" -> {
        venue.venue.apply(
            new Command.ApplyFunding(
                venue.market(market).id(), ofMinor(step.path("payment").asString())));
        expectations.evaluated(venue.parties(), market);
      }
      case "settle" -> settle(step, market);
      case "close_insurance" ->
          venue.venue.apply(new Command.CloseInstrumentFund(venue.market(market).id()));
      default -> throw new UnsupportedCase("step " + step.path("op").asString());
    }
  }

  private static long amount(JsonNode step) {
    return whole(step, "amount").longValueExact();
  }

  private void deposit(JsonNode step) {
    if (amount(step) != 0) {
      venue.venue.apply(
          new Command.Deposit(
              venue.party(step.path("party").asString()),
              venue.asset(step.path("asset").asString()),
              amount(step)));
    }
  }

  private void orders(JsonNode step, String market) {
    setOrders(
        step.path("party").asString(),
        market,
        List.of(
            whole(step, "buy"),
            whole(step, "sell"),
            whole(step, "buy_notional"),
            whole(step, "sell_notional")));
  }

  private void setOrders(String party, String market, List<BigInteger> totals) {
    VegaScale scale = venue.market(market).scale();
    venue.venue.apply(
        new Command.SetOrderExposure(
            venue.account(party, market),
            venue.market(market).id(),
            totals.get(0).longValueExact(),
            totals.get(1).longValueExact(),
            scale.units(totals.get(2)),
            scale.units(totals.get(3))));
  }

  private void marginCheck(JsonNode step, String market) {
    VegaScale scale = venue.market(market).scale();
    if (step.path("auction").asBoolean(false)) {
      factor(FactorKind.AUCTION_PRICE, market, scale.price(whole(step, "auction_price")));
    }
    String party = step.path("party").asString();
    venue.venue.apply(
        new Command.SecureMargin(
            venue.account(party, market),
            venue.market(market).id(),
            scale.units(whole(step, "price"))));
    expectations.evaluated(List.of(party), market);
  }

  private void factor(FactorKind kind, String market, Decimal value) {
    venue.venue.factors(List.of(new FactorValue(kind, venue.market(market).id(), 0, value)));
  }

  /// A trade of a party with itself changes nothing but its open orders.
  private void fill(JsonNode step, String market) {
    long buyer = venue.account(step.path("buyer").asString(), market);
    long seller = venue.account(step.path("seller").asString(), market);
    if (buyer != seller) {
      venue.venue.apply(
          new Command.Fill(
              venue.market(market).id(),
              buyer,
              seller,
              whole(step, "size").longValueExact(),
              venue.market(market).scale().units(whole(step, "price")),
              0,
              0,
              false,
              false));
    }
    for (Map.Entry<String, JsonNode> left : step.path("potentials").properties()) {
      List<BigInteger> totals = new ArrayList<>();
      left.getValue().forEach(figure -> totals.add(new BigInteger(figure.asString())));
      setOrders(left.getKey(), market, totals);
    }
  }

  private void fee(JsonNode step, String market) {
    String to = step.path("to").asString();
    if (amount(step) != 0) {
      venue.venue.apply(
          new Command.ChargeFee(
              venue.account(step.path("payer").asString(), market),
              venue.market(market).asset(),
              amount(step),
              to.equals("fees") ? -1 : venue.party(to),
              venue.market(market).id()));
    }
  }

  private void mark(JsonNode step, String price, String market) {
    FlowVenue.Market it = venue.market(market);
    venue.venue.mark(it.id(), it.scale().units(whole(step, price)));
    expectations.evaluated(venue.parties(), market);
  }

  private void reassess(List<String> parties, String market, boolean mayClose) {
    List<Long> accounts = new ArrayList<>();
    for (String party : parties) {
      accounts.add(venue.account(party, market));
    }
    if (!accounts.isEmpty()) {
      venue.venue.apply(new Command.Reassess(accounts, mayClose));
    }
    expectations.evaluated(parties, market);
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(name.asString()));
    return names;
  }

  private void change(JsonNode step, String market) {
    FlowVenue.Market it = venue.market(market);
    ObjectNode changed = ((ObjectNode) params.getOrDefault(market, it.params())).deepCopy();
    step.path("set").properties().forEach(each -> changed.set(each.getKey(), each.getValue()));
    params.put(market, changed);
    version++;
    venue.enforce(it, changed, version);
  }

  /// Final settlement; then accounts that were flat before are given everything back, and bonds.
  private void settle(JsonNode step, String market) {
    FlowVenue.Market it = venue.market(market);
    venue.venue.apply(
        new Command.SettleInstrument(it.id(), it.scale().units(whole(step, "price"))));
    reassess(venue.parties(), market, false);
    for (String party : venue.parties()) {
      long bond = venue.bond(party, market);
      long held = venue.view().marginMinor(bond, it.asset());
      if (held > 0) {
        venue.venue.apply(
            new Command.Transfer(bond, it.asset(), held, Command.Direction.TO_WALLET));
      }
    }
  }
}
