package io.evenkeel.gateway;

import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.RulebookException;
import io.evenkeel.rulebook.RulebookLoader;
import io.evenkeel.rulebook.ShippedRulebooks;
import io.evenkeel.wire.json.InvalidJson;
import io.evenkeel.wire.json.RulebookSource;

/// Rulebooks as clients send them: the name of a shipped one, never a path, or YAML text.
final class Rulebooks implements RulebookSource {
  @Override
  public Rulebook shipped(String name, Catalogue catalogue) {
    try {
      return parse(name + ".yaml", ShippedRulebooks.text(name), catalogue);
    } catch (RulebookException e) {
      throw new InvalidJson("", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Rulebook yaml(String text, Catalogue catalogue) {
    return parse("rulebook.yaml", text, catalogue);
  }

  private static Rulebook parse(String name, String text, Catalogue catalogue) {
    try {
      return RulebookLoader.parse(name, text, AssetScales.of(catalogue.assets())).rulebook();
    } catch (RulebookException e) {
      throw new InvalidJson("", String.valueOf(e.getMessage()));
    }
  }
}
