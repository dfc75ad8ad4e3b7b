package io.evenkeel.lab.live;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.population.AccountView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A venue as traders see it from outside. Accounts that are about to act are read together, in one
/// request; calls and open orders come from the event stream, so they cost none. What was read is
/// believed for a few seconds: a trader that acts on something older is refused, as in life.
final class LiveAccounts implements AccountView {
  private static final long BELIEVED_NS = 3_000_000_000L;
  private static final int MOST_AT_ONCE = 1_000;
  private static final int VALUE_SCALE = 6;

  private final VenueAccess venue;
  private final Listing listing;
  private final LiveMarket market;
  private final Map<Long, LiveReading> readings = new HashMap<>();
  private final Map<Long, Wallet> wallets = new HashMap<>();
  private final Map<Long, OpenCall> calls = new HashMap<>();
  private final Map<Long, Map<Integer, OpenOrders>> orders = new HashMap<>();
  private long requests;

  LiveAccounts(VenueAccess venue, Listing listing, LiveMarket market) {
    this.venue = venue;
    this.listing = listing;
    this.market = market;
  }

  /// @param minor by asset id
  private record Wallet(Map<Integer, Long> minor, long readNs) {}

  /// Reads accounts ahead, those that were not read just now.
  void readAhead(Collection<Long> accountIds) {
    long nowNs = System.nanoTime();
    List<Long> wanted = new ArrayList<>();
    for (Long accountId : accountIds) {
      LiveReading known = readings.get(accountId);
      if ((known == null || nowNs - known.readNs() > BELIEVED_NS) && !wanted.contains(accountId)) {
        wanted.add(accountId);
      }
    }
    for (int from = 0; from < wanted.size(); from += MOST_AT_ONCE) {
      read(wanted.subList(from, Math.min(wanted.size(), from + MOST_AT_ONCE)), nowNs);
    }
  }

  private void read(List<Long> accountIds, long nowNs) {
    requests++;
    JsonNode answer = venue.readAccounts(accountIds);
    for (JsonNode account : answer.path("accounts")) {
      long accountId = Long.parseLong(account.path("account").asString("-1"));
      readings.put(accountId, LiveReading.of(account, listing, nowNs));
      JsonNode call = account.path("call");
      if (call.isObject()) {
        calls.put(accountId, call(call));
      } else {
        calls.remove(accountId);
      }
    }
  }

  private static OpenCall call(JsonNode call) {
    return new OpenCall(
        LiveReading.units(call.path("amount"), VALUE_SCALE),
        0,
        call.path("expired").asBoolean(false));
  }

  /// Forgets what only one tick of the market could have left as it was.
  void forgetOld() {
    long nowNs = System.nanoTime();
    readings.values().removeIf(reading -> nowNs - reading.readNs() > BELIEVED_NS);
    wallets.values().removeIf(wallet -> nowNs - wallet.readNs > BELIEVED_NS);
  }

  /// Takes note of an event of the stream.
  void onEvent(JsonNode event) {
    long accountId = Long.parseLong(event.path("account").asString("-1"));
    switch (event.path("type").asString("")) {
      case "marginCallIssued", "marginCallUpdated" -> calls.put(accountId, call(event));
      case "marginCallEnded" -> calls.remove(accountId);
      case "ordersCancelled" -> orders.remove(accountId);
      case "orderExposureSet" -> onOrders(accountId, event);
      default -> {}
    }
  }

  private void onOrders(long accountId, JsonNode event) {
    int instrumentId = listing.instrumentId(event.path("instrument").asString(""));
    if (instrumentId < 0) {
      return;
    }
    int quantityScale = listing.contract(instrumentId).quantityScale();
    int notionalScale = quantityScale + listing.contract(instrumentId).priceScale();
    OpenOrders set =
        new OpenOrders(
            LiveReading.units(event.path("buyQuantity"), quantityScale),
            LiveReading.units(event.path("sellQuantity"), quantityScale),
            LiveReading.units(event.path("buyNotional"), notionalScale),
            LiveReading.units(event.path("sellNotional"), notionalScale));
    Map<Integer, OpenOrders> own = orders.computeIfAbsent(accountId, _ -> new HashMap<>());
    if (set.isEmpty()) {
      own.remove(instrumentId);
    } else {
      own.put(instrumentId, set);
    }
    if (own.isEmpty()) {
      orders.remove(accountId);
    }
  }

  /// Takes note that the trader's order was filled, whole.
  void onOrderFilled(long accountId, int instrumentId) {
    Map<Integer, OpenOrders> own = orders.get(accountId);
    if (own != null) {
      own.remove(instrumentId);
    }
  }

  /// Requests made so far.
  long requests() {
    return requests;
  }

  private @Nullable LiveReading reading(long accountId) {
    if (!readings.containsKey(accountId)) {
      read(List.of(accountId), System.nanoTime());
    }
    return readings.get(accountId);
  }

  @Override
  public boolean isActive(long accountId) {
    LiveReading known = readings.get(accountId);
    return known == null || known.isActive();
  }

  @Override
  public long positionUnits(long accountId, int instrumentId) {
    LiveReading reading = reading(accountId);
    return reading == null ? 0 : reading.quantityUnits().getOrDefault(instrumentId, 0L);
  }

  /// Traders never ask for it, and the API shows it in money.
  @Override
  public long costTicks(long accountId, int instrumentId) {
    throw new UnsupportedOperationException("the cost of a position is not read from afar");
  }

  @Override
  public OpenOrders openOrders(long accountId, int instrumentId) {
    Map<Integer, OpenOrders> own = orders.get(accountId);
    return own == null ? OpenOrders.NONE : own.getOrDefault(instrumentId, OpenOrders.NONE);
  }

  @Override
  public long marginMinor(long accountId, int assetId) {
    LiveReading reading = reading(accountId);
    return reading == null ? 0 : reading.marginMinor().getOrDefault(assetId, 0L);
  }

  @Override
  public long walletMinor(long partyId, int assetId) {
    Wallet wallet = wallets.get(partyId);
    if (wallet == null) {
      requests++;
      JsonNode party = venue.get("/v1/parties/" + partyId);
      Map<Integer, Long> minor = new HashMap<>();
      for (Map.Entry<String, JsonNode> held : party.path("wallet").properties()) {
        int id = listing.assetId(held.getKey());
        if (id >= 0) {
          minor.put(id, LiveReading.units(held.getValue(), listing.asset(id).scale()));
        }
      }
      wallet = new Wallet(minor, System.nanoTime());
      wallets.put(partyId, wallet);
    }
    return wallet.minor.getOrDefault(assetId, 0L);
  }

  /// Traders never ask for it.
  @Override
  public long insuranceMinor(int assetId) {
    throw new UnsupportedOperationException("the insurance fund is not read from afar");
  }

  @Override
  public int leverageE2(long accountId) {
    LiveReading reading = reading(accountId);
    return reading == null ? 0 : reading.leverageE2();
  }

  @Override
  public long equityE6(long accountId) {
    LiveReading reading = reading(accountId);
    return reading == null ? 0 : reading.equityE6();
  }

  @Override
  public long initialE6(long accountId) {
    LiveReading reading = reading(accountId);
    return reading == null ? 0 : reading.initialE6();
  }

  @Override
  public @Nullable OpenCall call(long accountId) {
    return calls.get(accountId);
  }

  @Override
  public long markUnits(int instrumentId) {
    return market.markUnits(instrumentId);
  }
}
