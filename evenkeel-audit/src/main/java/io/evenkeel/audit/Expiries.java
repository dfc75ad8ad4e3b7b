package io.evenkeel.audit;

import io.evenkeel.model.command.Command.SettleExpiry;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// What contracts are worth when they expire: section 5.2 of the rules.
final class Expiries {
  private Expiries() {}

  static boolean ends(SettleExpiry command, LinearContract contract) {
    ContractTerms terms = contract.terms();
    return terms.expiryNs() != 0
        && terms.expiryNs() == command.expiryNs()
        && terms.underlyingAssetId() == command.underlyingAssetId();
  }

  static boolean isPossible(AuditInstrument instrument, Decimal underlying) {
    LinearContract contract = instrument.contract;
    BigInteger price = price(contract, underlying);
    boolean option = contract.terms().option() != null;
    return price.compareTo(instrument.mark.maximum) <= 0
        && (option || price.compareTo(instrument.mark.minimum) >= 0);
  }

  /// In price units of the contract, nearest, halves up.
  static BigInteger price(LinearContract contract, Decimal underlying) {
    BigDecimal spot = exact(underlying);
    OptionTerms option = contract.terms().option();
    BigDecimal value = spot;
    if (option != null) {
      BigDecimal forCall = spot.subtract(exact(option.strike()));
      value = (option.isCall() ? forCall : forCall.negate()).max(BigDecimal.ZERO);
    }
    BigDecimal rounded =
        option != null && contract.terms().inverse()
            ? value.divide(spot, contract.priceScale(), RoundingMode.HALF_UP)
            : value.setScale(contract.priceScale(), RoundingMode.HALF_UP);
    return rounded.unscaledValue();
  }

  private static BigDecimal exact(Decimal figure) {
    return BigDecimal.valueOf(figure.units(), figure.scale());
  }
}
