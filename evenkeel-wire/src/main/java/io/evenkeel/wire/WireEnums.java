package io.evenkeel.wire;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.Command.Direction;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.command.RefusalReason;
import io.evenkeel.model.event.AuctionEnd;
import io.evenkeel.model.event.CallEnd;
import io.evenkeel.model.event.Event.AverageResult;
import io.evenkeel.model.event.Event.CashKind;
import io.evenkeel.model.event.Event.SlowInput;
import io.evenkeel.model.event.LiquidationCause;
import io.evenkeel.model.event.LiquidationResult;
import io.evenkeel.model.event.MarkFault;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CallPolicy.OnExpiry;
import io.evenkeel.model.rulebook.ExecutionOrder;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.wire.sbe.AccountModeCode;
import io.evenkeel.wire.sbe.AccountRoleCode;
import io.evenkeel.wire.sbe.AuctionEndCode;
import io.evenkeel.wire.sbe.AverageResultCode;
import io.evenkeel.wire.sbe.CallEndCode;
import io.evenkeel.wire.sbe.CashKindCode;
import io.evenkeel.wire.sbe.CompoundingCode;
import io.evenkeel.wire.sbe.ContractKindCode;
import io.evenkeel.wire.sbe.DirectionCode;
import io.evenkeel.wire.sbe.ExecutionOrderCode;
import io.evenkeel.wire.sbe.FactorKindCode;
import io.evenkeel.wire.sbe.HouseAccountCode;
import io.evenkeel.wire.sbe.LendingDepositsCode;
import io.evenkeel.wire.sbe.LendingPayeeCode;
import io.evenkeel.wire.sbe.LiquidationCauseCode;
import io.evenkeel.wire.sbe.LiquidationResultCode;
import io.evenkeel.wire.sbe.LossSourceCode;
import io.evenkeel.wire.sbe.MarkFaultCode;
import io.evenkeel.wire.sbe.MoneyReasonCode;
import io.evenkeel.wire.sbe.OnExpiryCode;
import io.evenkeel.wire.sbe.PositionModeCode;
import io.evenkeel.wire.sbe.PositionSideCode;
import io.evenkeel.wire.sbe.RefusalReasonCode;
import io.evenkeel.wire.sbe.SlowInputCode;
import io.evenkeel.wire.sbe.TargetCode;
import io.evenkeel.wire.sbe.TradingPhaseCode;
import io.evenkeel.wire.sbe.TransferBasisCode;
import io.evenkeel.wire.sbe.TriggerCode;
import io.evenkeel.wire.sbe.VariationCode;
import io.evenkeel.wire.sbe.ZoneCode;

