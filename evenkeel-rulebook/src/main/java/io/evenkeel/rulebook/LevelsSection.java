package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LevelPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of `levels`: how requirements become the four margin levels.
final class LevelsSection {
  private static final List<String> TYPES =
      List.of("scaledMaintenance", "betweenRequirements", "fullyCollateralised", "withoutBands");

  private LevelsSection() {}

  static @Nullable LevelPolicy read(YamlValue value) {
    YamlMapping levels = value.mapping();
    return switch (levels.at("type").word(TYPES)) {
      case "scaledMaintenance" -> {
        Decimal search = levels.at("search").decimal();
        Decimal initial = levels.at("initial").decimal();
        Decimal release = levels.at("release").decimal();
        yield levels.build(() -> new LevelPolicy.ScaledMaintenance(search, initial, release));
      }
      case "betweenRequirements" -> {
        Decimal searchShare = levels.at("searchShare").decimal();
        Decimal releaseFactor = levels.at("releaseFactor").decimal();
        yield levels.build(() -> new LevelPolicy.BetweenRequirements(searchShare, releaseFactor));
      }
      case "fullyCollateralised" -> levels.build(LevelPolicy.FullyCollateralised::new);
      case "withoutBands" -> levels.build(LevelPolicy.WithoutBands::new);
      default -> {
        levels.leaveUntyped();
        yield null;
      }
    };
  }
}
