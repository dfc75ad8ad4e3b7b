package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One value of the file. Each reader below either returns what was written, or records the problem
/// and returns a stand-in, so that reading can go on; whoever builds something from stand-ins asks
/// [YamlMapping#build] first.
///
/// @param path dotted key
/// @param place where the value stands; for an absent one, the mapping that lacks it
/// @param node null for a key that is not there; all readers are then silent, as that was recorded
///   already
record YamlValue(Reading reading, String path, Place place, @Nullable Node node) {
  private static final Pattern SYMBOL = Pattern.compile("[!-~]+");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");

  private static final String UNQUOTE = "must be a number; write it without quotes";

  boolean isPresent() {
    return node != null;
  }

  /// Records a problem with this value; `found` is added for a scalar.
  void fail(Kind kind, String text) {
    if (node != null) {
      reading.findings().add(kind, place, path, text + found());
    }
  }

  /// What is written here, for the end of a message; empty for lists and mappings.
  String found() {
    return node instanceof ScalarNode scalar ? " (found " + quote(scalar) + ")" : "";
  }

  /// A rate, weight or factor: `0.1` or `10%`.
  Decimal decimal() {
    String text = number(ExactNumber::isPercent, "must be a number such as 0.1 or 10%");
    BigDecimal value = exact(text);
    if (value == null) {
      return Decimal.ZERO;
    }
    Decimal decimal = ExactNumber.toDecimal(value);
    if (decimal == null) {
      fail(Kind.VALUE, "must have at most 18 decimal places and be below 2^63 without its point");
      return Decimal.ZERO;
    }
    return decimal;
  }

  /// A decimal from 0 to 1.
  Decimal share() {
    Decimal share = decimal();
    if (share.isNegative() || share.compareTo(Decimal.ONE) > 0) {
      fail(Kind.VALUE, "must be 0 to 1 (0% to 100%)");
      return Decimal.ZERO;
    }
    return share;
  }

  /// An amount that is not negative: `2500`, `100_000` or `0.5`; null when it could not be
  /// accepted.
  @Nullable BigDecimal wholeAmount() {
    BigDecimal value =
        exact(number(ExactNumber::isGrouped, "must be an amount such as 2500 or 100_000"));
    if (value != null && value.signum() < 0) {
      fail(Kind.VALUE, "must not be negative");
      return null;
    }
    return value;
  }

