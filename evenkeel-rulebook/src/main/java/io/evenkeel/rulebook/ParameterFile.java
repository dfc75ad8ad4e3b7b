package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import java.nio.file.Path;
import java.util.function.Function;

/// Reads a file of parameters in YAML, or in JSON, which is YAML too, as strictly as a rulebook: an
/// error names file, line, key and remedy.
public final class ParameterFile {
  /// Larger files are refused.
  public static final int MAXIMUM_BYTES = 1 << 22;

  private ParameterFile() {}

  /// Reads a file.
  ///
  /// @param reading makes something of the root mapping; keys it does not ask for are refused, and
  ///   an [InvalidParameter] it throws is told with the place of the parameter
  /// @throws RulebookException when the file cannot be read or is not what `reading` wants
  public static <T> T read(Path file, Function<ParameterReader, T> reading) {
    return parse(file.toString(), SourceText.read(file, MAXIMUM_BYTES), reading);
  }

  /// Reads text that did not come from a file.
  ///
  /// @param name stands for the file in messages
  /// @throws RulebookException when it is not what `reading` wants
  public static <T> T parse(String name, String text, Function<ParameterReader, T> reading) {
    Findings findings = new Findings(name);
    Reading context = Reading.of(findings, AssetScales.STANDARD, null);
    YamlValue tree =
        new YamlValue(context, "", new Place(1, 1), YamlTree.parse(findings, text, MAXIMUM_BYTES));
    YamlMapping root = tree.mapping();
    ParameterNode.Fields fields = ParameterTree.fieldsWithout(root, "");
    T result =
        root.build(() -> {
          ParameterReader reader = ParameterReader.of("", fields);
          T read = reading.apply(reader);
          reader.refuseUnknown();
          return read;
        });
    findings.throwIfAny();
    return requireNonNull(result);
  }
}
