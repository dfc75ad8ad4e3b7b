package io.evenkeel.reader;

import static io.evenkeel.reader.WrittenVenue.ONE_USD;
import static io.evenkeel.reader.WrittenVenue.PERP;
import static io.evenkeel.reader.WrittenVenue.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.RulebookPreview;
import io.evenkeel.model.account.RulebookPreview.AccountChange;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.rulebook.Rulebook;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a version of a rulebook would bring, asked of a reader: it is what happens on the node once
/// the version is in force, and nothing of it stays with the reader.
class PreviewReadingTest {
  private static final int ACCOUNTS = 30;
  private static final int ALL = Venue.MOST_LINES;
  private static final Rulebook DEARER = SmallRulebook.version(2, "0.15", "0.3");

  @TempDir private Path folder;

  /// Two with 500 of margin for 5,000 of notional and 500 in the wallet; at 15 % they need 750.
  private static void twoTraders(WrittenVenue venue) {
    venue.openMany(2);
    venue.trade(100, 101, 5_000, 100_000);
    venue.mark(PERP, 100_000);
  }

  @Test
  void shouldForetellWhatHappensAndKeepNothing() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      SplittableRandom random = new SplittableRandom(3);
      venue.openMany(ACCOUNTS);
      for (int i = 0; i < 500; i++) {
        venue.random(random, ACCOUNTS);
      }
      String before = venue.hash();

      RulebookPreview preview =
          venue.ask(reader, asked -> asked.preview(RULES, DEARER, ALL)).orElseThrow();

      assertThat(preview.version()).isEqualTo(2);
      assertThat(preview.changed()).isNotEmpty();
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(before);
      venue.accepted(new Command.DefineRulebook(RULES, DEARER, 0));
      for (AccountChange change : preview.changed()) {
        assertThat(venue.engine.view().assess(change.accountId()).zone())
            .as("account %d", change.accountId())
            .isEqualTo(change.settledZone());
      }
      for (int i = 0; i < 200; i++) {
        venue.random(random, ACCOUNTS);
      }
      assertThat(venue.ask(reader, Venue::stateHash)).isEqualTo(venue.hash());
    }
  }

  @Test
  void shouldLookAtTheVersionThatWaits() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      twoTraders(venue);
      Optional<RulebookPreview> none = venue.ask(reader, asked -> asked.preview(RULES, null, ALL));
      assertThat(none).as("none waits").isEmpty();

      venue.accepted(new Command.DefineRulebook(RULES, DEARER, Long.MAX_VALUE / 2));

      Optional<RulebookPreview> waiting =
          venue.ask(reader, asked -> asked.preview(RULES, null, ALL));
      Optional<RulebookPreview> given =
          venue.ask(reader, asked -> asked.preview(RULES, DEARER, ALL));
      assertThat(waiting).isEqualTo(given).isPresent();
      assertThat(waiting.orElseThrow().changed())
          .extracting(AccountChange::accountId)
          .containsExactlyInAnyOrder(100L, 101L);
      assertThat(venue.ask(reader, asked -> asked.account(100)).orElseThrow().zone())
          .isNotEqualTo(Zone.LIQUIDATION);
    }
  }

  @Test
  void shouldListNoMoreThanIsAskedForAndCountAll() throws Exception {
    try (WrittenVenue venue = WrittenVenue.withMarket(folder);
        Reader reader = Reader.start(venue.readerConfig())) {
      twoTraders(venue);
      assertThat(venue.engine.view().marginMinor(100, WrittenVenue.USD)).isEqualTo(500 * ONE_USD);

      List<RulebookPreview> previews =
          venue.ask(
              reader,
              asked ->
                  List.of(
                      asked.preview(RULES, DEARER, ALL + 1).orElseThrow(),
                      asked.preview(RULES, DEARER, 1).orElseThrow(),
                      asked.preview(RULES, DEARER, -1).orElseThrow()));

      assertThat(previews).extracting(it -> it.changed().size()).containsExactly(2, 1, 0);
      assertThat(previews)
          .extracting(RulebookPreview::moves)
          .containsOnly(previews.getFirst().moves());
      Optional<RulebookPreview> unknown =
          venue.ask(reader, asked -> asked.preview(RULES + 1, DEARER, ALL));
      assertThat(unknown).isEmpty();
    }
  }
}
