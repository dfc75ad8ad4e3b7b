package io.evenkeel.model.command;

import io.evenkeel.model.number.Check;

/// One step of a what-if about an account. Never recorded, never refused for lack of margin.
public sealed interface Supposition {
  /// The account trades.
  ///
  /// @param quantityUnits signed, not 0: positive buys
  /// @param priceUnits price of the trade; 0 for the present mark
  /// @param feeMinor paid in minor units of the settlement asset; negative is a rebate
  record Trade(int instrumentId, long quantityUnits, long priceUnits, long feeMinor)
      implements Supposition {
    /// Refuses what is no trade.
    public Trade {
      Check.parameter(quantityUnits != 0, "quantity", "must not be 0");
      Check.parameter(priceUnits >= 0, "price", "must not be negative");
    }
  }

  /// Money comes to the margin account, or leaves it.
  ///
  /// @param amountMinor signed
  record Transfer(int assetId, long amountMinor) implements Supposition {}

  /// The mark of an instrument becomes a price.
  record Mark(int instrumentId, long priceUnits) implements Supposition {
    /// Refuses what is no price.
    public Mark {
      Check.parameter(priceUnits > 0, "price", "must be greater than 0");
    }
  }

  /// The price of an asset becomes another.
  record Price(int assetId, long priceUnits) implements Supposition {
    /// Refuses what is no price.
    public Price {
      Check.parameter(priceUnits > 0, "price", "must be greater than 0");
    }
  }

  /// Prices move together.
  ///
  /// @param move which
  /// @param ratioE9 to this many billionths of what they are, above 0
  record Move(MarketMove move, long ratioE9) implements Supposition {
    /// Refuses what is no price.
    public Move {
      Check.parameter(ratioE9 > 0, "ratio", "must be greater than 0");
    }
  }
}
