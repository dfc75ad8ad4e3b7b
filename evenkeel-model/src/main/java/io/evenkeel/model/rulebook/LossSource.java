package io.evenkeel.model.rulebook;

/// Who pays a cash loss (variation, funding, final settlement), in the order a rulebook lists them.
public enum LossSource {
  /// A positive balance of the settlement asset in the margin account.
  MARGIN,
  /// The wallet of the party in the settlement asset; never for isolated accounts.
  WALLET,
  /// A debt in the settlement asset, as far as other collateral at maintenance weights backs it;
  /// never for isolated accounts.
  DEBT,
  /// The insurance fund in the settlement asset.
  INSURANCE,
  /// What is set aside for the instrument in which the loss arises.
  INSTRUMENT_FUND
}
