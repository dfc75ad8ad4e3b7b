package io.evenkeel.wire.json;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Fills the components of any record with random values that fit [SampleVenue]: identifiers of
/// assets and instruments are defined ones, all other numbers anything.
public final class RandomRecords {
  private final SplittableRandom random;

  public RandomRecords(SplittableRandom random) {
    this.random = random;
  }

  /// A record of a type.
  public <T> T record(Class<T> type) {
    return type.cast(value(type, type, ""));
  }

  private Object value(Class<?> type, Type generic, String name) {
    if (type == long.class || type == Long.class) {
      return anyLong();
    }
    if (type == int.class) {
      return anyInt(name);
    }
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type == String.class) {
      return "text " + random.nextInt(1_000);
    }
    if (type == Decimal.class) {
      return new Decimal(random.nextLong(), random.nextInt(19));
    }
    if (type == MarkBatch.class) {
      return marks();
    }
    if (type == FactorValue.class) {
      FactorKind kind = FactorKind.values()[random.nextInt(FactorKind.values().length)];
      long expiryNs = kind.isPerExpiry() ? 1 + random.nextLong(1L << 62) : 0;
      return new FactorValue(
          kind, random.nextInt(2), expiryNs, new Decimal(random.nextLong(), random.nextInt(19)));
    }
    if (type == Term.class) {
      return term(2);
    }
    if (type == List.class) {
      Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
      List<Object> list = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        list.add(value(element, element, name));
      }
      return list;
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    if (type == LedgerAccount.class) {
      Class<?>[] kinds = type.getPermittedSubclasses();
      Class<?> kind = kinds[random.nextInt(kinds.length)];
      return value(kind, kind, name);
    }
    return record(type.getRecordComponents(), type);
  }

  private Object record(RecordComponent[] components, Class<?> type) {
    Object[] values =
        Arrays.stream(components)
            .map(each -> value(each.getType(), each.getGenericType(), each.getName()))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type + Arrays.toString(values), e);
    }
  }

  private Term term(int generations) {
    List<Term> children = new ArrayList<>();
    for (int i = generations == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      children.add(term(generations - 1));
    }
    Operation[] operations = Operation.values();
    return new Term(
        "term " + random.nextInt(1_000),
        operations[random.nextInt(operations.length)],
        BigDecimal.valueOf(random.nextLong(), random.nextInt(-3, 40)),
        "USD",
        children);
  }

  private MarkBatch marks() {
    MarkBatch.Builder batch = MarkBatch.builder();
    for (int i = random.nextInt(5); i > 0; i--) {
      MarkBatch.Target target = MarkBatch.Target.values()[random.nextInt(2)];
      int uncertaintyE6 = random.nextBoolean() ? 0 : random.nextInt(Integer.MAX_VALUE);
      batch.add(target, random.nextInt(2), anyLong(), anyLong(), uncertaintyE6);
    }
    return batch.build();
  }

  private int anyInt(String name) {
    if (name.equals("isolatedInstrumentId")) {
      return random.nextInt(-1, 3);
    }
    if (name.equals("rulebookId")) {
      return random.nextInt(65_536);
    }
    // an asset and an instrument each
    return name.endsWith("ssetId") || name.endsWith("nstrumentId") || name.equals("id")
        ? random.nextInt(2)
        : random.nextInt();
  }

  private long anyLong() {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      case 2 -> 0;
      case 3 -> random.nextLong();
      default -> random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
    };
  }
}
