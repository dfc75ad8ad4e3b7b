import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

/// Formats every Java file below the folders named, or checks that they are formatted.
///
/// `java -cp google-java-format.jar dev/Format.java check|fix FOLDER...`; a folder that does not
/// exist is skipped, as a module may have no sources. Exits with 1 when a file is badly formatted
/// (check) or does not parse.
void main(String[] args) throws IOException {
  boolean fix = args[0].equals("fix");
  if (!fix && !args[0].equals("check")) {
    throw new IllegalArgumentException("say check or fix, not " + args[0]);
  }
  int wrong = 0;
  for (int i = 1; i < args.length; i++) {
    for (Path file : javaFiles(Path.of(args[i]))) {
      wrong += format(file, fix) ? 0 : 1;
    }
  }
  if (wrong > 0) {
    System.err.println(wrong + " file(s) not formatted" + (fix ? "" : "; run ./evenkeel format"));
    System.exit(1);
  }
}

List<Path> javaFiles(Path folder) throws IOException {
  if (!Files.isDirectory(folder)) {
    return List.of();
  }
  try (Stream<Path> files = Files.walk(folder)) {
    return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
  }
}

/// Whether the file is formatted when this returns.
boolean format(Path file, boolean fix) throws IOException {
  String source = Files.readString(file);
  String formatted;
  try {
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    String ordered =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    formatted = formatter.formatSource(ordered);
  } catch (FormatterException e) {
    System.err.println(file + ": " + e.getMessage());
    return false;
  }
  if (source.equals(formatted)) {
    return true;
  }
  if (fix) {
    Files.writeString(file, formatted);
    System.err.println("formatted " + file);
    return true;
  }
  System.err.println("not formatted: " + file);
  return false;
}