  /// The same, counted in small units.
  ///
  /// @param places decimal places of the unit it is counted in
  /// @param counted the name of what is counted, for messages
  long amount(int places, String counted) {
    BigDecimal value = wholeAmount();
    if (value == null) {
      return 0;
    }
    Long units = ExactNumber.toUnits(value, places);
    if (units == null) {
      BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE, places);
      fail(
          Kind.VALUE,
          "must have at most %d decimal places and be at most %s, because %s is counted in such units"
              .formatted(places, most.toBigInteger(), counted));
      return 0;
    }
    return units;
  }

  /// An amount of the numeraire, in millionths.
  long numeraireE6() {
    return amount(6, "the numeraire");
  }

  /// `15m`, `2h`, `30s`, `1d` or `500ms`, in nanoseconds.
  long durationNs() {
    String expected = "must be a duration such as 15m; the units are ms, s, m, h and d";
    ScalarNode scalar = scalar(expected);
    if (scalar == null) {
      return 0;
    }
    Matcher matcher = DURATION.matcher(scalar.getValue());
    if (!scalar.getTag().equals(Tag.STR) || !matcher.matches()) {
      fail(Kind.SHAPE, expected);
      return 0;
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unitNs(matcher.group(2)));
    } catch (ArithmeticException e) {
      fail(Kind.VALUE, "must be at most 10 years");
      return 0;
    }
  }

  private static long unitNs(String unit) {
    return switch (unit) {
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> throw new IllegalArgumentException(unit);
    };
  }

  /// A whole number of up to nine digits.
  int integer() {
    ScalarNode scalar = scalar("must be a whole number");
    if (scalar == null) {
      return 0;
    }
    if (!isNumber(scalar)) {
      fail(Kind.SHAPE, isQuotedNumber(scalar) ? UNQUOTE : "must be a whole number");
      return 0;
    }
    if (!scalar.getValue().matches("-?[0-9]{1,9}")) {
      fail(Kind.VALUE, "must be a whole number of up to nine digits");
      return 0;
    }
    return Integer.parseInt(scalar.getValue());
  }

  /// `true` or `false`.
  boolean bool() {
    ScalarNode scalar = scalar("must be true or false");
    if (scalar == null) {
      return false;
    }
    if (!scalar.getTag().equals(Tag.BOOL)) {
      fail(Kind.SHAPE, "must be true or false");
      return false;
    }
    return scalar.getValue().toLowerCase(Locale.ROOT).equals("true");
  }

  /// One line of text.
  String line(int maximumLength) {
    String text = text("must be text");
    boolean oneLine = text.chars().noneMatch(Character::isISOControl);
    if (isPresent() && (text.isBlank() || text.length() > maximumLength || !oneLine)) {
      fail(Kind.VALUE, "must be one line of 1 to " + maximumLength + " characters");
      return "";
    }
    return text;
  }

  /// A name or symbol: visible ASCII characters without blanks.
  String symbol(int maximumLength) {
    String text = text("must be text");
    if (!text.isEmpty() && !isSymbol(text, maximumLength)) {
      fail(Kind.VALUE, symbolRemedy(maximumLength));
      return "";
    }
    return text;
  }

  static boolean isSymbol(String text, int maximumLength) {
    return text.length() <= maximumLength && SYMBOL.matcher(text).matches();
  }

  static String symbolRemedy(int maximumLength) {
    return "must be 1 to " + maximumLength + " visible ASCII characters without blanks";
  }

  /// A day, `2026-01-31`; null when it could not be accepted.
  @Nullable LocalDate day() {
    String text = text("must be a date such as 2026-01-31");
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      fail(Kind.VALUE, "must be a date such as 2026-01-31");
      return null;
    }
  }

  /// One of a few words.
  ///
  /// @return the word, or the empty string when it is none of them
  String word(List<String> words) {
    String expected =
        words.size() == 1
            ? "must be " + words.getFirst()
            : "must be one of " + String.join(", ", words);
    ScalarNode scalar = scalar(expected);
    if (scalar == null) {
      return "";
    }
    if (!scalar.getTag().equals(Tag.STR) || !words.contains(scalar.getValue())) {
      fail(Kind.SHAPE, expected + Spelling.suggestion(scalar.getValue(), words));
      return "";
    }
    return scalar.getValue();
  }

  /// One of the values of an enumeration, written `likeThis`.
  ///
  /// @param values all values; the first one is the stand-in
  <E extends Enum<E>> E choice(E[] values) {
    List<String> words = Arrays.stream(values).map(YamlValue::camelCase).toList();
    return values[Math.max(0, words.indexOf(word(words)))];
  }

  /// The items of a list of such values, in order, each with its place; a second mention is a
  /// problem.
  <E extends Enum<E>> Map<E, YamlValue> distinctChoices(E[] values) {
    Map<E, YamlValue> choices = new LinkedHashMap<>();
    for (YamlValue item : items()) {
      int problemsBefore = reading.findings().count();
      E choice = item.choice(values);
      boolean understood = reading.findings().count() == problemsBefore;
      if (understood && choices.putIfAbsent(choice, item) != null) {
        item.fail(Kind.VALUE, "is listed twice; remove one");
      }
    }
    return choices;
  }

  /// `TOP_UP` as it is written in a file: `topUp`.
  static String camelCase(Enum<?> value) {
    StringBuilder word = new StringBuilder();
    for (String part : value.name().toLowerCase(Locale.ROOT).split("_")) {
      word.append(
          word.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return word.toString();
  }

  /// The items of a list, in order.
  List<YamlValue> items() {
    List<YamlValue> items = new ArrayList<>();
    if (node instanceof SequenceNode sequence && sequence.getTag().equals(Tag.SEQ)) {
      for (Node item : sequence.getValue()) {
        items.add(new YamlValue(reading, path + "[" + items.size() + "]", Place.of(item), item));
      }
    } else {
      failCollection("must be a list");
    }
    return items;
  }

  /// The keys and values below this one.
  YamlMapping mapping() {
    if (node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
      return YamlMapping.of(reading, path, place, mapping);
    }
    failCollection("must be a mapping of keys");
    return YamlMapping.unusable(reading, path, place);
  }

  /// A number exactly as an exchange's export writes it: plain, with an exponent, or as text; null
  /// when it is none.
  @Nullable BigDecimal exportedNumber() {
    ScalarNode scalar = scalar("must be a number");
    return scalar == null ? null : accepted(ExactNumber.parseExported(scalar.getValue()));
  }

  private void failCollection(String expected) {
    if (node instanceof ScalarNode || node == null || hasStandardTag(node)) {
      fail(Kind.SHAPE, expected + (node instanceof ScalarNode ? "" : " (found " + quote() + ")"));
    } else {
      fail(Kind.SYNTAX, "has tag " + node.getTag() + ", which is not supported; remove the tag");
    }
  }

  private static boolean hasStandardTag(Node node) {
    return List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP)
        .contains(node.getTag());
  }

  /// The digits of a number, or of a word that stands for one; null after a problem.
  private @Nullable String number(Predicate<String> wordStandsForOne, String expected) {
    ScalarNode scalar = scalar(expected);
    if (scalar == null) {
      return null;
    }
    String text = scalar.getValue();
    boolean word = scalar.getTag().equals(Tag.STR);
    if (isNumber(scalar) || (word && wordStandsForOne.test(text))) {
      return text;
    }
    fail(Kind.SHAPE, isQuotedNumber(scalar) ? UNQUOTE : expected);
    return null;
  }

  private @Nullable BigDecimal exact(@Nullable String text) {
    return text == null ? null : accepted(ExactNumber.parse(text));
  }

  private @Nullable BigDecimal accepted(ExactNumber number) {
    if (number.value() == null) {
      fail(Kind.VALUE, number.remedy());
    }
    return number.value();
  }

  private String text(String expected) {
    ScalarNode scalar = scalar(expected);
    if (scalar == null) {
      return "";
    }
    if (!scalar.getTag().equals(Tag.STR)) {
      fail(Kind.SHAPE, expected + "; put it in quotes");
      return "";
    }
    if (scalar.getValue().isEmpty()) {
      fail(Kind.VALUE, "must not be empty");
    }
    return scalar.getValue();
  }

  private @Nullable ScalarNode scalar(String expected) {
    if (node instanceof ScalarNode scalar) {
      if (hasStandardTag(node)) {
        return scalar;
      }
      fail(Kind.SYNTAX, "has tag " + node.getTag() + ", which is not supported; remove the tag");
    } else {
      fail(Kind.SHAPE, expected + " (found " + quote() + ")");
    }
    return null;
  }

  private static boolean isQuotedNumber(ScalarNode scalar) {
    return !scalar.isPlain() && ExactNumber.isPlain(scalar.getValue());
  }

  private static boolean isNumber(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
  }

  private String quote() {
    return switch (node) {
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "a mapping";
      case ScalarNode scalar -> quote(scalar);
      case null, default -> "nothing";
    };
  }

  private static String quote(ScalarNode scalar) {
    String text = scalar.getValue();
    String shortened = text.length() <= 40 ? text : text.substring(0, 40) + "...";
    if (scalar.getTag().equals(Tag.NULL)) {
      return "nothing";
    }
    return scalar.getTag().equals(Tag.STR) && scalar.getScalarStyle() != ScalarStyle.PLAIN
        ? "'" + shortened + "'"
        : shortened;
  }
}
