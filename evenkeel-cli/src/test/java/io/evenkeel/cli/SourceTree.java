package io.evenkeel.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The project's own text files, as they would be committed: no build results, no version control.
///
/// @param root the folder that holds the launcher and all modules
/// @param files relative to the root, sorted
record SourceTree(Path root, List<Path> files) {
  private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode");
  private static final Set<String> TEXT =
      Set.of(
          "css",
          "html",
          "java",
          "js",
          "json",
          "md",
          "properties",
          "sh",
          "svg",
          "txt",
          "xml",
          "yaml",
          "yml");

  /// Searches upwards from the folder the tests run in, which is a module's or the root itself.
  static SourceTree find() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("evenkeel-model"))) {
      root = root.getParent();
      if (root == null) {
        throw new IllegalStateException("run the tests from within the project's folder");
      }
    }
    return new SourceTree(root, list(root));
  }

  String text(Path file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  private static List<Path> list(Path root) throws IOException {
    TreeSet<Path> found = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isText(file.getFileName().toString())) {
              found.add(root.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(found);
  }

  /// Names without a dot are the launcher, CI and the licence.
  private static boolean isText(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || TEXT.contains(name.substring(dot + 1));
  }
}
