package io.evenkeel.wire;

import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.explain.Operation;
import io.evenkeel.model.explain.Term;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.rulebook.Rulebook;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Makes values of the model's types out of a seed. Records are made component by component, so a
/// new one needs nothing here unless its constructor refuses what is out of range.
final class RandomValues {
  private static final long[] EDGES = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    Integer.MIN_VALUE,
    -1,
    0,
    1,
    255,
    Integer.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };
  private static final int[] CODE_POINTS = {'A', 'z', '0', ' ', '€', 'ß', 0x7F, 0x2028, 0x1F680};

  private final SplittableRandom random;

  RandomValues(long seed) {
    random = new SplittableRandom(seed);
  }

  /// A value of a type: a record, a sealed interface, an enumeration, or what records hold.
  Object of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return list(list.getActualTypeArguments()[0]);
    }
    Class<?> kind = (Class<?>) type;
    if (kind == long.class || kind == Long.class) {
      return anyLong();
    }
    if (kind == int.class) {
      return (int) anyLong();
    }
    if (kind == boolean.class) {
      return random.nextBoolean();
    }
    if (kind == String.class) {
      return text(0, 40);
    }
    if (kind == Decimal.class) {
      return new Decimal(Math.max(anyLong(), Long.MIN_VALUE + 1), random.nextInt(19));
    }
    if (kind == MarkBatch.class) {
      return markBatch(random.nextInt(40));
    }
    if (kind == Rulebook.class) {
      return new RandomRulebooks(random, this).rulebook();
    }
    if (kind == Asset.class) {
      return asset();
    }
    if (kind == Instrument.LinearContract.class) {
      return linearContract();
    }
    if (kind == FactorValue.class) {
      FactorKind factor = oneOf(FactorKind.values());
      long expiryNs = factor.isPerExpiry() ? random.nextLong(1, Long.MAX_VALUE) : 0;
      return new FactorValue(factor, random.nextInt(65_536), expiryNs, (Decimal) of(Decimal.class));
    }
    if (kind == Term.class) {
      return term(3);
    }
    if (kind == EngineLimits.class) {
      return limits();
    }
    return ofFamily(kind);
  }

  private Object ofFamily(Class<?> kind) {
    if (kind.isEnum()) {
      return oneOf(kind.getEnumConstants());
    }
    if (kind.isSealed()) {
      return of(oneOf(kind.getPermittedSubclasses()));
    }
    if (kind.isRecord()) {
      return record(kind);
    }
    throw new IllegalArgumentException("nobody has said how to make a " + kind);
  }

  private Object record(Class<?> kind) {
    RecordComponent[] components = kind.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(component -> of(component.getGenericType())).toArray();
    try {
      Constructor<?> constructor = kind.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + kind + " of " + Arrays.toString(values), e);
    }
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    for (int left = random.nextInt(5); left > 0; left--) {
      list.add(of(element));
    }
    return list;
  }

  MarkBatch markBatch(int size) {
    MarkBatch.Builder batch = MarkBatch.builder();
    for (int i = 0; i < size; i++) {
      MarkBatch.Target target = oneOf(MarkBatch.Target.values());
      batch.add(target, (int) anyLong(), anyLong(), anyLong(), (int) anyLong());
    }
    return batch.build();
  }

  private Asset asset() {
    int scale = random.nextInt(19);
    int priceScale = random.nextInt(Math.max(0, 6 - scale), Math.min(12, 24 - scale) + 1);
    long maximumPriceUnits = random.nextLong(1, 1 << 20);
    return new Asset(
        random.nextInt(65_536),
        symbol(),
        scale,
        random.nextLong(1, 1L << 36),
        priceScale,
        random.nextLong(1, maximumPriceUnits + 1),
        maximumPriceUnits);
  }

  /// A term with at most so many generations below it.
  Term term(int generations) {
    List<Term> children = new ArrayList<>();
    for (int left = generations == 0 ? 0 : random.nextInt(4); left > 0; left--) {
      children.add(term(generations - 1));
    }
    return new Term(
        text(0, 20),
        oneOf(Operation.values()),
        new BigDecimal(
            new BigInteger(random.nextInt(1, 120), Random.from(random)), random.nextInt(-5, 60)),
        text(0, 5),
        children);
  }

  private ContractTerms contractTerms(ContractKind kind, int settlementAssetId) {
    boolean inverse = random.nextBoolean();
    int underlying =
        inverse && kind != ContractKind.OPTION
            ? settlementAssetId
            : random.nextInt(kind == ContractKind.OPTION ? 0 : -1, 65_536);
    long expiryNs = kind == ContractKind.PERPETUAL ? 0 : random.nextLong(1, Long.MAX_VALUE);
    OptionTerms option =
        new OptionTerms(
            oneOf(OptionTerms.Right.values()),
            new Decimal(random.nextLong(Long.MAX_VALUE), random.nextInt(19)));
    return new ContractTerms(
        underlying,
        expiryNs,
        inverse,
        kind == ContractKind.OPTION ? option : null,
        underlying < 0 || expiryNs == 0 || random.nextBoolean() ? null : average());
  }

  private SettlementAverage average() {
    return new SettlementAverage(
        random.nextLong(1, SettlementAverage.LONGEST_WINDOW_NS + 1),
        new Decimal(random.nextLong(1, 1_000_000_000_000_000_001L), 18));
  }

  private Instrument.LinearContract linearContract() {
    ContractKind kind = oneOf(ContractKind.values());
    int settlementAssetId = random.nextInt(65_536);
    long lotSize = random.nextLong(1, 1_000);
    long maximumPriceUnits = random.nextLong(1, 1 << 24);
    long maximumPositionUnits = random.nextLong(lotSize, 1L << 34);
    return new Instrument.LinearContract(
        random.nextInt(65_536),
        symbol(),
        kind,
        settlementAssetId,
        oneOf(io.evenkeel.model.reference.Variation.values()),
        random.nextLong(1, 1_000_000_001),
        random.nextInt(13),
        random.nextInt(-9, 13),
        lotSize,
        random.nextLong(1, maximumPriceUnits + 1),
        maximumPriceUnits,
        maximumPositionUnits,
        random.nextLong(maximumPositionUnits, 1L << 35),
        contractTerms(kind, settlementAssetId));
  }

  private EngineLimits limits() {
    int[] limit = new int[9];
    Arrays.setAll(limit, i -> random.nextInt(1, Integer.MAX_VALUE));
    return new EngineLimits(
        limit[0], limit[1], limit[2], limit[3], limit[4], limit[5], limit[6], limit[7], limit[8]);
  }

  private String symbol() {
    return "S" + text(0, 15);
  }

  /// Text with characters of one to four bytes.
  String text(int shortest, int longest) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(shortest, longest + 1); left > 0; left--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }

  <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private long anyLong() {
    return switch (random.nextInt(3)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> random.nextLong();
      default -> random.nextLong() >> random.nextInt(64);
    };
  }
}
