package io.evenkeel.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MarginLevels;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.event.Evidence;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.wire.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What other programs rely on, kept as files. `-Devenkeel.golden=write` writes them anew; then
/// look at what changed.
class GoldenJsonTest {
  private static final long TIME_NS = 1_767_323_045_123_456_789L;
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/json");

  static Stream<Map.Entry<String, Command>> commands() {
    return Stream.of(
        Map.entry("define-asset", new Command.DefineAsset(SampleVenue.BTC)),
        Map.entry("define-instrument", new Command.DefineInstrument(SampleVenue.OIL_FUTURE)),
        Map.entry(
            "open-account",
            new Command.OpenAccount(
                Long.MAX_VALUE, 7, 1, AccountMode.ISOLATED, 2, AccountRole.TRADER)),
        Map.entry("deposit", new Command.Deposit(7, 0, 1_000_500_000)),
        Map.entry("set-order-exposure", new Command.SetOrderExposure(7, 1, 2, 0, 14_002, 0)),
        Map.entry("fill", new Command.Fill(0, 7, 8, 125, 1_124_000, 5_620_000, -1, true, false)),
        Map.entry("apply-funding", new Command.ApplyFunding(0, Decimal.parse("-0.0001"))),
        Map.entry(
            "mark-prices",
            new Command.MarkPrices(
                MarkBatch.builder()
                    .add(MarkBatch.Target.INSTRUMENT, 0, 1_124_000, TIME_NS)
                    .add(MarkBatch.Target.ASSET, 1, 11_240_000, TIME_NS, 500)
                    .build())));
  }

  static Stream<Map.Entry<String, Event>> events() {
    LedgerAccount wallet = new LedgerAccount.Wallet(3);
    List<Event.SourcedAmount> amounts =
        List.of(
            new Event.SourcedAmount(wallet, 0, 200_000_000),
            new Event.SourcedAmount(new LedgerAccount.Margin(8), 1, 1_000));
    return Stream.of(
        Map.entry(
            "margin-call-issued",
            new Event.MarginCallIssued(
                7, 4, 120_000_000, TIME_NS + 3_600_000_000_000L, 5_400_250_000_000L, evidence())),
        Map.entry("topped-up", new Event.ToppedUp(7, 320_000_000, amounts, evidence())),
        Map.entry("zone-changed", zoneChanged()),
        Map.entry(
            "fill-applied",
            new Event.FillApplied(2, 7, 8, 20, 1_234, 0, -5, PositionSide.NET, PositionSide.NET)),
        Map.entry(
            "money-moved",
            new Event.MoneyMoved(
                0,
                new LedgerAccount.Clearing(0),
                new LedgerAccount.House(LedgerAccount.HouseAccount.INSURANCE_FUND),
                1,
                MoneyReason.ROUNDING_REMAINDER)),
        Map.entry(
            "mark-rejected",
            new Event.MarkRejected(MarkBatch.Target.ASSET, 1, -5, 0, MarkFault.OUT_OF_RANGE)),
        Map.entry("bad-debt-recorded", new Event.BadDebtRecorded(-1, 0, 5_000_000)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldReadAndWriteCommandsAsTheyAlwaysWere(Map.Entry<String, Command> golden)
      throws IOException {
    Command command = golden.getValue();
    JsonNode file =
        file("command-" + golden.getKey(), CommandJson.write(command, SampleVenue.CATALOGUE));
    assertThat(CommandJson.write(command, SampleVenue.CATALOGUE)).isEqualTo(file);
    assertThat(CommandJson.read(file, SampleVenue.CATALOGUE, SampleVenue.NO_RULEBOOKS, 0))
        .isEqualTo(command);
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldWriteEventsAsTheyAlwaysWere(Map.Entry<String, Event> golden) throws IOException {
    RecordedEvent event = new RecordedEvent(42, TIME_NS, 8_192, golden.getValue());
    JsonNode written = EventJson.write(event, SampleVenue.CATALOGUE);
    assertThat(written).isEqualTo(file("event-" + golden.getKey(), written));
  }

  private static Event zoneChanged() {
    Assessment withoutBands =
        new Assessment(
            Zone.HEALTHY,
            1_000_000_000,
            990_000_000,
            400_000_000,
            800_000_000,
            new MarginLevels(400_000_000, 400_000_000, 810_000_000, MarginLevels.NO_RELEASE));
    return new Event.ZoneChanged(7, Zone.RESTRICTED, Zone.HEALTHY, withoutBands);
  }

  private static Evidence evidence() {
    Assessment assessment =
        new Assessment(
            Zone.CALL,
            450_000_000,
            440_000_000,
            400_000_000,
            760_000_000,
            new MarginLevels(400_000_000, 480_000_000, 770_000_000, 900_000_000));
    return new Evidence(
        Trigger.MARKS,
        1,
        3,
        assessment,
        List.of(
            new Evidence.CollateralLine(
                0,
                700_000_000,
                1_000_000,
                Decimal.ONE,
                Decimal.parse("0.99"),
                700_000_000,
                693_000_000,
                -250_000_000,
                -250_000_000,
                -250_000_000)),
        List.of(
            new Evidence.PositionLine(
                0, 125, 14_300_000_000L, 1_124_000, 10, 0, -250_000_000, 1, 2, 3, 4),
            new Evidence.PositionLine(1, -2, -140_020_000_000L, 7_001, 0, 0, 0, 5, 6, 7, 8)));
  }

  private static JsonNode file(String name, JsonNode written) throws IOException {
    Path file = FOLDER.resolve(name + ".json");
    if ("write".equals(System.getProperty("evenkeel.golden"))) {
      Files.writeString(file, written.toPrettyString() + "\n");
    }
    return CommandJson.parse(Files.readAllBytes(file));
  }
}
