package io.evenkeel.portfolio;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.ParameterReader;
import org.jspecify.annotations.Nullable;

/// One row of a table of a venue's books, from a CSV file or from a list in YAML or JSON. A cell is
/// text; an empty one counts as none.
abstract class BookRow {
  private static final int LONGEST_NAME = 64;

  /// The cell of a column; null when there is none or it is empty.
  abstract @Nullable String cell(String column);

  /// Where the row stands, for messages about it as a whole.
  abstract String where();

  /// What to throw when a cell cannot be accepted; whoever tells it adds what was found.
  abstract InvalidParameter refusal(String column, String remedy);

  /// A row of a list of mappings.
  static BookRow of(ParameterReader reader) {
    return new BookRow() {
      @Override
      @Nullable String cell(String column) {
        if (!reader.has(column)) {
          return null;
        }
        try {
          return reader.decimal(column).toString();
        } catch (InvalidParameter e) {
          return reader.word(column);
        }
      }

      @Override
      String where() {
        String path = refusal("x", "").parameter();
        return path.substring(0, path.length() - 2);
      }

      @Override
      InvalidParameter refusal(String column, String remedy) {
        return reader.refusal(column, remedy);
      }
    };
  }

  /// A name.
  final String name(String column) {
    String text = cell(column);
    if (text == null) {
      throw refusal(column, "is missing; say which one");
    }
    if (text.length() > LONGEST_NAME) {
      throw refusal(column, "must have at most " + LONGEST_NAME + " characters");
    }
    return text;
  }

  /// A number.
  final Decimal number(String column) {
    String text = cell(column);
    if (text == null) {
      throw refusal(column, "is missing; write a number");
    }
    try {
      return Decimal.parse(text);
    } catch (IllegalArgumentException e) {
      throw refusal(
          column, "must be a plain decimal such as -1234.5, at most 18 digits and no grouping");
    }
  }

  /// A number; null when none is written.
  final @Nullable Decimal optionalNumber(String column) {
    return cell(column) == null ? null : number(column);
  }

  /// A number, or 0 when none is written; never below 0.
  final Decimal amount(String column) {
    Decimal value = cell(column) == null ? Decimal.ZERO : number(column);
    if (value.isNegative()) {
      throw refusal(column, "must not be below 0");
    }
    return value;
  }
}
