package io.evenkeel.cli;

import io.evenkeel.portfolio.OpeningBook;
import io.evenkeel.portfolio.Reconciliation;
import io.evenkeel.portfolio.Reconciliation.AccountLine;
import io.evenkeel.portfolio.Reconciliation.AssetLine;
import io.evenkeel.portfolio.Reconciliation.Comparison;
import io.evenkeel.portfolio.Reconciliation.InstrumentLine;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A reconciliation as JSON; numbers are text, so that they stay exact.
final class ReconciliationJson {
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private ReconciliationJson() {}

  static ObjectNode of(Path file, OpeningBook book, Reconciliation result) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("book", file.toString());
    long timeNs = book.market().timeNs();
    root.put(
        "time", Instant.ofEpochSecond(timeNs / NS_PER_SECOND, timeNs % NS_PER_SECOND).toString());
    ArrayNode rulebooks = root.putArray("rulebooks");
    result.rulebooks().forEach(rulebooks::add);
    root.putObject("tolerance")
        .put("absolute", book.tolerance().absolute().toString())
        .put("relative", book.tolerance().relative().toString());
    ArrayNode accounts = root.putArray("accounts");
    result.accounts().forEach(it -> accounts.add(account(it)));
    ArrayNode instruments = root.putArray("instruments");
    result.instruments().forEach(it -> instruments.add(instrument(it)));
    ArrayNode assets = root.putArray("assets");
    result.assets().forEach(it -> assets.add(asset(it)));
    ArrayNode breaches = root.putArray("notConserved");
    result.breaches().forEach(breaches::add);
    root.put("compared", result.compared());
    root.put("beyond", result.beyond());
    return root;
  }

  private static ObjectNode account(AccountLine it) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("account", it.account());
    json.put("number", Long.toString(it.number()));
    json.put("party", it.party());
    json.put("rulebook", it.rulebook());
    json.put("zone", it.zone().name());
    ArrayNode figures = json.putArray("figures");
    it.figures()
        .forEach(line -> {
          ObjectNode figure = figures.addObject().put("figure", line.figure().label());
          compare(figure, line.comparison());
        });
    return json;
  }

  private static ObjectNode instrument(InstrumentLine it) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("instrument", it.instrument());
    put(json, "long", it.longs());
    put(json, "short", it.shorts());
    put(json, "net", it.net());
    put(json, "byHouse", it.byHouse());
    put(json, "unexplained", it.unexplained());
    json.put("within", it.unexplained().signum() == 0);
    return json;
  }

  private static ObjectNode asset(AssetLine it) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("asset", it.asset());
    put(json, "margin", it.margin());
    put(json, "wallets", it.wallets());
    put(json, "clearing", it.clearing());
    put(json, "insurance", it.insurance());
    compare(json, it.total());
    return json;
  }

  private static void compare(ObjectNode json, Comparison it) {
    put(json, "ours", it.ours());
    put(json, "theirs", it.theirs());
    put(json, "difference", it.difference());
    put(json, "relative", it.relative());
    json.put("within", it.within());
  }

  private static void put(ObjectNode json, String name, @Nullable BigDecimal value) {
    if (value == null) {
      json.putNull(name);
    } else {
      json.put(name, value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }
  }
}
