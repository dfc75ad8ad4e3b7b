package io.evenkeel.bench.watch;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What to measure.
///
/// @param accounts how many there are
/// @param ticks how many are timed
record WatchOptions(
    int accounts,
    int ticks,
    long seed,
    Walk.Kind walk,
    LinearVenue.Population population,
    boolean json) {

  static WatchOptions of(String[] args) {
    int accounts = 100_000;
    int ticks = 20_000;
    long seed = 1;
    Walk.Kind walk = Walk.Kind.INDEPENDENT;
    LinearVenue.Population population = LinearVenue.Population.REALISTIC;
    boolean json = false;
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      if (option.equals("--json")) {
        json = true;
        continue;
      }
      if (i + 1 == args.length) {
        throw refused(option + " needs a value");
      }
      String value = args[++i];
      switch (option) {
        case "--accounts" -> accounts = number(option, value, 20_000_000);
        case "--ticks" -> ticks = number(option, value, 100_000_000);
        case "--seed" -> seed = number(option, value, Integer.MAX_VALUE);
        case "--walk" -> walk = chosen(Walk.Kind.class, option, value);
        case "--population" -> population = chosen(LinearVenue.Population.class, option, value);
        default -> throw refused("there is no option " + option);
      }
    }
    return new WatchOptions(accounts, ticks, seed, walk, population, json);
  }

  private static int number(String option, String value, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw refused(option + " takes a number from 1 to " + most + ", not " + value);
  }

  private static <E extends Enum<E>> E chosen(Class<E> kinds, String option, String value) {
    for (E kind : kinds.getEnumConstants()) {
      if (word(kind).equals(value)) {
        return kind;
      }
    }
    throw refused(option + " takes one of " + words(kinds) + ", not " + value);
  }

  private static String words(Class<? extends Enum<?>> kinds) {
    return Arrays.stream(kinds.getEnumConstants())
        .map(WatchOptions::word)
        .collect(Collectors.joining("|"));
  }

  static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static IllegalArgumentException refused(String reason) {
    String usage =
        """
        bench watch [--accounts N] [--ticks N] [--seed S] [--walk %s]
                    [--population %s] [--json]\
        """
            .formatted(words(Walk.Kind.class), words(LinearVenue.Population.class));
    return new IllegalArgumentException(reason + "\n" + usage);
  }
}
