package io.evenkeel.model.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.number.InvalidParameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
  @Test
  void shouldKeepEveryColumnOfABatch() {
    MarkBatch.Builder builder = MarkBatch.builder();
    for (int i = 0; i < 20; i++) {
      builder.add(i % 2 == 0 ? Target.INSTRUMENT : Target.ASSET, i, 100 + i, 1_000 + i, i);
    }
    MarkBatch batch = builder.build();
    assertThat(batch.size()).isEqualTo(20);
    for (int i = 0; i < 20; i++) {
      assertThat(batch.target(i)).isEqualTo(i % 2 == 0 ? Target.INSTRUMENT : Target.ASSET);
      assertThat(batch.id(i)).isEqualTo(i);
      assertThat(batch.priceUnits(i)).isEqualTo(100 + i);
      assertThat(batch.timeNs(i)).isEqualTo(1_000 + i);
      assertThat(batch.uncertaintyE6(i)).isEqualTo(i);
    }
    assertThat(MarkBatch.builder().build().size()).isZero();
  }

  @Test
  void shouldCompareBatchesByEveryColumn() {
    MarkBatch batch = MarkBatch.builder().add(Target.ASSET, 1, 2, 3, 4).build();
    assertThat(batch)
        .isEqualTo(MarkBatch.builder().add(Target.ASSET, 1, 2, 3, 4).build())
        .hasSameHashCodeAs(MarkBatch.builder().add(Target.ASSET, 1, 2, 3, 4).build())
        .hasToString("MarkBatch[ASSET 1=2@3]")
        .isNotEqualTo(MarkBatch.builder().add(Target.INSTRUMENT, 1, 2, 3, 4).build())
        .isNotEqualTo(MarkBatch.builder().add(Target.ASSET, 9, 2, 3, 4).build())
        .isNotEqualTo(MarkBatch.builder().add(Target.ASSET, 1, 9, 3, 4).build())
        .isNotEqualTo(MarkBatch.builder().add(Target.ASSET, 1, 2, 9, 4).build())
        .isNotEqualTo(MarkBatch.builder().add(Target.ASSET, 1, 2, 3, 9).build())
        .isNotEqualTo(MarkBatch.builder().build());
  }

  @Test
  void shouldNotChangeABatchThroughItsBuilder() {
    MarkBatch.Builder builder = MarkBatch.builder().add(Target.ASSET, 1, 2, 3);
    MarkBatch batch = builder.build();
    builder.add(Target.ASSET, 5, 6, 7);
    assertThat(batch).isEqualTo(MarkBatch.builder().add(Target.ASSET, 1, 2, 3).build());
  }

  @Test
  void shouldCopyTheListOfAReassessment() {
    List<Long> accounts = new ArrayList<>(List.of(1L));
    Command.Reassess reassess = new Command.Reassess(accounts, true);
    accounts.add(2L);
    assertThat(reassess.accountIds()).containsExactly(1L);
    assertThatThrownBy(() -> reassess.accountIds().add(3L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldRefuseEveryLimitBelowOne() {
    for (int zero = 0; zero < 9; zero++) {
      int[] limits = {1, 1, 1, 1, 1, 1, 1, 1, 1};
      limits[zero] = 0;
      assertThat(
              catchThrowableOfType(
                  InvalidParameter.class,
                  () ->
                      new EngineLimits(
                          limits[0], limits[1], limits[2], limits[3], limits[4], limits[5],
                          limits[6], limits[7], limits[8])))
          .as("limit %d", zero)
          .hasMessage("limits: every limit must be at least 1");
    }
  }

  @Test
  void shouldFindZonesAtTheirBoundaries() {
    assertThat(Zone.of(99, 100, 200, 300, 400)).isEqualTo(Zone.LIQUIDATION);
    assertThat(Zone.of(100, 100, 200, 300, 400)).isEqualTo(Zone.CALL);
    assertThat(Zone.of(199, 100, 200, 300, 400)).isEqualTo(Zone.CALL);
    assertThat(Zone.of(200, 100, 200, 300, 400)).isEqualTo(Zone.RESTRICTED);
    assertThat(Zone.of(299, 100, 200, 300, 400)).isEqualTo(Zone.RESTRICTED);
    assertThat(Zone.of(300, 100, 200, 300, 400)).isEqualTo(Zone.HEALTHY);
    assertThat(Zone.of(399, 100, 200, 300, 400)).isEqualTo(Zone.HEALTHY);
    assertThat(Zone.of(400, 100, 200, 300, 400)).isEqualTo(Zone.EXCESS);
    for (Zone zone : Zone.values()) {
      assertThat(Zone.at(zone.ordinal())).isEqualTo(zone);
    }
  }

  @Test
  void shouldCallOnlyNoReasonAccepted() {
    for (RefusalReason reason : RefusalReason.values()) {
      assertThat(new Outcome(reason, 0, 0).isAccepted()).isEqualTo(reason == RefusalReason.NONE);
    }
    assertThat(Outcome.QUIET.isAccepted()).isTrue();
  }
}
