package io.evenkeel.wire;

import io.evenkeel.model.account.LedgerAccount;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.CycleStep;
import io.evenkeel.wire.sbe.CycleStepSetDecoder;
import io.evenkeel.wire.sbe.CycleStepSetEncoder;
import io.evenkeel.wire.sbe.DecimalDecoder;
import io.evenkeel.wire.sbe.DecimalEncoder;
import io.evenkeel.wire.sbe.FlagCode;
import io.evenkeel.wire.sbe.HouseAccountCode;
import io.evenkeel.wire.sbe.LedgerAccountDecoder;
import io.evenkeel.wire.sbe.LedgerAccountEncoder;
import io.evenkeel.wire.sbe.LedgerAccountKindCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// The values that many messages are made of. Every value has one form only: what is read is
/// written again byte for byte.
final class ValueBody {
  private static final int LONGEST_TEXT = 65_534;
  private static final int FIRST_WITH_SIDES = 5;
  private static final int KNOWN_STEPS = (1 << CycleStep.values().length) - 1;

  private ValueBody() {}

  static FlagCode flag(boolean value) {
    return value ? FlagCode.YES : FlagCode.NO;
  }

  static boolean flag(short number, String field) {
    if (number == FlagCode.YES.value()) {
      return true;
    }
    if (number == FlagCode.NO.value()) {
      return false;
    }
    throw new InvalidParameter(field, "holds " + number + ", which is neither yes nor no");
  }

  /// Which position is meant; before version 5 an account had one an instrument.
  static PositionSide side(int actingVersion, short number, String field) {
    return actingVersion < FIRST_WITH_SIDES
        ? PositionSide.NET
        : WireEnums.POSITION_SIDE.constant(number, field);
  }

  static void put(Decimal value, DecimalEncoder to) {
    to.units(value.units()).scale((short) value.scale());
  }

  static Decimal decimal(DecimalDecoder from, String field) {
    short scale = from.scale();
    if (scale > 18 || from.units() == Long.MIN_VALUE) {
      throw new InvalidParameter(
          field, "holds " + from.units() + " with " + scale + " places, which is no decimal");
    }
    Decimal value = new Decimal(from.units(), scale);
    if (value.scale() != scale) {
      throw new InvalidParameter(field, "holds a decimal that is not in lowest terms");
    }
    return value;
  }

  static void put(Set<CycleStep> steps, CycleStepSetEncoder to) {
    to.clear()
        .settle(steps.contains(CycleStep.SETTLE))
        .release(steps.contains(CycleStep.RELEASE))
        .topUp(steps.contains(CycleStep.TOP_UP))
        .call(steps.contains(CycleStep.CALL))
        .close(steps.contains(CycleStep.CLOSE));
  }

  static Set<CycleStep> steps(CycleStepSetDecoder from, String field) {
    if ((from.getRaw() & ~KNOWN_STEPS) != 0) {
      throw new InvalidParameter(field, "holds bits that stand for no step");
    }
    Set<CycleStep> steps = EnumSet.noneOf(CycleStep.class);
    for (CycleStep step : CycleStep.values()) {
      if (holds(from, step)) {
        steps.add(step);
      }
    }
    return steps;
  }

  private static boolean holds(CycleStepSetDecoder from, CycleStep step) {
    return switch (step) {
      case SETTLE -> from.settle();
      case RELEASE -> from.release();
      case TOP_UP -> from.topUp();
      case CALL -> from.call();
      case CLOSE -> from.close();
    };
  }

  static void put(LedgerAccount account, LedgerAccountEncoder to) {
    to.house(HouseAccountCode.NULL_VAL);
    switch (account) {
      case LedgerAccount.Wallet wallet ->
          to.kind(LedgerAccountKindCode.WALLET).id(wallet.partyId());
      case LedgerAccount.Margin margin ->
          to.kind(LedgerAccountKindCode.MARGIN).id(margin.accountId());
      case LedgerAccount.InstrumentFund fund ->
          to.kind(LedgerAccountKindCode.INSTRUMENT_FUND).id(fund.instrumentId());
      case LedgerAccount.Clearing clearing ->
          to.kind(LedgerAccountKindCode.CLEARING).id(clearing.instrumentId());
      case LedgerAccount.House house ->
          to.kind(LedgerAccountKindCode.HOUSE)
              .house(WireEnums.HOUSE_ACCOUNT.code(house.account()))
              .id(0);
    }
  }

  static LedgerAccount ledgerAccount(LedgerAccountDecoder from, String field) {
    long id = from.id();
    short kind = from.kindRaw();
    short house = from.houseRaw();
    if (kind == LedgerAccountKindCode.HOUSE.value() && id == 0) {
      return new LedgerAccount.House(WireEnums.HOUSE_ACCOUNT.constant(house, field));
    }
    if (house == HouseAccountCode.NULL_VAL.value()) {
      if (kind == LedgerAccountKindCode.WALLET.value()) {
        return new LedgerAccount.Wallet(id);
      }
      if (kind == LedgerAccountKindCode.MARGIN.value()) {
        return new LedgerAccount.Margin(id);
      }
      if (kind == LedgerAccountKindCode.CLEARING.value() && id == (int) id) {
        return new LedgerAccount.Clearing((int) id);
      }
      if (kind == LedgerAccountKindCode.INSTRUMENT_FUND.value() && id == (int) id) {
        return new LedgerAccount.InstrumentFund((int) id);
      }
    }
    throw new InvalidParameter(
        field,
        "holds kind %d, house %d and id %d, which is no account of the ledger"
            .formatted(kind, house, id));
  }

  /// A name as UTF-8.
  ///
  /// @throws IllegalArgumentException naming the field when it is too long or holds half a
  ///   character
  static byte[] name(String text, String field) {
    ByteBuffer utf8;
    try {
      utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          field + " cannot be written as UTF-8: it holds half of a surrogate pair", e);
    }
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    if (bytes.length > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          field + " has " + bytes.length + " bytes; at most " + LONGEST_TEXT + " can be written");
    }
    return bytes;
  }

  /// A sentence for people as UTF-8; what cannot be written becomes a question mark, because a
  /// report must not fail for its wording.
  static byte[] sentence(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
