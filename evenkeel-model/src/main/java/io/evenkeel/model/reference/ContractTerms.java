package io.evenkeel.model.reference;

import io.evenkeel.model.number.Check;
import org.jspecify.annotations.Nullable;

/// What a contract is written on. Margin models that net across contracts of one underlying, or
/// that need an expiry, read it; contracts that say nothing are margined by themselves.
///
/// @param underlyingAssetId the asset whose price the contract follows; [#NO_UNDERLYING] when it is
///   not stated
/// @param expiryNs when a dated contract ends, epoch nanoseconds; 0 for a perpetual, or when it is
///   not stated
/// @param inverse whether it pays in the underlying coin: a future quoted in the numeraire, or an
///   option quoted in the coin
/// @param option what makes it an option; null for futures and perpetuals
/// @param average that it ends by itself at an average; null when it ends by a command
public record ContractTerms(
    int underlyingAssetId,
    long expiryNs,
    boolean inverse,
    @Nullable OptionTerms option,
    @Nullable SettlementAverage average) {
  /// Stands for an underlying that is not stated.
  public static final int NO_UNDERLYING = -1;

  /// Terms of a contract that states nothing.
  public static final ContractTerms UNSTATED = new ContractTerms(NO_UNDERLYING, 0, false, null);

  /// Refuses what no model could use.
  public ContractTerms {
    Check.parameter(
        underlyingAssetId >= NO_UNDERLYING && underlyingAssetId <= 65_535,
        "underlyingAssetId",
        "must be -1 (not stated) to 65535");
    Check.parameter(expiryNs >= 0, "expiryNs", "must not be negative");
    Check.parameter(
        option == null || (underlyingAssetId != NO_UNDERLYING && expiryNs > 0),
        "option",
        "needs an underlying and an expiry");
    Check.parameter(
        average == null || (underlyingAssetId != NO_UNDERLYING && expiryNs > 0),
        "settlementAverage",
        "needs an underlying and an expiry");
  }

  /// Terms of a contract that does not end by itself.
  public ContractTerms(
      int underlyingAssetId, long expiryNs, boolean inverse, @Nullable OptionTerms option) {
    this(underlyingAssetId, expiryNs, inverse, option, null);
  }

  /// A perpetual on an asset, settled in something else.
  public static ContractTerms perpetual(int underlyingAssetId) {
    return new ContractTerms(underlyingAssetId, 0, false, null);
  }
}
