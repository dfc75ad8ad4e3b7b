package io.evenkeel.gateway;

import io.evenkeel.wire.json.InvalidJson;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The one door for requests: finds the route, checks what holds for all of them, and turns
/// whatever happens into an answer.
final class Dispatcher implements Handler {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());
  private static final int REQUESTS_AT_A_TIME = 256;
  private static final int FEEDS_AT_A_TIME = 32;
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

  /// How much of a body that was refused is still taken in, so that a client that sends before it
  /// listens gets to see the refusal.
  private static final long DRAINED_BYTES = 64L << 20;

  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

  /// What keeps browsers from doing more with an answer than was meant.
  private static final List<Map.Entry<HeaderName, String>> SAFETY =
      List.of(
          Map.entry(HeaderNames.create("X-Content-Type-Options"), "nosniff"),
          Map.entry(HeaderNames.create("Referrer-Policy"), "no-referrer"),
          Map.entry(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin"));

  private final List<Route> routes;
  private final PageFiles page;
  private final Origins origins;
  private final Bodies bodies;
  private final Watch watch;
  private final GatewayMetrics metrics;
  private final Semaphore requests = new Semaphore(REQUESTS_AT_A_TIME);
  private final Semaphore feeds = new Semaphore(FEEDS_AT_A_TIME);

  Dispatcher(
      List<Route> routes,
      PageFiles page,
      Origins origins,
      Bodies bodies,
      Watch watch,
      GatewayMetrics metrics) {
    this.routes = List.copyOf(routes);
    this.page = page;
    this.origins = origins;
    this.bodies = bodies;
    this.watch = watch;
    this.metrics = metrics;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    try {
      handleInTurn(request, response);
    } catch (UncheckedIOException e) {
      // nobody to tell, and nothing to log: clients may go away whenever they like
      throw new CloseConnectionException("the client has gone", e);
    }
  }

  private void handleInTurn(ServerRequest request, ServerResponse response) {
    boolean isFeed = isFeed(request);
    Semaphore places = isFeed ? feeds : requests;
    if (!places.tryAcquire()) {
      send(request, response, Reply.problem(tooMany().closing()));
      return;
    }
    try {
      if (isFeed) {
        send(request, response, answer(request));
        return;
      }
      try (Watch.Deadline deadline = watch.within(LONGEST_REQUEST)) {
        Reply reply = answer(request);
        if (deadline.hasPassed()) {
          throw new CloseConnectionException("the request took too long");
        }
        send(request, response, reply);
      }
    } finally {
      places.release();
    }
  }

  private boolean isFeed(ServerRequest request) {
    return request.path().path().equals(MarkFeed.PATH)
        && MediaTypes.ofBody(request).orElse("").equals(MediaTypes.LINES);
  }

  private static Problem tooMany() {
    return Problem.busy(
        "at most "
            + REQUESTS_AT_A_TIME
            + " requests and "
            + FEEDS_AT_A_TIME
            + " feeds are served at a time; come again");
  }

  private Reply answer(ServerRequest request) {
    try {
      return serve(request);
    } catch (RequestRefused e) {
      return Reply.problem(e.problem());
    } catch (InvalidJson e) {
      return Reply.problem(Problem.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.problem(
          Problem.unavailable("STOPPING", "the gateway is stopping; ask again later").closing());
    } catch (DataReader.InsufficientDataAvailableException e) {
      return Reply.problem(Bodies.cutShort(0, -1).problem());
    } catch (BadRequestException e) {
      return Reply.problem(
          Problem.invalid("BAD_REQUEST", Texts.clean(String.valueOf(e.getMessage()))).closing());
    } catch (CloseConnectionException | UncheckedIOException e) {
      throw e; // the connection is gone: nobody hears an answer
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a request failed: " + request.prologue(), e);
      return Reply.problem(
          Problem.of(
                  500,
                  "INTERNAL_ERROR",
                  "The gateway failed",
                  "this is a fault of the gateway, which logged it; whether a command was done can"
                      + " be asked under its session and number")
              .closing());
    }
  }

  private Reply serve(ServerRequest request) throws InterruptedException {
    if (!Bodies.isWellFramed(request)) {
      throw Bodies.badlyFramed();
    }
    String method = request.prologue().method().text();
    String asked = method.equals("HEAD") ? "GET" : method;
    String path = request.path().path();
    SortedSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> parameters = route.match(path);
      if (parameters != null && route.method().equals(asked)) {
        origins.objection(request.headers(), route.isChange()).ifPresent(Dispatcher::refuse);
        return operate(route, request, parameters);
      }
      if (parameters != null) {
        allowed.add(route.method());
      }
    }
    origins.objection(request.headers(), false).ifPresent(Dispatcher::refuse);
    if (!allowed.isEmpty()) {
      return notAllowed(asked, path, allowed);
    }
    Optional<Reply> file = asked.equals("GET") ? page.find(path, request) : Optional.empty();
    return file.orElseThrow(() ->
        Problem.notFound(
                "UNKNOWN_ROUTE", "there is nothing at " + Texts.clean(path) + "; see /openapi.json")
            .closing()
            .refused());
  }

  private static void refuse(Problem problem) {
    throw problem.closing().refused();
  }

  private static Reply notAllowed(String method, String path, SortedSet<String> allowed) {
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    String list = String.join(", ", allowed);
    return Reply.problem(
            Problem.of(
                    405,
                    "METHOD_NOT_ALLOWED",
                    "This cannot be done there",
                    Texts.clean(method)
                        + " does not work on "
                        + Texts.clean(path)
                        + "; use "
                        + list)
                .closing())
        .with(Map.of("Allow", list));
  }

  private Reply operate(Route route, ServerRequest request, Map<String, String> parameters)
      throws InterruptedException {
    if (!MediaTypes.accepts(request, route.produces())
        && !MediaTypes.accepts(request, Problem.MEDIA_TYPE)) {
      throw Problem.of(
              406,
              "NOT_ACCEPTABLE",
              "There is no such form of this",
              "the answer is " + route.produces() + "; let Accept have it or */*")
          .closing()
          .refused();
    }
    Map<String, String> query = query(route, request);
    if (route.isChange()) {
      MediaTypes.checkBody(request, route.consumes());
    }
    if (route.consumes().isEmpty() && request.content().hasEntity()) {
      throw Problem.invalid("UNEXPECTED_BODY", "this takes no body").closing().refused();
    }
    if (!isFeed(request)) {
      bodies.checkLength(request);
    }
    long startNs = System.nanoTime();
    try {
      return route.operation().answer(new Exchange(request, parameters, query, bodies));
    } finally {
      metrics.served(route, System.nanoTime() - startNs);
    }
  }

  private static Map<String, String> query(Route route, ServerRequest request) {
    Map<String, String> query = new HashMap<>();
    for (String name : request.query().names()) {
      if (!route.query().contains(name)) {
        String known =
            route.query().isEmpty() ? "none" : String.join(", ", new TreeSet<>(route.query()));
        throw Problem.invalid(
                "UNKNOWN_PARAMETER",
                "there is no query parameter '" + Texts.clean(name) + "' here; known: " + known)
            .with(more -> more.put("parameter", Texts.clean(name)))
            .refused();
      }
      List<String> values = request.query().all(name);
      if (values.size() != 1) {
        throw Exchange.invalid(name, "must be given once with a value", String.join("&", values));
      }
      query.put(name, values.getFirst());
    }
    return query;
  }

  private void send(ServerRequest request, ServerResponse response, Reply reply) {
    response.status(Status.create(reply.status()));
    response.header(HeaderNames.CONTENT_TYPE, reply.mediaType());
    SAFETY.forEach(header -> response.header(header.getKey(), header.getValue()));
    if (!reply.headers().containsKey("Cache-Control")) {
      response.header(HeaderNames.CACHE_CONTROL, "no-store");
    }
    reply.headers().forEach(response::header);
    boolean isEndKnown = Bodies.isWellFramed(request);
    if (reply.closes() && (!isEndKnown || request.content().hasEntity())) {
      // before the answer: sending it makes the library forget the body
      isEndKnown = isEndKnown && drain(request);
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    if (reply.status() == 304) {
      response.send();
    } else if (request.prologue().method().text().equals("HEAD")) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
      response.send();
    } else {
      response.send(reply.body());
    }
    if (!isEndKnown) {
      throw new CloseConnectionException("what follows on the connection may be no request");
    }
    if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)
        || request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      // the library says so in its answer, and then waits for another request
      throw new CloseConnectionException("the connection ends with this answer");
    }
  }

  /// Takes in what is left of a body.
  ///
  /// @return false when it has no end that can be found
  private boolean drain(ServerRequest request) {
    if (request.headers().contains(HeaderValues.EXPECT_100)) {
      return true; // it sends nothing before it is told to
    }
    try (Watch.Deadline _ = watch.within(LONGEST_DRAIN)) {
      InputStream in = Bodies.stream(request);
      byte[] step = new byte[1 << 14];
      long drained = 0;
      for (int n = in.read(step); n >= 0 && drained < DRAINED_BYTES; n = in.read(step)) {
        drained += n;
      }
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.FINE, "the rest of a refused body did not come", e);
      return false;
    }
  }
}
