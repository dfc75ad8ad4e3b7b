package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.rulebook.CallPolicy;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.LevelPolicy;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LossSource;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TopUpPolicy;
import io.evenkeel.model.rulebook.Trigger;
import io.evenkeel.model.rulebook.TriggerPolicy;
import io.evenkeel.model.rulebook.VenuePolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads a rulebook from YAML. The format is described in `docs/RULEBOOKS.md` and by the JSON
/// Schema beside the shipped rulebooks. Reading is strict: every parameter is written in the file,
/// an unknown key is an error, and numbers are exact. Whatever the text holds, the answer is a
/// rulebook or a [RulebookException] that lists all problems.
public final class RulebookLoader {
  /// Larger files are refused.
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final int NAME_LENGTH = 64;
  private static final int DESCRIPTION_LENGTH = 200;

  private RulebookLoader() {}

  /// Reads a file.
  ///
  /// @param scales decimal places of the assets it may name
  /// @throws RulebookException when the file cannot be read or is not a valid rulebook
  public static Rulebook load(Path file, AssetScales scales) {
    return read(file, scales).rulebook();
  }

  /// Reads a file with what it says about itself.
  ///
  /// @param scales decimal places of the assets it may name
  /// @throws RulebookException when the file cannot be read or is not a valid rulebook
  public static RulebookDocument read(Path file, AssetScales scales) {
    String text = SourceText.read(file, MAXIMUM_BYTES);
    return parse(file.toString(), text, Map.of(), scales, file.toAbsolutePath().getParent());
  }

  /// Reads text that did not come from a file, and so cannot name other files.
  ///
  /// @param name stands for the file in messages
  /// @param scales decimal places of the assets it may name
  /// @throws RulebookException when it is not a valid rulebook
  public static RulebookDocument parse(String name, String text, AssetScales scales) {
    return parse(name, text, Map.of(), scales, null);
  }

  /// Reads text with other values in the place of some of its own. Problems inside such a value are
  /// told with their place in it.
  ///
  /// @param name stands for the file in messages
  /// @param changes YAML text by dotted key as problems name it, e.g. `liquidation.steps` or
  ///   `collateral[2].cap`; the last key may be new in its mapping, everything before must be there
  /// @param scales decimal places of the assets it may name
  /// @throws RulebookException when it is not a valid rulebook with these changes, or has no place
  ///   for one of them
  public static RulebookDocument parse(
      String name, String text, Map<String, String> changes, AssetScales scales) {
    return parse(name, text, changes, scales, null);
  }

  private static RulebookDocument parse(
      String name,
      String text,
      Map<String, String> changes,
      AssetScales scales,
      @Nullable Path folder) {
    Findings findings = new Findings(name);
    Reading reading = Reading.of(findings, scales, folder);
    Node node = YamlTree.parse(findings, text, MAXIMUM_BYTES);
    RulebookChanges.apply(findings, node, changes);
    YamlMapping root = new YamlValue(reading, "", new Place(1, 1), node).mapping();
    YamlValue description = root.optional("description");
    String descriptionText = description.line(DESCRIPTION_LENGTH);
    Rulebook rulebook = rulebook(root, scales);
    findings.throwIfAny();
    return new RulebookDocument(requireNonNull(rulebook), descriptionText, reading.provenance());
  }

  private static @Nullable Rulebook rulebook(YamlMapping root, AssetScales scales) {
    String name = root.at("name").symbol(NAME_LENGTH);
    int version = root.at("version").integer();
    String cashAsset = root.at("cashAsset").symbol(CollateralSection.SYMBOL_LENGTH);
    List<CollateralTerms> collateral = CollateralSection.read(root.at("collateral"), scales);
    RequirementModel requirement = RequirementSection.read(root.at("requirement"));
    Levels levels = levels(root.at("levels").mapping());
    Map<Trigger, TriggerPolicy> triggers = CycleSection.triggers(root.at("triggers"));
    TopUpPolicy topUp = CycleSection.topUp(root.at("topUp"));
    ReleasePolicy release = CycleSection.release(root.at("release"));
    CallPolicy call = CycleSection.call(root.at("call"));
    List<LossSource> lossSources = CycleSection.lossSources(root.at("lossSources"));
    LiquidationPolicy liquidation = LiquidationSection.read(root.at("liquidation"));
    VenuePolicy venue = VenueSection.read(root.at("venue"), scales);
    return root.build(() ->
        new Rulebook(
            name,
            version,
            cashAsset,
            collateral,
            requireNonNull(requirement),
            requireNonNull(levels).cross(),
            levels.isolated(),
            triggers,
            requireNonNull(topUp),
            requireNonNull(release),
            requireNonNull(call),
            lossSources,
            requireNonNull(liquidation),
            requireNonNull(venue)));
  }

  private record Levels(LevelPolicy cross, LevelPolicy isolated) {}

  private static @Nullable Levels levels(YamlMapping levels) {
    LevelPolicy cross = LevelsSection.read(levels.at("cross"));
    LevelPolicy isolated = LevelsSection.read(levels.at("isolated"));
    return levels.build(() -> new Levels(requireNonNull(cross), requireNonNull(isolated)));
  }
}
