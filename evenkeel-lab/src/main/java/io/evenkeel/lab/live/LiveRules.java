package io.evenkeel.lab.live;

import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.rulebook.AssetScales;
import io.evenkeel.rulebook.RulebookLoader;
import io.evenkeel.rulebook.ShippedRulebooks;

/// The house rules at the pace of the live market, in which minutes pass in a second: the same
/// numbers, but a party has less time to answer a call, and excess is given back after a shorter
/// pause. Nothing else differs.
public final class LiveRules {
  private static final String[][] CHANGES = {
    {"name: perp-cross", "name: perp-cross-demo"},
    {"deadline: 30m", "deadline: 45s"},
    {"coolDown: 1m", "coolDown: 5s"},
  };

  private LiveRules() {}

  /// The rules as YAML, for the venue.
  ///
  /// @throws IllegalStateException when the shipped rulebook no longer has the keys that are
  ///   changed here
  public static String yaml() {
    String text = ShippedRulebooks.text(ShippedRulebooks.DEFAULT);
    for (String[] change : CHANGES) {
      int first = text.indexOf(change[0]);
      if (first < 0 || text.indexOf(change[0], first + 1) >= 0) {
        throw new IllegalStateException(
            "the shipped rulebook should have '" + change[0] + "' exactly once");
      }
      text = text.replace(change[0], change[1]);
    }
    return text;
  }

  /// The rules themselves, for sizing accounts by.
  public static Rulebook rulebook() {
    return RulebookLoader.parse("demo rules", yaml(), AssetScales.STANDARD).rulebook();
  }
}
