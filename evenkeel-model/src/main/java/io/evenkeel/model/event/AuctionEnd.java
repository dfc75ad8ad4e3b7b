package io.evenkeel.model.event;

/// Why an auction ended.
public enum AuctionEnd {
  /// The account is out of need again: by a rise of its worth, by money, or by what was sold.
  RESTORED,
  /// All that could be bought was sold.
  SOLD,
  /// The account is worth nothing any more, or nobody wanted it for anything: an auction follows in
  /// which bidders are paid.
  INSOLVENT,
  /// The rulebook of the account knows no auctions any more.
  WITHDRAWN
}
