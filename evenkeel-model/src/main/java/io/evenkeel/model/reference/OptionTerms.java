package io.evenkeel.model.reference;

import io.evenkeel.model.number.Check;
import io.evenkeel.model.number.Decimal;

/// What makes a contract a European option. Its price is the premium; the contract is linear in
/// that, so positions, costs and profits are those of any linear contract.
///
/// @param right call or put
/// @param strike in the numeraire per whole unit of the underlying, 0 or more, exact
public record OptionTerms(Right right, Decimal strike) {
  /// Refuses a negative strike.
  public OptionTerms {
    Check.parameter(!strike.isNegative(), "option.strike", "must not be negative");
  }

  /// True for a call.
  public boolean isCall() {
    return right == Right.CALL;
  }

  /// What the holder may do at expiry.
  public enum Right {
    /// Receive what the settlement price is above the strike.
    CALL,
    /// Receive what the settlement price is below the strike.
    PUT
  }
}
