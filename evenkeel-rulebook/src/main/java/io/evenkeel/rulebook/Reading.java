package io.evenkeel.rulebook;

import io.evenkeel.rulebook.RulebookDocument.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all parts of one file share while it is read.
///
/// @param findings problems so far
/// @param scales decimal places of assets
/// @param folder where files named in this one are looked for; null when it did not come from a
///   file
/// @param provenance sources and dates so far
record Reading(
    Findings findings, AssetScales scales, @Nullable Path folder, List<Provenance> provenance) {
  static Reading of(Findings findings, AssetScales scales, @Nullable Path folder) {
    return new Reading(findings, scales, folder, new ArrayList<>());
  }
}
