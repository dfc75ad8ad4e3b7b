package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.event.Event;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.wire.sbe.AlarmRaisedEncoder;
import io.evenkeel.wire.sbe.ApplyFundingEncoder;
import io.evenkeel.wire.sbe.DecimalEncoder;
import io.evenkeel.wire.sbe.DefineAssetEncoder;
import io.evenkeel.wire.sbe.DefineRulebookEncoder;
import io.evenkeel.wire.sbe.MoneyMovedEncoder;
import io.evenkeel.wire.sbe.ReassessEncoder;
import io.evenkeel.wire.sbe.TransferDecoder;
import io.evenkeel.wire.sbe.TransferEncoder;
import io.evenkeel.wire.sbe.ZoneChangedEncoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/// What is wrong is said by the name of the message and the field.
class RefusalsTest {
  private static final int BODY = 8;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final Command TRANSFER =
      new Command.Transfer(501, 1, 7, Command.Direction.TO_WALLET);

  @Test
  void shouldRefuseAnotherSchema() {
    shouldRefuse(
        TRANSFER,
        it -> it.putShort(4, (short) 111, ORDER),
        "the message is of schema 111; understood is 17750");
  }

  @Test
  void shouldRefuseALaterVersionAndSayWhichAreUnderstood() {
    shouldRefuse(
        TRANSFER,
        it -> it.putShort(6, (short) 7, ORDER),
        "the message is of version 7 of the schema; understood are versions 1 to 6");
  }

  @Test
  void shouldRefuseAVersionThatNeverWas() {
    shouldRefuse(TRANSFER, it -> it.putShort(6, (short) 0, ORDER), "is of version 0");
  }

  @Test
  void shouldRefuseATemplateThatIsUnknown() {
    shouldRefuse(
        TRANSFER,
        it -> it.putShort(2, (short) 99, ORDER),
        "template 99 of the schema is no command in version 6");
  }

  @Test
  void shouldRefuseAnEventWhereACommandBelongs() {
    byte[] event = WireForm.EVENT.encode(new Event.AccountClosed(501));

    assertThatThrownBy(() -> WireForm.COMMAND.decode(event))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessage("template 106 of the schema is no command in version 6");
    for (WireForm form : List.of(WireForm.SUBMISSION, WireForm.ANSWER, WireForm.SNAPSHOT)) {
      assertThatThrownBy(() -> form.decode(event))
          .isInstanceOf(UndecodableMessage.class)
          .hasMessageContaining("template 106");
    }
  }

  @Test
  void shouldRefuseABlockOfAnotherLength() {
    shouldRefuse(
        TRANSFER,
        it -> it.putShort(0, (short) 20, ORDER),
        "Transfer: block: has 20 bytes; version 6 has 21");
  }

  @Test
  void shouldRefuseWhatIsTooShortForAHeader() {
    assertThatThrownBy(() -> WireForm.COMMAND.decode(new byte[7]))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessage("a message has at least 8 bytes, not 7");
  }

  @Test
  void shouldNameTheFieldOfAnUnknownNumber() {
    shouldRefuse(
        TRANSFER,
        it -> it.putByte(BODY + TransferEncoder.directionEncodingOffset(), (byte) 9),
        "Transfer: direction: holds 9, which stands for nothing");
    shouldRefuse(
        TRANSFER,
        it -> it.putByte(BODY + TransferEncoder.directionEncodingOffset(), (byte) 0),
        "Transfer: direction: holds 0, which stands for nothing");
  }

  @Test
  void shouldNameTheFieldOfAFlagThatIsNeitherYesNorNo() {
    shouldRefuse(
        new Command.Reassess(List.of(), true),
        it -> it.putByte(BODY + ReassessEncoder.mayCloseEncodingOffset(), (byte) 3),
        "Reassess: mayClose: holds 3, which is neither yes nor no");
  }

  @Test
  void shouldNameTheFieldOfADecimalThatIsNone() {
    int rate = BODY + ApplyFundingEncoder.rateEncodingOffset();
    Command command = new Command.ApplyFunding(7, new Decimal(15, 2));
    shouldRefuse(
        command,
        it -> it.putByte(rate + DecimalEncoder.scaleEncodingOffset(), (byte) 19),
        "ApplyFunding: rate: holds 15 with 19 places, which is no decimal");
    shouldRefuse(
        command,
        it -> it.putLong(rate, 150, ORDER),
        "ApplyFunding: rate: holds a decimal that is not in lowest terms");
    shouldRefuse(
        command, it -> it.putLong(rate, Long.MIN_VALUE, ORDER), "rate: holds -9223372036854775808");
  }

  @Test
  void shouldPassOnWhyTheModelRefuses() {
    shouldRefuse(
        SampleCommands.all().getFirst().message(),
        it -> it.putInt(BODY + DefineAssetEncoder.scaleEncodingOffset(), 19, ORDER),
        "DefineAsset: scale: must be 0 to 18");
    shouldRefuse(
        new Command.DefineRulebook(1, SampleRulebooks.bare(), 0),
        it -> it.putInt(BODY + DefineRulebookEncoder.versionEncodingOffset(), 0, ORDER),
        "DefineRulebook: version: must be at least 1");
  }

