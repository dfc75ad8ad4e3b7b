package io.evenkeel.wire;

import io.evenkeel.model.number.InvalidParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The fixed numbers of one enumeration of the model. They are those of the schema, paired by name
/// and never by order, so that reordering the constants of the model changes no byte.
final class WireEnum<M extends Enum<M>, S extends Enum<S>> {
  private static final String NO_VALUE = "NULL_VAL";
  private static final int NUMBERS = 256;

  private final S[] codes;
  private final @Nullable M[] constants;

  private WireEnum(S[] codes, @Nullable M[] constants) {
    this.codes = codes;
    this.constants = constants;
  }

  /// Pairs the constants of the model with those of the schema.
  ///
  /// @param number the number of a constant of the schema
  /// @throws IllegalStateException when one of them lacks a partner
  static <M extends Enum<M>, S extends Enum<S>> WireEnum<M, S> of(
      M[] constants, S[] codes, ToIntFunction<S> number) {
    S[] codeOf = Arrays.copyOf(codes, constants.length);
    @Nullable M[] constantOf = Arrays.copyOf(constants, NUMBERS);
    Arrays.fill(constantOf, null);
    int paired = 0;
    for (S code : codes) {
      for (M constant : constants) {
        if (constant.name().equals(code.name())) {
          codeOf[constant.ordinal()] = code;
          constantOf[number.applyAsInt(code)] = constant;
          paired++;
        }
      }
    }
    boolean isComplete = paired == constants.length && paired == countWithoutNoValue(codes);
    if (!isComplete) {
      throw new IllegalStateException(
          "evenkeel-wire.xml names other constants than "
              + constants[0].getDeclaringClass().getName()
              + "; add the missing ones to it under new numbers");
    }
    return new WireEnum<>(codeOf, constantOf);
  }

  /// The schema's constant for one of the model.
  S code(M constant) {
    return codes[constant.ordinal()];
  }

  /// The model's constant with a number.
  ///
  /// @param field named when there is no such constant
  M constant(short number, String field) {
    M constant = constants[number];
    if (constant == null) {
      throw new InvalidParameter(field, "holds " + number + ", which stands for nothing");
    }
    return constant;
  }

  /// All constants of the model, by number: the order in which sets of them are written.
  List<M> byNumber() {
    List<M> ordered = new ArrayList<>();
    for (M constant : constants) {
      if (constant != null) {
        ordered.add(constant);
      }
    }
    return ordered;
  }

  private static int countWithoutNoValue(Enum<?>[] codes) {
    int count = 0;
    for (Enum<?> code : codes) {
      count += code.name().equals(NO_VALUE) ? 0 : 1;
    }
    return count;
  }
}
