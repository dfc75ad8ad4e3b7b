package io.evenkeel.rulebook;

import io.evenkeel.rulebook.RulebookProblem.Kind;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// From text to a tree of nodes that know their line and column. Types are those of YAML 1.2, so
/// `no` is a word and `0.1` is kept as it was written. The events are walked once before anything
/// is built, because the library builds recursively: nesting is bounded there, and aliases (the
/// means of small files that unfold into huge ones) are refused.
final class YamlTree {
  /// Deeper than any rulebook by far.
  static final int MAXIMUM_DEPTH = 20;

  private YamlTree() {}

  /// @param findings names the file; gets what is wrong
  /// @param maximumCharacters the library's own bound, in characters
  /// @throws RulebookException when the text is not one YAML document within the limits
  static Node parse(Findings findings, String text, int maximumCharacters) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(findings.file())
            .setSchema(new CoreSchema())
            .setCodePointLimit(maximumCharacters)
            // One read for the whole text: the library fails on a character beyond U+FFFF that its
            // buffer splits.
            .setBufferSize(text.length() + 2)
            .setMaxAliasesForCollections(0)
            .setAllowNonScalarKeys(true)
            .build();
    if (text.length() > maximumCharacters) {
      throw RulebookException.ofFile(
          findings.file(),
          "is larger than " + maximumCharacters + " characters; is it the right file?");
    }
    Node root = null;
    try {
      if (hasOneDocumentWithinLimits(findings, settings, text)) {
        root = new Compose(settings).composeString(text).orElse(null);
      }
    } catch (MarkedYamlEngineException e) {
      findings.add(
          Kind.SYNTAX, Place.of(e.getProblemMark()), "", "is not valid YAML: " + e.getProblem());
    } catch (ReaderException e) {
      findings.add(
          Kind.SYNTAX,
          Place.in(text, text.offsetByCodePoints(0, Math.min(e.getPosition(), codePoints(text)))),
          "",
          "character U+%04X is not allowed; remove it".formatted(e.getCodePoint()));
    } catch (RuntimeException e) {
      // The library stands between us and text that may be hostile; whatever it throws, the text
      // was the reason.
      findings.add(Kind.SYNTAX, Place.WHOLE_FILE, "", "cannot be read as YAML: " + e.getMessage());
    }
    findings.throwIfAny();
    if (root == null) {
      findings.add(Kind.SYNTAX, new Place(1, 1), "", "is empty; a mapping of keys is expected");
      findings.throwIfAny();
      throw new IllegalStateException("unreachable: a finding was just added");
    }
    return root;
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean hasOneDocumentWithinLimits(
      Findings findings, LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAXIMUM_DEPTH) {
        findings.add(
            Kind.SYNTAX,
            Place.of(event.getStartMark()),
            "",
            "is nested deeper than " + MAXIMUM_DEPTH + " levels");
        return false;
      }
      if (event instanceof AliasEvent alias) {
        findings.add(
            Kind.SYNTAX,
            Place.of(event.getStartMark()),
            "",
            "alias *" + alias.getAlias() + " is not supported; write the value out");
        return false;
      }
    }
    return true;
  }
}