  @Test
  void shouldRefuseAnAccountOfTheLedgerThatIsNone() {
    Event event =
        new Event.MoneyMoved(
            1,
            new LedgerAccount.Wallet(42),
            new LedgerAccount.Clearing(7),
            5,
            MoneyReason.REALISED_PROFIT);
    shouldRefuse(
        event,
        it -> it.putByte(BODY + MoneyMovedEncoder.fromEncodingOffset(), (byte) 6),
        "MoneyMoved: from: holds kind 6, house 255 and id 42, which is no account of the ledger");
    shouldRefuse(
        event,
        it -> it.putByte(BODY + MoneyMovedEncoder.fromEncodingOffset() + 1, (byte) 1),
        "MoneyMoved: from: holds kind 1, house 1");
    shouldRefuse(
        event,
        it -> it.putLong(BODY + MoneyMovedEncoder.toEncodingOffset() + 2, 1L << 32, ORDER),
        "MoneyMoved: to: holds kind 3");
  }

  @Test
  void shouldRefuseAGroupThatSaysItIsLargerThanTheMessage() {
    Command command = new Command.Reassess(List.of(501L), true);
    int group = BODY + ReassessEncoder.BLOCK_LENGTH;
    shouldRefuse(
        command,
        it -> it.putInt(group + 2, 1_000_000_000, ORDER),
        "Reassess: accounts: is cut short: of 8000000000 bytes only 8 are there");
    shouldRefuse(
        command,
        it -> it.putInt(group + 2, -1, ORDER),
        "Reassess: accounts: has more entries than a message can hold");
    shouldRefuse(
        command,
        it -> it.putShort(group, (short) 0, ORDER),
        "Reassess: accounts: has 0 bytes; version 6 has 8");
  }

  @Test
  void shouldRefuseATextThatIsNoUtf8() {
    Event event = new Event.AlarmRaised("abc");
    int text = BODY + AlarmRaisedEncoder.BLOCK_LENGTH;
    shouldRefuse(event, it -> it.putByte(text + 4, (byte) 0xFF), "AlarmRaised: rule: is not UTF-8");
    shouldRefuse(
        event,
        it -> it.putInt(text, Integer.MAX_VALUE, ORDER),
        "AlarmRaised: rule: is cut short: of 2147483647 bytes only 7 are there");
    shouldRefuse(event, it -> it.putInt(text, -1, ORDER), "AlarmRaised: rule: is longer than");
  }

  @Test
  void shouldRefuseAZoneInsideAnAssessment() {
    Object event =
        SampleEvents.all().stream()
            .filter(it -> it.name().equals("ZoneChanged"))
            .findFirst()
            .orElseThrow()
            .message();
    assertThat(((Event.ZoneChanged) event).after()).isEqualTo(Zone.CALL);
    shouldRefuse(
        event,
        it -> it.putByte(BODY + ZoneChangedEncoder.assessmentEncodingOffset(), (byte) 6),
        "ZoneChanged: zone: holds 6, which stands for nothing");
  }

  @Test
  void shouldReadASubmissionWhateverFollows() {
    byte[] bytes = new byte[Submission.HEADER_LENGTH + 3];
    UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    int at = Submission.encodeHeader(1, 2, 3, buffer, 0);

    assertThat(at).isEqualTo(Submission.HEADER_LENGTH);
    assertThat(Submission.decode(buffer, 0, bytes.length))
        .isEqualTo(new Submission(1, 2, 3, Submission.HEADER_LENGTH, 3));
    assertThat(Submission.decode(buffer, 0, at))
        .isEqualTo(new Submission(1, 2, 3, Submission.HEADER_LENGTH, 0));
    assertThatThrownBy(() -> Submission.decode(buffer, 0, at - 1))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessage("Submission: is cut short, it has only 31 bytes");
  }

  @Test
  void shouldReadWhatAnEarlierVersionWrote() {
    byte[] bytes = WireForm.COMMAND.encode(TRANSFER);
    UnsafeBuffer buffer = new UnsafeBuffer(Arrays.copyOf(bytes, bytes.length - 1));
    buffer.putShort(0, (short) 20, ORDER);
    buffer.putShort(6, (short) 1, ORDER);
    TransferDecoder decoder = new TransferDecoder();
    Frame later = new Frame(1, 2);

    // as if direction, the last field of the block, had come with version 2
    long accountId =
        later.read(buffer, 0, buffer.capacity(), template -> later.body(decoder).accountId());

    assertThat(accountId).isEqualTo(501);
    assertThat(decoder.actingVersion()).isEqualTo(1);
    assertThat(decoder.encodedLength()).isEqualTo(20);
  }

  @Test
  void shouldNotReadAnEarlierVersionWithALongerBlock() {
    byte[] bytes = WireForm.COMMAND.encode(TRANSFER);
    UnsafeBuffer buffer = new UnsafeBuffer(Arrays.copyOf(bytes, bytes.length + 1));
    buffer.putShort(0, (short) 22, ORDER);
    buffer.putShort(6, (short) 1, ORDER);
    Frame later = new Frame(1, 2);

    assertThatThrownBy(() ->
            later.read(buffer, 0, buffer.capacity(), template -> later.body(new TransferDecoder())))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessage("Transfer: block: has 22 bytes; version 2 has 21");
  }

  @Test
  void shouldReadTheNextMessageAfterADamagedOne() {
    byte[] good = WireForm.COMMAND.encode(TRANSFER);

    assertThatThrownBy(() -> WireForm.COMMAND.decode(new byte[40]))
        .isInstanceOf(UndecodableMessage.class);
    assertThat(WireForm.COMMAND.decode(good)).isEqualTo(TRANSFER);
  }

  private static void shouldRefuse(Object message, Consumer<UnsafeBuffer> damage, String says) {
    WireForm form = message instanceof Command ? WireForm.COMMAND : WireForm.EVENT;
    byte[] bytes = form.encode(message);
    damage.accept(new UnsafeBuffer(bytes));

    assertThatThrownBy(() -> form.decode(bytes))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageContaining(says);
  }
}
