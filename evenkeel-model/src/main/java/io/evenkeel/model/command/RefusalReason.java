package io.evenkeel.model.command;

/// Why a command was refused. `NONE` means accepted. The order of checks of each command is written
/// in `docs/RULES.md`.
public enum RefusalReason {
  /// Accepted.
  NONE,
  /// The command broke an invariant; it was undone and the account or instrument concerned is
  /// frozen.
  INTERNAL_INVARIANT,
  /// The number is older than the outcomes kept for the session.
  NUMBER_TOO_OLD,
  /// Too many sessions.
  SESSION_LIMIT,
  /// An identifier is already taken.
  ALREADY_DEFINED,
  /// A symbol is already taken.
  SYMBOL_TAKEN,
  /// A configured limit on how many assets, instruments, rulebooks, parties, accounts or positions
  /// is reached.
  LIMIT_REACHED,
  /// Values at the stated limits could not be represented.
  VALUE_TOO_LARGE,
  /// No such asset.
  UNKNOWN_ASSET,
  /// No such instrument.
  UNKNOWN_INSTRUMENT,
  /// No such rulebook.
  UNKNOWN_RULEBOOK,
  /// No such party.
  UNKNOWN_PARTY,
  /// No such account.
  UNKNOWN_ACCOUNT,
  /// A rulebook names an asset that is not defined.
  RULEBOOK_NAMES_UNKNOWN_ASSET,
  /// An identifier must not be negative.
  INVALID_IDENTIFIER,
  /// An amount must be greater than zero.
  INVALID_AMOUNT,
  /// A quantity is not positive, not a multiple of the lot, or not consistent with its notional.
  INVALID_QUANTITY,
  /// A price is not positive or above the maximum of its instrument.
  INVALID_PRICE,
  /// A trade is priced further from the mark than the venue's collar allows.
  PRICE_OUTSIDE_COLLAR,
  /// A leverage is outside 1x to 1000x.
  INVALID_LEVERAGE,
  /// A funding rate is outside -1 to 1.
  INVALID_RATE,
  /// A fee is too large, or the two fees of a fill together are negative.
  INVALID_FEE,
  /// A batch holds two marks for one target.
  DUPLICATE_MARK,
  /// A batch holds more marks than allowed.
  BATCH_TOO_LARGE,
  /// An isolated instrument is given for a cross account, or the backstop is not cross.
  INVALID_MODE,
  /// The account trades one instrument only, and it is another.
  NOT_THE_ISOLATED_INSTRUMENT,
  /// There is a backstop account already.
  BACKSTOP_EXISTS,
  /// A trader's account cannot be opened before the backstop.
  NO_BACKSTOP,
  /// The backstop cannot do this.
  BACKSTOP_REFUSED,
  /// Buyer and seller are the same account.
  SELF_TRADE,
  /// The account was frozen after an internal fault.
  ACCOUNT_FROZEN,
  /// The instrument was frozen after an internal fault.
  INSTRUMENT_FROZEN,
  /// The contract is settled.
  INSTRUMENT_SETTLED,
  /// The contract has no mark price yet.
  NO_MARK_PRICE,
  /// Only perpetuals pay funding.
  NOT_A_PERPETUAL,
  /// The asset is not accepted as collateral by the rulebook.
  NOT_COLLATERAL,
  /// The account still has positions, orders or debts.
  ACCOUNT_NOT_FLAT,
  /// A deposit would exceed the maximum supply of the asset.
  SUPPLY_EXCEEDED,
  /// The wallet, or the margin account, does not hold that much.
  INSUFFICIENT_BALANCE,
  /// The party has an open margin call.
  OPEN_MARGIN_CALL,
  /// An account of the party is below its initial level.
  BELOW_INITIAL,
  /// A price that matters is degraded; releases, withdrawals and new risk must wait.
  MARKET_DATA_DEGRADED,
  /// The phase of the instrument, or the phase rules of the rulebook, do not allow this now.
  PHASE_FORBIDS,
  /// More than may be released.
  NOT_RELEASABLE,
  /// Initial margin would not be met, even with the wallet.
  INSUFFICIENT_MARGIN,
  /// An account's position would exceed the instrument's maximum.
  POSITION_LIMIT,
  /// Open interest would exceed the instrument's maximum.
  OPEN_INTEREST_LIMIT,
  /// A fill says it fills an order, but the open order exposure is smaller.
  NO_SUCH_ORDER,
  /// A published factor is outside what its kind allows.
  INVALID_FACTOR,
  /// A cost is too large for its quantity at the instrument's maximum price.
  INVALID_COST,
  /// The contract is an option, and the margin model of the account's rulebook does not know
  /// options.
  OPTION_NOT_MARGINED,
  /// The contract is an inverse future, and the margin model of the account's rulebook does not
  /// know them.
  INVERSE_NOT_MARGINED,
  /// The asset is not lent.
  NOT_LENT,
  /// What is held of the asset and not owed is less than that.
  INSUFFICIENT_LIQUIDITY,
  /// All accounts together would owe more of the asset than the rulebook allows.
  DEBT_CEILING,
  /// The contracts have not expired yet.
  NOT_EXPIRED,
  /// The side of a position that is stated is none that the account has: a one-way account has no
  /// sides, one in hedge mode nothing else.
  WRONG_POSITION_SIDE,
  /// In hedge mode a sale on the long side, or a purchase on the short side, only reduces it, and
  /// this is more than there is.
  SIDE_EXCEEDED,
  /// The venue, or the account's rulebook, has no hedge mode.
  HEDGE_MODE_REFUSED,
  /// The account is being auctioned: it neither trades nor gives money away until that is over.
  ACCOUNT_IN_AUCTION,
  /// The account is not being auctioned, or the auction is due to end or to turn.
  NO_AUCTION,
  /// A bidder has another rulebook, holds something other than cash, or is the backstop.
  BIDDER_NOT_ELIGIBLE,
  /// A bid would cost more than its limit.
  PRICE_LIMIT_EXCEEDED,
  /// What accounts in auctions lack is more than the insurance fund holds.
  WITHDRAWALS_HALTED
}
