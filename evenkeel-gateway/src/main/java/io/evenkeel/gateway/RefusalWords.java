package io.evenkeel.gateway;

import io.evenkeel.model.command.RefusalReason;

/// Why the engine refused, in words for the detail of a problem document.
final class RefusalWords {
  private RefusalWords() {}

  static String of(RefusalReason reason) {
    return switch (reason) {
      case NONE -> "accepted";
      case INTERNAL_INVARIANT ->
          "the command broke an invariant; it was undone and the account or instrument concerned is frozen";
      case NUMBER_TOO_OLD -> "the number is older than the outcomes kept for the session";
      case SESSION_LIMIT -> "too many sessions";
      case ALREADY_DEFINED -> "an identifier is already taken";
      case SYMBOL_TAKEN -> "a symbol is already taken";
      case LIMIT_REACHED ->
          "a configured limit on how many assets, instruments, rulebooks, parties, accounts or positions is reached";
      case VALUE_TOO_LARGE -> "values at the stated limits could not be represented";
      case UNKNOWN_ASSET -> "no such asset";
      case UNKNOWN_INSTRUMENT -> "no such instrument";
      case UNKNOWN_RULEBOOK -> "no such rulebook";
      case UNKNOWN_PARTY -> "no such party";
      case UNKNOWN_ACCOUNT -> "no such account";
      case RULEBOOK_NAMES_UNKNOWN_ASSET -> "a rulebook names an asset that is not defined";
      case INVALID_IDENTIFIER -> "an identifier must not be negative";
      case INVALID_AMOUNT -> "an amount must be greater than zero";
      case INVALID_QUANTITY ->
          "a quantity is not positive, not a multiple of the lot, or not consistent with its notional";
      case INVALID_PRICE -> "a price is not positive or above the maximum of its instrument";
      case PRICE_OUTSIDE_COLLAR ->
          "a trade is priced further from the mark than the venue's collar allows";
      case INVALID_LEVERAGE -> "a leverage is outside 1x to 1000x";
      case INVALID_RATE -> "a funding rate is outside -1 to 1";
      case INVALID_FEE -> "a fee is too large, or the two fees of a fill together are negative";
      case DUPLICATE_MARK -> "a batch holds two marks for one target";
      case BATCH_TOO_LARGE -> "a batch holds more marks than allowed";
      case INVALID_MODE ->
          "an isolated instrument is given for a cross account, or the backstop is not cross";
      case NOT_THE_ISOLATED_INSTRUMENT ->
          "the account trades one instrument only, and it is another";
      case BACKSTOP_EXISTS -> "there is a backstop account already";
      case NO_BACKSTOP -> "a trader's account cannot be opened before the backstop";
      case BACKSTOP_REFUSED -> "the backstop cannot do this";
      case SELF_TRADE -> "buyer and seller are the same account";
      case ACCOUNT_FROZEN -> "the account was frozen after an internal fault";
      case INSTRUMENT_FROZEN -> "the instrument was frozen after an internal fault";
      case INSTRUMENT_SETTLED -> "the contract is settled";
      case NO_MARK_PRICE -> "the contract has no mark price yet";
      case NOT_A_PERPETUAL -> "only perpetuals pay funding";
      case NOT_COLLATERAL -> "the asset is not accepted as collateral by the rulebook";
      case ACCOUNT_NOT_FLAT -> "the account still has positions, orders or debts";
      case SUPPLY_EXCEEDED -> "a deposit would exceed the maximum supply of the asset";
      case INSUFFICIENT_BALANCE -> "the wallet, or the margin account, does not hold that much";
      case OPEN_MARGIN_CALL -> "the party has an open margin call";
      case BELOW_INITIAL -> "an account of the party is below its initial level";
      case MARKET_DATA_DEGRADED ->
          "a price that matters is degraded; releases, withdrawals and new risk must wait";
      case PHASE_FORBIDS ->
          "the phase of the instrument, or the phase rules of the rulebook, do not allow this now";
      default -> ofLimit(reason);
    };
  }

  private static String ofLimit(RefusalReason reason) {
    return switch (reason) {
      case NOT_RELEASABLE -> "more than may be released";
      case INSUFFICIENT_MARGIN -> "initial margin would not be met, even with the wallet";
      case POSITION_LIMIT -> "an account's position would exceed the instrument's maximum";
      case OPEN_INTEREST_LIMIT -> "open interest would exceed the instrument's maximum";
      case NO_SUCH_ORDER -> "a fill says it fills an order, but the open order exposure is smaller";
      case INVALID_FACTOR -> "a published factor is outside what its kind allows";
      case OPTION_NOT_MARGINED ->
          "the contract is an option, and the rulebook of the account has no margin for options";
      case INVERSE_NOT_MARGINED ->
          "the contract is an inverse future, and the rulebook of the account does not value them";
      case NOT_LENT -> "the asset is not lent";
      case INSUFFICIENT_LIQUIDITY -> "what is held of the asset and not owed is less than that";
      case DEBT_CEILING ->
          "all accounts together would owe more of the asset than the rulebook allows";
      case WRONG_POSITION_SIDE ->
          "the side stated of a position is none that the account has; one in hedge mode has LONG and SHORT, any other none";
      case SIDE_EXCEEDED ->
          "in hedge mode more would be closed than that side of the account holds";
      case HEDGE_MODE_REFUSED -> "the venue, or the rulebook of the account, has no hedge mode";
      case ACCOUNT_IN_AUCTION ->
          "the account is being auctioned: it neither trades nor gives money away until that is over";
      case NO_AUCTION ->
          "the account is not being auctioned in that asset, or the auction is due to end or to turn";
      case BIDDER_NOT_ELIGIBLE ->
          "a bidder must be a cross account under the same rulebook, not the backstop, and hold nothing but cash";
      case PRICE_LIMIT_EXCEEDED -> "the bid would cost more than its limit";
      case WITHDRAWALS_HALTED ->
          "what accounts in auctions lack is more than the insurance fund holds; withdrawals wait";
      case NOT_EXPIRED -> "the contracts have not expired yet";
      case INVALID_COST -> "a cost is too large for its quantity at the instrument's maximum price";
      default -> throw new IllegalArgumentException(reason + " is no limit");
    };
  }
}
