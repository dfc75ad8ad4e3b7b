package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Reads every text file of the project, whatever module it is in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TidyTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  private SourceTree tree;

  @BeforeAll
  void listFiles() throws IOException {
    tree = SourceTree.find();
  }

  @Test
  void shouldSeeTheSourcesOfThisModule() {
    assertThat(tree.files())
        .contains(
            Path.of("evenkeel"),
            Path.of("pom.xml"),
            Path.of("evenkeel-cli", "src", "main", "java", "io", "evenkeel", "cli", "Main.java"))
        .noneMatch(file -> file.toString().contains("target"));
  }

  @Test
  void shouldBeTidy() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : tree.files()) {
      findings.addAll(Tidiness.findings(file, tree.text(file)));
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void shouldDescribeEveryPackage() throws IOException {
    Set<Path> described = new TreeSet<>();
    Set<Path> packages = new TreeSet<>();
    List<String> findings = new ArrayList<>();
    for (Path file : tree.files()) {
      Path folder = packageFolder(file);
      if (folder == null) {
        continue;
      }
      packages.add(folder);
      if (file.endsWith("package-info.java")) {
        described.add(folder);
        String text = tree.text(file);
        if (!text.contains("@NullMarked") || !text.startsWith("/// ")) {
          findings.add(file + ": needs a paragraph in /// and the annotation @NullMarked");
        }
      }
    }
    packages.removeAll(described);
    packages.forEach(folder -> findings.add(folder + ": has no package-info.java"));
    assertThat(findings).isEmpty();
  }

  /// The folder of a Java file below its source root, or null for a file that is in no package.
  private static Path packageFolder(Path file) {
    boolean packaged =
        file.toString().endsWith(".java")
            && file.getNameCount() > 5
            && (file.subpath(1, 4).equals(MAIN) || file.subpath(1, 4).equals(TEST));
    return packaged ? file.subpath(4, file.getNameCount() - 1) : null;
  }

  @Test
  void shouldNoticeUnfinishedWork() throws IOException {
    assertThat(findingsIn("a.md", "soon: TO" + "DO\n")).hasSize(1);
    assertThat(findingsIn("A.java", "// FIX" + "ME later\nclass A {}\n")).hasSize(1);
  }

  @Test
  void shouldNoticeAPathOfOneMachine() throws IOException {
    assertThat(findingsIn("a.yaml", "file: /ho" + "me/me/tape.csv\n")).hasSize(1);
    assertThat(findingsIn("evenkeel", "cd \"/tm" + "p\"\n")).hasSize(1);
    assertThat(findingsIn("a.md", "https://example.org/ho" + "me/page and ${x}/tm" + "p\n"))
        .isEmpty();
  }

  @Test
  void shouldNoticeATab() throws IOException {
    assertThat(findingsIn("A.java", "class A {\n\tint x;\n}\n")).hasSize(1);
  }

  @Test
  void shouldNoticeALongFile() throws IOException {
    String longest = "class A {}\n" + "\n".repeat(Tidiness.MAX_FILE_LINES - 1);

    assertThat(findingsIn("A.java", longest)).isEmpty();
    assertThat(findingsIn("A.java", longest + "\n")).hasSize(1);
  }

  @Test
  void shouldNoticeALongMethod() throws IOException {
    String longest =
        "  void f() {\n" + "    f();\n".repeat(Tidiness.MAX_METHOD_LINES - 2) + "  }\n";

    assertThat(findingsIn("A.java", "class A {\n" + longest + "}\n")).isEmpty();
    assertThat(findingsIn("A.java", "class A {\n" + longest.replace("}", "f();\n}") + "}\n"))
        .hasSize(1);
  }

  private static List<String> findingsIn(String name, String text) throws IOException {
    return Tidiness.findings(Path.of(name), text);
  }
}
