package io.evenkeel.conform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The list of what is not run, each with its reason: `not-run.json` beside this class. A family, a
/// single case by its id, or the cases of a family that hold an integer of at least 2^63, which no
/// balance here can be.
public final class NotRun {
  private static final BigInteger BEYOND_LONG = BigInteger.TWO.pow(63);
  private static final int SHORTEST_BEYOND = 19;

  private final List<Rule> rules;

  /// One line of the list.
  ///
  /// @param family key of a family
  /// @param id the one case meant; empty for the whole family
  /// @param beyondLong whether only cases with an integer of at least 2^63 are meant
  /// @param reason in words
  public record Rule(String family, String id, boolean beyondLong, String reason) {}

  private NotRun(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// The list as it is shipped.
  public static NotRun shipped() {
    try (InputStream in = NotRun.class.getResourceAsStream("not-run.json")) {
      JsonNode root = JsonMapper.shared().readTree(Objects.requireNonNull(in, "not-run.json"));
      List<Rule> rules = new ArrayList<>();
      for (JsonNode rule : root) {
        rules.add(
            new Rule(
                rule.path("family").asString(""),
                rule.path("id").asString(""),
                rule.path("beyondLong").asBoolean(false),
                rule.path("reason").asString("")));
      }
      return new NotRun(rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All lines.
  public List<Rule> rules() {
    return rules;
  }

  /// Why a case is not run, or null when it is.
  public @Nullable String reason(ConformanceFile.Entry entry) {
    for (Rule rule : rules) {
      if (rule.family().equals(entry.key())
          && (rule.id().isEmpty() || rule.id().equals(entry.id()))
          && (!rule.beyondLong() || holdsBeyondLong(entry.node()))) {
        return rule.reason();
      }
    }
    return null;
  }

  private static boolean holdsBeyondLong(JsonNode node) {
    if (node.isContainer()) {
      for (JsonNode child : node) {
        if (holdsBeyondLong(child)) {
          return true;
        }
      }
      return false;
    }
    String text = node.asString("");
    return text.length() >= SHORTEST_BEYOND
        && text.matches("-?[0-9]+")
        && new BigInteger(text).abs().compareTo(BEYOND_LONG) >= 0;
  }
}
