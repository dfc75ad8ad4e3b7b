package io.evenkeel.lab.live;

import io.evenkeel.client.GatewayClient;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What traders can do on a running venue; the documents are those of `docs/API.md`.
public interface VenueAccess {
  /// Submits commands in order.
  ///
  /// @param firstNumber number of the first of them in the session
  /// @param untilApplied whether to wait until readings show them
  /// @return the answer of a batch
  JsonNode submit(
      long sessionId, long firstNumber, List<? extends JsonNode> commands, boolean untilApplied);

  /// Reads accounts, at most 1000 at once.
  JsonNode readAccounts(List<Long> accountIds);

  /// Reads anything else.
  ///
  /// @param pathAndQuery e.g. `/v1/prices`
  JsonNode get(String pathAndQuery);

  /// The venue behind a gateway.
  static VenueAccess over(GatewayClient client) {
    return new VenueAccess() {
      @Override
      public JsonNode submit(
          long sessionId,
          long firstNumber,
          List<? extends JsonNode> commands,
          boolean untilApplied) {
        return client.submitBatch(sessionId, firstNumber, commands, untilApplied);
      }

      @Override
      public JsonNode readAccounts(List<Long> accountIds) {
        return client.readAccounts(accountIds);
      }

      @Override
      public JsonNode get(String pathAndQuery) {
        return client.get(pathAndQuery);
      }
    };
  }
}
