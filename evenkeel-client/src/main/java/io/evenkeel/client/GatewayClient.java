package io.evenkeel.client;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.json.CommandJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A gateway, as other programs talk to it over HTTP: each method is one request and gives the
/// document it is answered with. The shapes are those of `docs/API.md`. Thread-safe; requests of
/// several threads run side by side.
///
/// Every method throws [GatewayRefusal] when the gateway answers with a problem, and
/// [GatewayUnreachable] when nothing listens at the address or the connection breaks.
public final class GatewayClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final URI address;
  private final String root;
  private final Duration answerTimeout;
  private final HttpClient http;

  private GatewayClient(URI address, Duration answerTimeout) {
    this.address = address;
    String text = address.toString();
    this.root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.answerTimeout = answerTimeout;
    // a gateway speaks HTTP/1.1; asking for more would only add an upgrade to the first request
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /// A client of the gateway at an address; nothing is sent yet.
  ///
  /// @param address e.g. `http://127.0.0.1:8642`; a path is kept
  /// @throws IllegalArgumentException when it is no http or https address
  public static GatewayClient of(URI address) {
    return of(address, ANSWER_TIMEOUT);
  }

  /// The same with another patience.
  ///
  /// @param answerTimeout how long one answer may take before the gateway counts as unreachable
  public static GatewayClient of(URI address, Duration answerTimeout) {
    String scheme = address.getScheme() == null ? "" : address.getScheme();
    boolean isHttp = List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT));
    if (!isHttp || address.getHost() == null || address.getQuery() != null) {
      throw new IllegalArgumentException(
          "'%s' is no address of a gateway; write one such as http://127.0.0.1:8642"
              .formatted(address));
    }
    return new GatewayClient(address, answerTimeout);
  }

  /// The address it was made with.
  public URI address() {
    return address;
  }

  /// `POST /v1/commands`.
  ///
  /// @param command with its session and number, if it has any
  /// @param untilApplied whether to wait until readings show it
  public JsonNode submit(JsonNode command, boolean untilApplied) {
    return post("/v1/commands" + waiting(untilApplied), command);
  }

  /// The same of a command without session and number. Not for rulebooks, which are read by the
  /// gateway: submit `{"type": "defineRulebook", "yaml": ...}`.
  ///
  /// @param catalogue gives symbols and scales
  public JsonNode submit(Command command, Catalogue catalogue, boolean untilApplied) {
    return submit(CommandJson.write(command, catalogue), untilApplied);
  }

  /// `POST /v1/commands/batch`.
  ///
  /// @param sessionId 0 for none: a repetition is then done again
  /// @param firstNumber number of the first command in that session
  /// @param untilApplied whether to wait until readings show them
  public JsonNode submitBatch(
      long sessionId, long firstNumber, List<? extends JsonNode> commands, boolean untilApplied) {
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    if (sessionId != 0) {
      batch.put("session", Long.toString(sessionId));
      batch.put("firstNumber", Long.toString(firstNumber));
    }
    ArrayNode list = batch.putArray("commands");
    commands.forEach(list::add);
    return post("/v1/commands/batch" + waiting(untilApplied), batch);
  }

  /// `POST /v1/marks`.
  ///
  /// @param marks a list of marks, which are one batch
  public JsonNode marks(ArrayNode marks) {
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    batch.set("marks", marks);
    return post("/v1/marks", batch);
  }

  /// `GET /v1/status`.
  public JsonNode status() {
    return get("/v1/status");
  }

  /// `GET /v1/venue`.
  public JsonNode venue() {
    return get("/v1/venue");
  }

  /// `GET /v1/prices`.
  public JsonNode prices() {
    return get("/v1/prices");
  }

  /// `GET /v1/accounts/{id}`.
  public JsonNode account(long accountId) {
    return get("/v1/accounts/" + accountId);
  }

  /// `POST /v1/accounts/read`.
  ///
  /// @param accountIds at most 1000
  public JsonNode readAccounts(List<Long> accountIds) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    ArrayNode accounts = wanted.putArray("accounts");
    accountIds.forEach(accountId -> accounts.add(Long.toString(accountId)));
    return post("/v1/accounts/read", wanted);
  }

  /// `GET /v1/events`: recorded events and, as `next`, where to go on.
  ///
  /// @param fromEventNumber from 1
  /// @param limit at most 1000
  public JsonNode events(long fromEventNumber, int limit) {
    return get("/v1/events?from=" + fromEventNumber + "&limit=" + limit);
  }

  /// `GET /v1/rulebooks/{id}/preview`: what the version that waits would bring.
  ///
  /// @param limit most accounts to list, at most 1000
  public JsonNode previewRulebook(int rulebookId, int limit) {
    return get("/v1/rulebooks/%d/preview?limit=%d".formatted(rulebookId, limit));
  }

  /// `POST /v1/rulebooks/{id}/preview`: what a version that was not submitted would bring.
  ///
  /// @param yaml the rulebook's text
  /// @param limit most accounts to list, at most 1000
  public JsonNode previewRulebook(int rulebookId, String yaml, int limit) {
    return send(
        request("/v1/rulebooks/%d/preview?limit=%d".formatted(rulebookId, limit))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(yaml))
            .build());
  }

  /// `POST /v1/snapshot`.
  public JsonNode snapshot() {
    return send(request("/v1/snapshot").POST(BodyPublishers.noBody()).build());
  }

  /// `GET` of a path, e.g. `/v1/status` or `/v1/events?from=7`.
  public JsonNode get(String pathAndQuery) {
    return send(request(pathAndQuery).GET().build());
  }

  /// `POST` of a document to a path.
  public JsonNode post(String pathAndQuery, JsonNode document) {
    return send(
        request(pathAndQuery)
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofString(document.toString()))
            .build());
  }

  /// The events from a number on, as they come. Reconnects by itself. The first connection is begun
  /// at once.
  ///
  /// @param fromEventNumber from 1; 0 for from now on
  /// @param filter query of the stream, e.g. `decisions=true&account=7`; empty for every event
  public EventStream stream(long fromEventNumber, String filter) {
    return new EventStream(this, fromEventNumber, filter);
  }

  /// Ends what is under way. Streams of this client cannot connect any more; close them first.
  @Override
  public void close() {
    http.shutdownNow();
  }

  HttpClient http() {
    return http;
  }

  /// Address of a WebSocket of the gateway.
  URI webSocket(String pathAndQuery) {
    return URI.create("ws" + root.substring("http".length()) + pathAndQuery);
  }

  private static String waiting(boolean untilApplied) {
    return untilApplied ? "?wait=applied" : "";
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(root + pathAndQuery))
        .timeout(answerTimeout)
        .header("Accept", JSON + ", application/problem+json");
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return Replies.read(response, root);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayUnreachable("interrupted while waiting for an answer from " + root, e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// What a failed request or connection means, in one line.
  GatewayUnreachable unreachable(IOException e) {
    String message;
    if (e instanceof HttpConnectTimeoutException) {
      message = "nothing answers at %s within %s s".formatted(root, CONNECT_TIMEOUT.toSeconds());
    } else if (e instanceof HttpTimeoutException) {
      message =
          "no answer from %s within %s ms; what was sent may have been done all the same"
              .formatted(root, answerTimeout.toMillis());
    } else if (e instanceof ConnectException
        && e.getCause() instanceof ConnectException cause
        && cause.getCause() instanceof UnresolvedAddressException) {
      message = "there is no host named %s".formatted(address.getHost());
    } else if (e instanceof ConnectException) {
      message =
          "nothing listens at %s; start a node with 'evenkeel serve' or 'evenkeel demo', or give its address"
              .formatted(root);
    } else {
      message =
          "the connection to %s broke (%s); what was sent may have been done all the same"
              .formatted(root, e.getMessage());
    }
    return new GatewayUnreachable(message, e);
  }
}
