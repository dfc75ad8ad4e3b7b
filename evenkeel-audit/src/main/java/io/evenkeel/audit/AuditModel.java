package io.evenkeel.audit;

import io.evenkeel.audit.Weighed.AssetLine;
import io.evenkeel.audit.Weighed.RowLine;
import java.math.BigInteger;
import java.util.List;

/// A requirement model that weighs an account as a whole, from what section 2 of the rules says of
/// its assets and rows.
interface AuditModel {
  /// What the model says of an account, E6.
  ///
  /// @param profit unrealised profit, as assessments tell it
  record Figures(
      BigInteger equity,
      BigInteger initialEquity,
      BigInteger maintenance,
      BigInteger initial,
      BigInteger profit) {}

  /// Weighs an account.
  Figures figures(AuditAccount account, List<AssetLine> assets, List<RowLine> rows);

  /// Whether anything may leave an account that is not flat.
  default boolean letsOut(AuditAccount account) {
    return true;
  }
}
