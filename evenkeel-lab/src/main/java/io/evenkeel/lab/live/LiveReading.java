package io.evenkeel.lab.live;

import io.evenkeel.lab.market.Listing;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One account as the venue's API describes it, in the units that traders reckon with.
///
/// @param isActive open and not frozen
/// @param equityE6 millionths of the numeraire
/// @param initialE6 initial level, millionths
/// @param quantityUnits signed positions by instrument id
/// @param marginMinor posted collateral by asset id; negative is a debt
record LiveReading(
    boolean isActive,
    int leverageE2,
    long equityE6,
    long initialE6,
    Map<Integer, Long> quantityUnits,
    Map<Integer, Long> marginMinor,
    long readNs) {
  private static final int VALUE_SCALE = 6;
  private static final int LEVERAGE_SCALE = 2;

  /// @param account one object of `POST /v1/accounts/read`
  /// @param readNs when it was read, by [System#nanoTime()]
  static LiveReading of(JsonNode account, Listing listing, long readNs) {
    Map<Integer, Long> quantities = new HashMap<>();
    for (JsonNode line : account.path("positions")) {
      int id = listing.instrumentId(line.path("instrument").asString(""));
      if (id >= 0) {
        quantities.put(id, units(line.path("quantity"), listing.contract(id).quantityScale()));
      }
    }
    Map<Integer, Long> margins = new HashMap<>();
    for (JsonNode line : account.path("collateral")) {
      int id = listing.assetId(line.path("asset").asString(""));
      if (id >= 0) {
        margins.put(id, units(line.path("balance"), listing.asset(id).scale()));
      }
    }
    return new LiveReading(
        account.path("open").asBoolean(true) && !account.path("frozen").asBoolean(false),
        (int) units(account.path("leverage"), LEVERAGE_SCALE),
        units(account.path("equity"), VALUE_SCALE),
        units(account.path("levels").path("initial"), VALUE_SCALE),
        quantities,
        margins,
        readNs);
  }

  /// A decimal string as a whole number of units; 0 when it is missing.
  static long units(JsonNode decimal, int scale) {
    String text = decimal.asString("");
    return text.isEmpty() ? 0 : new BigDecimal(text).movePointRight(scale).longValueExact();
  }
}
