package io.evenkeel.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.wire.RecordedEvent;
import io.evenkeel.wire.words.EventWords;
import io.evenkeel.wire.words.UnknownReference;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventJsonTest {
  private static final int ROUNDS = 50;

  static Stream<Class<?>> eventTypes() {
    return Arrays.stream(Event.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("eventTypes")
  void shouldWriteEveryFigureOfEveryEvent(Class<? extends Event> type) {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new SplittableRandom(seed));
    for (int round = 0; round < ROUNDS; round++) {
      Event event = records.record(type);
      ObjectNode json = EventJson.write(new RecordedEvent(7, 8, 9, event), SampleVenue.CATALOGUE);
      assertThat(json.get("number").stringValue()).isEqualTo("7");
      assertThat(json.get("time").stringValue()).isEqualTo("1970-01-01T00:00:00.000000008Z");
      assertThat(json.get("position").stringValue()).isEqualTo("9");
      assertThat(json.get("type").stringValue())
          .isEqualTo(CommandRoundTripTest.lowerFirst(type.getSimpleName()));
      assertThat(json.get("words").stringValue()).as("seed %d", seed).isNotBlank();
      assertThat(json.get("decision").booleanValue()).isEqualTo(EventWords.isDecision(event));
      for (RecordComponent component : type.getRecordComponents()) {
        if (value(component, event) == PositionSide.NET) {
          assertThat(names(json)).doesNotContain(component.getName());
          continue;
        }
        assertThat(names(json))
            .as("%s of %s", component.getName(), json)
            .contains(fieldOf(component.getName(), json));
      }
      assertThat(json.toString()).doesNotContain("E+", "E-");
      assertNoFloats(json);
    }
  }

  private static @Nullable Object value(RecordComponent component, Event event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// The name a component is written under: without its unit, identifiers without their suffix.
  private static String fieldOf(String component, JsonNode json) {
    if (component.equals("windowNs") || component.equals("coveredNs")) {
      return component.replaceFirst("Ns$", "Seconds");
    }
    String name = component.replaceFirst("(E18|E12|E6|E2|Minor|Units|Ticks|Ns)$", "");
    return switch (name) {
      case "accountId",
          "partyId",
          "callId",
          "auctionId",
          "bidderAccountId",
          "buyerAccountId",
          "sellerAccountId",
          "fromAccountId",
          "toAccountId",
          "longAccountId",
          "shortAccountId",
          "backstopAccountId",
          "counterpartyAccountId",
          "soldAssetId",
          "debtAssetId",
          "cashAssetId" ->
          name.replaceFirst("Id$", "").replaceFirst("(?<=[a-z])Account$", "");
      case "assetId" -> "asset";
      case "instrumentId", "isolatedInstrumentId" -> "instrument";
      case "symbol" -> json.has("assetId") ? "asset" : "instrument";
      case "target", "id" -> json.has("asset") ? "asset" : "instrument";
      case "buy", "sell" -> name + "Quantity";
      case "underlyingAssetId" -> "underlying";
      default -> name;
    };
  }

  private static List<String> names(ObjectNode json) {
    return List.copyOf(json.propertyNames());
  }

  private static void assertNoFloats(JsonNode json) {
    assertThat(json.isNumber() && !json.isIntegralNumber()).isFalse();
    json.forEach(EventJsonTest::assertNoFloats);
  }

  @Test
  void shouldNameEveryTypeOfEventOnce() {
    assertThat(EventJson.TYPES)
        .containsExactlyInAnyOrderElementsOf(
            eventTypes()
                .map(type -> CommandRoundTripTest.lowerFirst(type.getSimpleName()))
                .toList());
  }

  @Test
  void shouldTellWhichAccountsAnEventConcerns() {
    LedgerAccount seven = new LedgerAccount.Margin(7);
    LedgerAccount eight = new LedgerAccount.Margin(8);
    LedgerAccount wallet = new LedgerAccount.Wallet(9);
    assertThat(
            EventJson.accountsOf(
                new Event.FillApplied(0, 7, 8, 1, 1, 0, 0, PositionSide.NET, PositionSide.NET)))
        .containsExactly(7, 8);
    assertThat(EventJson.accountsOf(new Event.MoneyMoved(0, wallet, seven, 1, MoneyReason.TOP_UP)))
        .containsExactly(7);
    assertThat(EventJson.accountsOf(new Event.MoneyMoved(0, seven, seven, 1, MoneyReason.FEE)))
        .containsExactly(7);
    assertThat(
            EventJson.accountsOf(
                new Event.OrderMarginSecured(
                    7,
                    1,
                    List.of(
                        new Event.SourcedAmount(wallet, 0, 1),
                        new Event.SourcedAmount(eight, 0, 1),
                        new Event.SourcedAmount(eight, 1, 1)))))
        .containsExactly(7, 8);
    assertThat(EventJson.accountsOf(new Event.BadDebtRecorded(-1, 0, 5))).isEmpty();
    assertThat(EventJson.accountsOf(new Event.BadDebtRecorded(7, 0, 5))).containsExactly(7);
    assertThat(EventJson.accountsOf(new Event.AlarmRaised("x"))).isEmpty();
  }

  @Test
  void shouldSayWhenTheCatalogueIsTooOld() {
    Event event = new Event.InstrumentSettled(0, 5);
    assertThatThrownBy(() -> EventJson.write(new RecordedEvent(1, 1, 1, event), Catalogue.EMPTY))
        .isInstanceOf(UnknownReference.class)
        .hasMessage("instrument 0 is not in the catalogue; take one that is as new as the event");
  }
}
