package io.evenkeel.audit;

import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.account.MoneyReason;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import java.math.BigInteger;

/// A liquidation penalty and who receives it; minor units.
record Penalty(BigInteger amount, BigInteger toInsurance, BigInteger toBackstop) {

  /// Splits a penalty as the policy says; what is left by rounding goes to the fees.
  static Penalty split(BigInteger amount, LiquidationPolicy policy) {
    return new Penalty(
        amount,
        Ratio.of(policy.insuranceShare()).floorTimes(amount),
        Ratio.of(policy.backstopShare()).floorTimes(amount));
  }

  void post(Ledger ledger, AuditAsset asset, AuditAccount payer, AuditAccount backstop) {
    MoneyReason reason = MoneyReason.PENALTY;
    ledger.post(
        asset,
        Ledger.margin(payer),
        Ledger.house(HouseAccount.INSURANCE_FUND),
        toInsurance,
        reason);
    ledger.post(asset, Ledger.margin(payer), Ledger.margin(backstop), toBackstop, reason);
    ledger.post(
        asset,
        Ledger.margin(payer),
        Ledger.house(HouseAccount.FEES),
        amount.subtract(toInsurance).subtract(toBackstop),
        reason);
  }
}
