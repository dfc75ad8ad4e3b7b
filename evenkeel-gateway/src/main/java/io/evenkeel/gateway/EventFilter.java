package io.evenkeel.gateway;

import io.evenkeel.model.event.Event;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.json.EventJson;
import io.evenkeel.wire.words.EventWords;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which events somebody wants to hear of.
///
/// @param types names of types; empty means all
/// @param accounts numbers of accounts; empty means all, and those that concern none
/// @param decisions whether only what the venue decided
record EventFilter(Set<String> types, Set<Long> accounts, boolean decisions) {
  private static final int MOST_ACCOUNTS = 1_000;
  private static final Set<String> TYPES = Set.copyOf(EventJson.TYPES);

  /// The parameters that make a filter.
  static final Set<String> PARAMETERS = Set.of("type", "account", "decisions");

  /// Reads the parameters of a query.
  ///
  /// @throws RequestRefused naming the parameter that is none
  static EventFilter of(Map<String, String> query) {
    Set<String> types = new HashSet<>();
    String typeList = query.get("type");
    if (typeList != null) {
      for (String type : typeList.split(",", -1)) {
        if (!TYPES.contains(type)) {
          throw Exchange.invalid(
              "type", "must list types of events, as in /openapi.json, with commas between", type);
        }
        types.add(type);
      }
    }
    Set<Long> accounts = new HashSet<>();
    String accountList = query.get("account");
    if (accountList != null) {
      for (String account : accountList.split(",", -1)) {
        if (!account.matches("[0-9]{1,18}") || accounts.size() == MOST_ACCOUNTS) {
          throw Exchange.invalid(
              "account",
              "must list at most " + MOST_ACCOUNTS + " numbers with commas between",
              account);
        }
        accounts.add(Long.parseLong(account));
      }
    }
    String decisions = query.getOrDefault("decisions", "false");
    if (!decisions.equals("true") && !decisions.equals("false")) {
      throw Exchange.invalid("decisions", "must be true or false", decisions);
    }
    return new EventFilter(types, accounts, decisions.equals("true"));
  }

  boolean passes(RecordedEvent recorded) {
    Event event = recorded.event();
    return (!decisions || EventWords.isDecision(event))
        && (types.isEmpty() || types.contains(EventJson.typeOf(event)))
        && (accounts.isEmpty() || concernsAny(event));
  }

  private boolean concernsAny(Event event) {
    for (long account : EventJson.accountsOf(event)) {
      if (accounts.contains(account)) {
        return true;
      }
    }
    return false;
  }
}
