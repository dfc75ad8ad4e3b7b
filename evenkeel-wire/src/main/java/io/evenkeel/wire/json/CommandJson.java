package io.evenkeel.wire.json;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.reference.Catalogue;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Commands as JSON objects.
public final class CommandJson {
  /// Names of the types of commands, in the order of `docs/API.md`.
  public static final List<String> TYPES =
      List.of(
          "defineAsset",
          "defineInstrument",
          "defineRulebook",
          "openAccount",
          "closeAccount",
          "setPartyPolicy",
          "deposit",
          "withdraw",
          "contributeInsurance",
          "transfer",
          "setLeverage",
          "setOrderExposure",
          "fill",
          "markPrices",
          "applyFunding",
          "settleInstrument",
          "settleExpiry",
          "setPhase",
          "publishFactors",
          "secureMargin",
          "chargeFee",
          "contributeInstrumentFund",
          "closeInstrumentFund",
          "borrow",
          "bidInAuction",
          "accrueInterest",
          "importBalance",
          "importPosition",
          "transferPosition",
          "bustTrade",
          "correctTrade",
          "setAccountMode",
          "setPositionMode",
          "reassess",
          "advanceTime");

  private CommandJson() {}

  /// A command with the session and number it is asked under; both are 0 when it states none.
  public record Numbered(long sessionId, long commandNumber, Command command) {}

  /// Parses a document strictly: UTF-8, each field once, numbers without exponents, nothing after
  /// the end, at most 16 levels deep, strings up to 2^20 characters, numbers up to 64. Numbers stay
  /// exact.
  ///
  /// @throws InvalidJson with line and column
  public static JsonNode parse(byte[] utf8) {
    return JsonText.parse(utf8);
  }

  /// The same of a text.
  ///
  /// @throws InvalidJson with line and column
  public static JsonNode parse(String text) {
    return JsonText.parse(text);
  }

  /// Reads a command.
  ///
  /// @param catalogue gives the scales of amounts and prices
  /// @param nowNs time of marks that state none, nanoseconds since 1970-01-01T00:00Z
  /// @throws InvalidJson naming the field: missing, unknown, of the wrong type, not a number, with
  ///   more decimals than its scale, too large, or naming what is not defined
  public static Command read(
      JsonNode json, Catalogue catalogue, RulebookSource rulebooks, long nowNs) {
    JsonFields fields = JsonFields.of(json);
    Command command = new CommandReader(fields, catalogue, rulebooks, nowNs).read();
    fields.end();
    return command;
  }

  /// Reads a command that may have `session` and `number` beside its own fields, both or neither.
  ///
  /// @throws InvalidJson as [#read]
  public static Numbered readNumbered(
      JsonNode json, Catalogue catalogue, RulebookSource rulebooks, long nowNs) {
    JsonFields fields = JsonFields.of(json);
    Command command = new CommandReader(fields, catalogue, rulebooks, nowNs).read();
    boolean isNumbered = fields.has("session") || fields.has("number");
    long sessionId = isNumbered ? fields.identifier("session") : 0;
    long number = isNumbered ? fields.identifier("number") : 0;
    if (isNumbered && sessionId == 0) {
      throw fields.invalid("session", "must not be 0; leave session and number out for none");
    }
    fields.end();
    return new Numbered(sessionId, number, command);
  }

  /// Reads `{"marks": [...]}`, the marks of one instant without the rest of the command.
  ///
  /// @throws InvalidJson as [#read]
  public static MarkBatch readMarks(JsonNode json, Catalogue catalogue, long nowNs) {
    JsonFields fields = JsonFields.of(json);
    MarkBatch marks = new MarksReader(catalogue, nowNs).read(fields);
    fields.end();
    return marks;
  }

  /// Writes a command so that [#read] gives it back. A rulebook is written by name and version only
  /// and cannot be read back.
  ///
  /// @throws io.evenkeel.wire.words.UnknownReference when it names an asset or instrument that the
  ///   catalogue does not list
  public static ObjectNode write(Command command, Catalogue catalogue) {
    return new CommandWriter(catalogue).write(command);
  }
}
