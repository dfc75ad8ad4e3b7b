package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rulebook.ShippedRulebooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The house rulebook with one thing changed, as a file.
final class RulebookText {
  private RulebookText() {}

  /// @param before what every occurrence of is replaced
  /// @return the file's path
  static String write(Path folder, String name, String before, String after) {
    String text = ShippedRulebooks.text(ShippedRulebooks.DEFAULT);
    assertThat(text).contains(before);
    try {
      return Files.writeString(folder.resolve(name), text.replace(before, after)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