/// Every enumeration of the model that is written as one number.
final class WireEnums {
  static final WireEnum<AccountMode, AccountModeCode> ACCOUNT_MODE =
      WireEnum.of(AccountMode.values(), AccountModeCode.values(), AccountModeCode::value);
  static final WireEnum<AccountRole, AccountRoleCode> ACCOUNT_ROLE =
      WireEnum.of(AccountRole.values(), AccountRoleCode.values(), AccountRoleCode::value);
  static final WireEnum<AuctionEnd, AuctionEndCode> AUCTION_END =
      WireEnum.of(AuctionEnd.values(), AuctionEndCode.values(), AuctionEndCode::value);
  static final WireEnum<AverageResult, AverageResultCode> AVERAGE_RESULT =
      WireEnum.of(AverageResult.values(), AverageResultCode.values(), AverageResultCode::value);
  static final WireEnum<CallEnd, CallEndCode> CALL_END =
      WireEnum.of(CallEnd.values(), CallEndCode.values(), CallEndCode::value);
  static final WireEnum<CashKind, CashKindCode> CASH_KIND =
      WireEnum.of(CashKind.values(), CashKindCode.values(), CashKindCode::value);
  static final WireEnum<ContractKind, ContractKindCode> CONTRACT_KIND =
      WireEnum.of(ContractKind.values(), ContractKindCode.values(), ContractKindCode::value);
  static final WireEnum<Direction, DirectionCode> DIRECTION =
      WireEnum.of(Direction.values(), DirectionCode.values(), DirectionCode::value);
  static final WireEnum<ExecutionOrder, ExecutionOrderCode> EXECUTION_ORDER =
      WireEnum.of(ExecutionOrder.values(), ExecutionOrderCode.values(), ExecutionOrderCode::value);
  static final WireEnum<FactorKind, FactorKindCode> FACTOR_KIND =
      WireEnum.of(FactorKind.values(), FactorKindCode.values(), FactorKindCode::value);
  static final WireEnum<LendingTerms.Compounding, CompoundingCode> COMPOUNDING =
      WireEnum.of(
          LendingTerms.Compounding.values(), CompoundingCode.values(), CompoundingCode::value);
  static final WireEnum<LendingTerms.Deposits, LendingDepositsCode> LENDING_DEPOSITS =
      WireEnum.of(
          LendingTerms.Deposits.values(), LendingDepositsCode.values(), LendingDepositsCode::value);
  static final WireEnum<LendingTerms.Payee, LendingPayeeCode> LENDING_PAYEE =
      WireEnum.of(LendingTerms.Payee.values(), LendingPayeeCode.values(), LendingPayeeCode::value);
  static final WireEnum<HouseAccount, HouseAccountCode> HOUSE_ACCOUNT =
      WireEnum.of(HouseAccount.values(), HouseAccountCode.values(), HouseAccountCode::value);
  static final WireEnum<LiquidationCause, LiquidationCauseCode> LIQUIDATION_CAUSE =
      WireEnum.of(
          LiquidationCause.values(), LiquidationCauseCode.values(), LiquidationCauseCode::value);
  static final WireEnum<LiquidationResult, LiquidationResultCode> LIQUIDATION_RESULT =
      WireEnum.of(
          LiquidationResult.values(), LiquidationResultCode.values(), LiquidationResultCode::value);
  static final WireEnum<LossSource, LossSourceCode> LOSS_SOURCE =
      WireEnum.of(LossSource.values(), LossSourceCode.values(), LossSourceCode::value);
  static final WireEnum<MarkFault, MarkFaultCode> MARK_FAULT =
      WireEnum.of(MarkFault.values(), MarkFaultCode.values(), MarkFaultCode::value);
  static final WireEnum<MoneyReason, MoneyReasonCode> MONEY_REASON =
      WireEnum.of(MoneyReason.values(), MoneyReasonCode.values(), MoneyReasonCode::value);
  static final WireEnum<OnExpiry, OnExpiryCode> ON_EXPIRY =
      WireEnum.of(OnExpiry.values(), OnExpiryCode.values(), OnExpiryCode::value);
  static final WireEnum<RefusalReason, RefusalReasonCode> REFUSAL_REASON =
      WireEnum.of(RefusalReason.values(), RefusalReasonCode.values(), RefusalReasonCode::value);
  static final WireEnum<SlowInput, SlowInputCode> SLOW_INPUT =
      WireEnum.of(SlowInput.values(), SlowInputCode.values(), SlowInputCode::value);
  static final WireEnum<Target, TargetCode> TARGET =
      WireEnum.of(Target.values(), TargetCode.values(), TargetCode::value);
  static final WireEnum<TradingPhase, TradingPhaseCode> TRADING_PHASE =
      WireEnum.of(TradingPhase.values(), TradingPhaseCode.values(), TradingPhaseCode::value);
  static final WireEnum<TransferBasis, TransferBasisCode> TRANSFER_BASIS =
      WireEnum.of(TransferBasis.values(), TransferBasisCode.values(), TransferBasisCode::value);
  static final WireEnum<PositionMode, PositionModeCode> POSITION_MODE =
      WireEnum.of(PositionMode.values(), PositionModeCode.values(), PositionModeCode::value);
  static final WireEnum<PositionSide, PositionSideCode> POSITION_SIDE =
      WireEnum.of(PositionSide.values(), PositionSideCode.values(), PositionSideCode::value);
  static final WireEnum<Trigger, TriggerCode> TRIGGER =
      WireEnum.of(Trigger.values(), TriggerCode.values(), TriggerCode::value);
  static final WireEnum<Variation, VariationCode> VARIATION =
      WireEnum.of(Variation.values(), VariationCode.values(), VariationCode::value);
  static final WireEnum<Zone, ZoneCode> ZONE =
      WireEnum.of(Zone.values(), ZoneCode.values(), ZoneCode::value);

  private WireEnums() {}
}
