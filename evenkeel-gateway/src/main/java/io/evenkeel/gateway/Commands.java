package io.evenkeel.gateway;

import io.evenkeel.gateway.LogDesk.Fate;
import io.evenkeel.gateway.LogDesk.Pending;
import io.evenkeel.gateway.LogDesk.Uncertain;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.json.CommandJson;
import io.evenkeel.wire.json.InvalidJson;
import io.evenkeel.wire.json.JsonFields;
import io.evenkeel.wire.json.RulebookSource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Commands in, one at a time or many.
final class Commands {
  private static final Duration APPLIED_PATIENCE = Duration.ofSeconds(5);

  private final LogDesk log;
  private final ReaderDesk desk;
  private final RulebookSource rulebooks;
  private final int maximumBatch;

  Commands(LogDesk log, ReaderDesk desk, RulebookSource rulebooks, int maximumBatch) {
    this.log = log;
    this.desk = desk;
    this.rulebooks = rulebooks;
    this.maximumBatch = maximumBatch;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/commands", this::one, "wait"),
        Route.post("/v1/commands/batch", this::batch, "wait"),
        Route.put("/v1/rulebooks/{id}", this::rulebook, "effectiveTime")
            .consuming(MediaTypes.YAML));
  }

  private Reply one(Exchange exchange) throws InterruptedException {
    boolean waits = waits(exchange);
    JsonNode json = CommandJson.parse(exchange.body());
    var numbered = CommandJson.readNumbered(json, desk.catalogue(), rulebooks, Clock.nowNs());
    return submit(numbered.sessionId(), numbered.commandNumber(), numbered.command(), waits);
  }

  private Reply rulebook(Exchange exchange) throws InterruptedException {
    long id = exchange.pathNumber("id");
    if (id > 65_535) {
      throw Problem.invalid("INVALID_PARAMETER", "the rulebook's id must be 0 to 65535").refused();
    }
    ObjectNode json = Json.object();
    json.put("type", "defineRulebook").put("rulebookId", (int) id);
    json.put("yaml", text(exchange.body()));
    exchange.parameter("effectiveTime").ifPresent(time -> json.put("effectiveTime", time));
    try {
      Command command = CommandJson.read(json, desk.catalogue(), rulebooks, Clock.nowNs());
      return submit(0, 0, command, true);
    } catch (InvalidJson e) {
      // the client sent no JSON, so a pointer into it would only confuse
      throw Problem.invalid("INVALID_RULEBOOK", e.reason()).refused();
    }
  }

  /// The text of a rulebook that was sent by itself.
  static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.invalid("NOT_UTF_8", "the rulebook must be UTF-8").refused();
    }
  }

  private Reply submit(long session, long number, Command command, boolean waits)
      throws InterruptedException {
    Pending pending = log.submit(session, number, command);
    if (pending == null) {
      throw log.busy().refused();
    }
    Fate fate = log.await(pending);
    if (!Outcomes.isAccepted(fate)) {
      throw Outcomes.problem(fate, session, number).refused();
    }
    ObjectNode json = Outcomes.json(fate);
    if (waits || isDefinition(command)) {
      json.put("applied", desk.reached(Outcomes.position(fate), APPLIED_PATIENCE));
    }
    return Reply.json(json);
  }

  private Reply batch(Exchange exchange) throws InterruptedException {
    boolean waits = waits(exchange);
    JsonFields fields = JsonFields.of(CommandJson.parse(exchange.body()));
    long session = fields.identifier("session", 0);
    long firstNumber = fields.identifier("firstNumber", 0);
    JsonNode list = fields.list("commands");
    fields.end();
    if ((session == 0) != (firstNumber == 0) || firstNumber < 0) {
      throw fields.invalid(
          session == 0 ? "session" : "firstNumber",
          "session and firstNumber go together, and firstNumber is greater than zero");
    }
    if (firstNumber > Long.MAX_VALUE - list.size()) {
      throw fields.invalid("firstNumber", "is too large");
    }
    if (list.isEmpty() || list.size() > maximumBatch) {
      throw fields.invalid(
          "commands", "must hold 1 to " + maximumBatch + " commands, not " + list.size());
    }
    return new Batch(session, firstNumber, read(list)).submit(waits);
  }

  /// Reads all commands, each with what the ones before it defined.
  private List<Command> read(JsonNode list) {
    Catalogue catalogue = desk.catalogue();
    long nowNs = Clock.nowNs();
    List<Command> commands = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      try {
        Command command = CommandJson.read(list.get(i), catalogue, rulebooks, nowNs);
        commands.add(command);
        catalogue = Definitions.after(catalogue, command);
      } catch (InvalidJson e) {
        throw e.within("/commands/" + i);
      }
    }
    return commands;
  }

  private static boolean waits(Exchange exchange) {
    return exchange.word("wait", List.of("applied")).isPresent();
  }

  private static boolean isDefinition(Command command) {
    return command instanceof Command.DefineAsset
        || command instanceof Command.DefineInstrument
        || command instanceof Command.DefineRulebook;
  }

  /// Many commands on their way into the log, in order.
  private final class Batch {
    private final long session;
    private final long firstNumber;
    private final List<Command> commands;
    private final List<Pending> taken;

    Batch(long session, long firstNumber, List<Command> commands) {
      this.session = session;
      this.firstNumber = firstNumber;
      this.commands = commands;
      this.taken = new ArrayList<>(commands.size());
    }

    Reply submit(boolean waits) throws InterruptedException {
      Problem problem = submitAll();
      ArrayNode answers = Json.object().putArray("answers");
      long position = 0;
      int accepted = 0;
      @Nullable Uncertain uncertain = null;
      for (Pending pending : taken) {
        Fate fate = log.await(pending);
        answers.add(Outcomes.json(fate));
        position = Math.max(position, Outcomes.position(fate));
        accepted += Outcomes.isAccepted(fate) ? 1 : 0;
        uncertain = fate instanceof Uncertain lost ? lost : uncertain;
      }
      if (uncertain != null) {
        problem = Outcomes.uncertain(uncertain.reason(), session != 0);
      }
      if (problem != null) {
        throw problem
            .with(more -> more.put("taken", taken.size()).set("answers", answers))
            .refused();
      }
      ObjectNode json = Json.object();
      json.put("accepted", accepted).put("refused", taken.size() - accepted);
      json.set("answers", answers);
      json.put("position", Json.number(position));
      if (waits || commands.stream().anyMatch(Commands::isDefinition)) {
        json.put("applied", desk.reached(position, APPLIED_PATIENCE));
      }
      return Reply.json(json);
    }

    /// Why not all commands were submitted; null when they were.
    private @Nullable Problem submitAll() throws InterruptedException {
      for (int i = 0; i < commands.size(); i++) {
        Command command = commands.get(i);
        Pending pending;
        try {
          pending = log.submit(session, session == 0 ? 0 : firstNumber + i, command);
        } catch (RequestRefused e) {
          return e.problem();
        }
        if (pending == null) {
          return log.busy();
        }
        taken.add(pending);
        boolean isLast = i == commands.size() - 1;
        if (!isLast && Definitions.isReference(command) && !isAsRead(command, pending)) {
          return Problem.of(
                  409,
                  "DEFINITION_REFUSED",
                  "The engine refused a definition",
                  "the commands after it were written for it, so they were not submitted")
              .at("/commands/" + i);
        }
      }
      return null;
    }

    /// Whether what a command defines is in force as the commands after it were read with: a wrong
    /// scale would change every amount.
    private boolean isAsRead(Command command, Pending pending) throws InterruptedException {
      Fate fate = log.await(pending);
      if (Outcomes.isAccepted(fate)) {
        return true;
      }
      desk.reached(Outcomes.position(fate), APPLIED_PATIENCE);
      return Definitions.isInForce(desk.catalogue(), command);
    }
  }
}
