package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.model.rulebook.LiquidationStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `docs/RULEBOOKS.md` says what is so: every key is explained, no key is invented, and its errors
/// are real.
class RulebooksPageTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z]*(\\.[a-z][A-Za-z]*)*");

  private String page;

  @BeforeEach
  void readPage() throws IOException {
    page = Files.readString(Path.of("..", "docs", "RULEBOOKS.md"));
  }

  @Test
  void shouldExplainEveryKeyAndInventNone() throws IOException {
    Set<String> inSchema = new TreeSet<>();
    collectKeys(new ObjectMapper().readTree(ShippedRulebooks.schema()), inSchema);
    // The values of `type` are listed like keys.
    inSchema.addAll(
        List.of("betweenRequirements", "scaledMaintenance", "fullyCollateralised", "withoutBands"));
    inSchema.addAll(LiquidationStep.types());

    Set<String> explained = new TreeSet<>();
    for (List<String> row : rows()) {
      explained.addAll(lastParts(row.getFirst()));
    }
    assertThat(inSchema).as("what is explained must exist").containsAll(explained);
    Set<String> mentioned = new TreeSet<>(lastParts(page));
    assertThat(mentioned).as("what exists must be explained").containsAll(inSchema);
  }

  @Test
  void shouldShowErrorsThatAreReal() {
    String original = ShippedRulebooks.text(ShippedRulebooks.DEFAULT);
    int tried = 0;
    for (List<String> row : rows()) {
      if (row.size() == 3 && row.getLast().startsWith("`perp-cross.yaml:")) {
        String broken = SmallRulebook.replaceOnce(original, code(row.get(0)), code(row.get(1)));
        assertThat(messageFor(broken)).isEqualTo(code(row.get(2)));
        tried++;
      }
    }
    assertThat(tried).isEqualTo(8);
  }

  private static String messageFor(String text) {
    try {
      RulebookLoader.parse("perp-cross.yaml", text, AssetScales.STANDARD);
      return "accepted";
    } catch (RulebookException e) {
      return e.getMessage();
    }
  }

  /// The cells of all tables, without their headers.
  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    boolean below = false;
    for (String line : page.lines().toList()) {
      if (line.startsWith("|---")) {
        below = true;
      } else if (!line.startsWith("|")) {
        below = false;
      } else if (below) {
        rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)));
      }
    }
    return rows;
  }

  private static String code(String cell) {
    return cell.substring(1, cell.length() - 1);
  }

  /// The keys written as code, `call.deadline` counting as `deadline`.
  private static List<String> lastParts(String text) {
    List<String> keys = new ArrayList<>();
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      String code = matcher.group(1);
      if (KEY.matcher(code).matches() && !Set.of("true", "false").contains(code)) {
        keys.add(code.substring(code.lastIndexOf('.') + 1));
      }
    }
    return keys;
  }

  private static void collectKeys(JsonNode node, Set<String> keys) {
    node.properties()
        .forEach(entry -> {
          if (entry.getKey().equals("properties")) {
            entry.getValue().fieldNames().forEachRemaining(keys::add);
          }
          collectKeys(entry.getValue(), keys);
        });
    if (node.isArray()) {
      node.forEach(item -> collectKeys(item, keys));
    }
  }
}
