package io.evenkeel.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandRoundTripTest {
  private static final int ROUNDS = 300;
  private static final long NOW_NS = 1_700_000_000_000_000_000L;

  static Stream<Class<?>> commandTypes() {
    return Arrays.stream(Command.class.getPermittedSubclasses())
        .filter(type -> type != Command.DefineRulebook.class);
  }

  @ParameterizedTest
  @MethodSource("commandTypes")
  void shouldReadBackWhatIsWritten(Class<? extends Command> type) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Command command = random(type, random);
      String text = CommandJson.write(command, SampleVenue.CATALOGUE).toString();
      Command again =
          CommandJson.read(
              CommandJson.parse(text), SampleVenue.CATALOGUE, SampleVenue.NO_RULEBOOKS, NOW_NS);
      assertThat(again).as("seed %d: %s", seed, text).isEqualTo(command);
    }
  }

  @Test
  void shouldNameEveryTypeOfCommandOnce() {
    assertThat(CommandJson.TYPES)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Command.class.getPermittedSubclasses())
                .map(type -> lowerFirst(type.getSimpleName()))
                .toList());
  }

  static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Command random(Class<? extends Command> type, SplittableRandom random) {
    if (type == Command.DefineAsset.class) {
      return new Command.DefineAsset(asset(random));
    }
    return type == Command.DefineInstrument.class
        ? new Command.DefineInstrument(contract(random))
        : new RandomRecords(random).record(type);
  }

  private static Asset asset(SplittableRandom random) {
    while (true) {
      try {
        long maximumPrice = 1 + random.nextLong(1L << random.nextInt(1, 60));
        return new Asset(
            random.nextInt(65_536),
            "A" + random.nextInt(1_000),
            random.nextInt(19),
            1 + random.nextLong(1L << random.nextInt(1, 62)),
            random.nextInt(13),
            1 + random.nextLong(maximumPrice),
            maximumPrice);
      } catch (InvalidParameter e) {
        // the next one may be valid
      }
    }
  }

  private static ContractTerms terms(ContractKind kind, SplittableRandom random) {
    OptionTerms.Right[] rights = OptionTerms.Right.values();
    return new ContractTerms(
        random.nextInt(-1, 2),
        kind == ContractKind.PERPETUAL ? 0 : random.nextLong(1L << 62),
        random.nextBoolean(),
        kind == ContractKind.OPTION
            ? new OptionTerms(
                rights[random.nextInt(2)],
                new Decimal(random.nextLong(Long.MAX_VALUE), random.nextInt(19)))
            : null,
        random.nextBoolean()
            ? new SettlementAverage(
                random.nextLong(1, SettlementAverage.LONGEST_WINDOW_NS + 1),
                new Decimal(random.nextLong(1, 1_000_000_000L), 9))
            : null);
  }

  private static LinearContract contract(SplittableRandom random) {
    while (true) {
      try {
        ContractKind kind = ContractKind.values()[random.nextInt(3)];
        long openInterest = 1 + random.nextLong(1L << random.nextInt(1, 40));
        LinearContract contract =
            new LinearContract(
                random.nextInt(65_536),
                "C-" + random.nextInt(1_000),
                kind,
                random.nextInt(2),
                Variation.values()[random.nextInt(2)],
                1 + random.nextLong(1_000_000_000L),
                random.nextInt(13),
                random.nextInt(-9, 13),
                1 + random.nextLong(1_000),
                1 + random.nextLong(1L << random.nextInt(1, 20)),
                1 + random.nextLong(1L << random.nextInt(1, 40)),
                1 + random.nextLong(openInterest),
                openInterest,
                terms(kind, random));
        return random.nextBoolean() ? contract : contract.withUsualPrices();
      } catch (InvalidParameter e) {
        // the next one may be valid
      }
    }
  }
}
