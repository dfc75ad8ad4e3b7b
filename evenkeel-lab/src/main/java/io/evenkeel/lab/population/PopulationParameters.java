package io.evenkeel.lab.population;

/// The stated distributions of a synthetic population.
///
/// @param seed every account follows from it, and from nothing else but its number
/// @param accounts number of trader accounts, 1 to 15,000,000
/// @param leastLeverage lower end of the leverage an account trades with: value of positions over
///   what is put behind them
/// @param mostLeverage upper end; the logarithm is uniform between the two, and a rulebook that
///   asks for more caps it
/// @param leastMarginE6 least that is put behind an account's positions, millionths of a USDT
/// @param mostMarginE6 most; the logarithm is uniform between the two. Both shrink together when so
///   many accounts would not fit the open interest that the contracts allow
/// @param leastWalletMultiple smallest wallet that is not empty, as a multiple of what is put
///   behind the positions
/// @param mostWalletMultiple largest; the logarithm is uniform between the two
/// @param shares how many accounts have what
public record PopulationParameters(
    long seed,
    int accounts,
    double leastLeverage,
    double mostLeverage,
    long leastMarginE6,
    long mostMarginE6,
    double leastWalletMultiple,
    double mostWalletMultiple,
    Shares shares) {
  /// Refuses what is out of order.
  ///
  /// @throws IllegalArgumentException naming the figure and what would be accepted
  public PopulationParameters {
    require(accounts >= 1 && accounts <= 15_000_000, "accounts must be 1 to 15000000");
    require(
        leastLeverage > 0 && leastLeverage <= mostLeverage && mostLeverage <= 1_000,
        "leverage must be above 0, at most 1000, and least at most most");
    require(
        leastMarginE6 > 0 && leastMarginE6 <= mostMarginE6 && mostMarginE6 <= 1_000_000_000_000L,
        "margin must be above 0, at most a million USDT, and least at most most");
    require(
        leastWalletMultiple > 0
            && leastWalletMultiple <= mostWalletMultiple
            && mostWalletMultiple <= 1_000,
        "wallet multiples must be above 0, at most 1000, and least at most most");
  }

  /// The house's usual crowd.
  public static PopulationParameters standard(long seed, int accounts) {
    return new PopulationParameters(
        seed, accounts, 1.5, 25, 100_000_000L, 20_000_000_000L, 0.1, 5, Shares.STANDARD);
  }

  /// Shares, each 0 to 1.
  ///
  /// @param hedged accounts that are long one contract and short another of the same value
  /// @param isolated accounts that back one contract only
  /// @param chosenLeverage accounts that chose a leverage of their own
  /// @param openOrders accounts with an open order
  /// @param severalAccounts parties with two to four accounts
  /// @param siblingTopUp of those, parties that let their accounts help one another
  /// @param emptyWallet accounts that brought nothing but what is behind their positions
  /// @param otherCollateral parties that brought BTC, ETH, USDC or a mix, with little or no USDT
  public record Shares(
      double hedged,
      double isolated,
      double chosenLeverage,
      double openOrders,
      double severalAccounts,
      double siblingTopUp,
      double emptyWallet,
      double otherCollateral) {
    /// The house's usual crowd.
    public static final Shares STANDARD = new Shares(0.2, 0.05, 0.3, 0.1, 0.1, 0.5, 0.35, 0.3);

    /// Refuses what is not a share.
    ///
    /// @throws IllegalArgumentException when a share is outside 0 to 1
    public Shares {
      double least = Math.min(Math.min(hedged, isolated), Math.min(chosenLeverage, openOrders));
      least = Math.min(least, Math.min(severalAccounts, siblingTopUp));
      least = Math.min(least, Math.min(emptyWallet, otherCollateral));
      double most = Math.max(Math.max(hedged, isolated), Math.max(chosenLeverage, openOrders));
      most = Math.max(most, Math.max(severalAccounts, siblingTopUp));
      most = Math.max(most, Math.max(emptyWallet, otherCollateral));
      require(least >= 0 && most <= 1, "shares must be 0 to 1");
    }
  }

  private static void require(boolean holds, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("population: " + remedy);
    }
  }
}
