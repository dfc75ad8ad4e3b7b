package io.evenkeel.wire;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.EngineLimits;
import io.evenkeel.model.command.Outcome;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.Event;
import java.util.List;
import java.util.stream.Stream;

/// A message whose bytes are known.
///
/// @param name of its golden file: the message's name in the schema, with an addition after a
///   hyphen where there is more than one of it
record Sample(String name, WireForm form, Object message) {
  private static final String HASH =
      "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210";

  static Sample command(String name, Command command) {
    return new Sample(name, WireForm.COMMAND, command);
  }

  static Sample event(String name, Event event) {
    return new Sample(name, WireForm.EVENT, event);
  }

  static Stream<Sample> all() {
    return Stream.of(SampleCommands.all(), SampleEvents.all(), ofTheNode()).flatMap(List::stream);
  }

  /// The name of the message in the schema.
  String messageName() {
    return name.split("-")[0];
  }

  private static List<Sample> ofTheNode() {
    Outcome accepted = new Outcome(RefusalReason.NONE, 77, 3);
    Outcome refused = new Outcome(RefusalReason.NO_SUCH_ORDER, 0, 0);
    return List.of(
        new Sample(
            "Submission",
            WireForm.SUBMISSION,
            new WireForm.Submitted(31, 4_000_000_000L, 12, new Command.CloseAccount(501))),
        new Sample(
            "Answer", WireForm.ANSWER, new Answer(31, 8_192, SampleCommands.TIME_NS, accepted, "")),
        new Sample(
            "Answer-refused",
            WireForm.ANSWER,
            new Answer(32, 8_256, SampleCommands.TIME_NS, refused, "")),
        new Sample(
            "Answer-fault",
            WireForm.ANSWER,
            new Answer(33, 8_320, SampleCommands.TIME_NS, null, "the message is of version 9")),
        new Sample(
            "SnapshotHeader",
            WireForm.SNAPSHOT,
            new SnapshotCodec.Header(
                70_000,
                65_536,
                SampleCommands.TIME_NS,
                1_234,
                new EngineLimits(64, 4_096, 63, 16_000_000, 15_000_000, 62, 8_192, 65_536, 32))),
        new Sample("SnapshotChunk", WireForm.SNAPSHOT, new WireForm.State("0badcafe00ff")),
        new Sample("SnapshotEnd", WireForm.SNAPSHOT, new SnapshotCodec.End(6, HASH)));
  }

  @Override
  public String toString() {
    return name;
  }
}
