package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the product's classes, and one class made to break each rule, against the rules of the
/// house.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final Pattern CLASS_NAME =
      Pattern.compile("package ([\\w.]+); public class (\\w+)");

  private JavaClasses product;
  private Path violations;

  @BeforeAll
  void readClasses(@TempDir Path folder) throws IOException {
    product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.evenkeel");
    violations = folder;
    compile(violations);
  }

  static Stream<HouseRules> rules() {
    return HouseRules.all().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldHoldInTheProduct(HouseRules house) {
    house.rule().allowEmptyShould(true).check(product);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldNoticeAViolation(HouseRules house) {
    Path classFile = violations.resolve(className(house).replace('.', '/') + ".class");
    JavaClasses violation = new ClassFileImporter().importPath(classFile);

    assertThat(violation).hasSize(1);
    assertThat(house.rule().evaluate(violation).hasViolation()).as(house.says()).isTrue();
  }

  private static void compile(Path target) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-d", target.toString(), "-proc:none");
    List<JavaFileObject> sources =
        HouseRules.all().stream().map(ArchitectureTest::sourceFile).toList();
    Files.createDirectories(target);
    boolean compiled = javac.getTask(null, null, null, options, null, sources).call();
    assertThat(compiled).as("the violations must compile; javac's messages are above").isTrue();
  }

  private static String className(HouseRules house) {
    Matcher name = CLASS_NAME.matcher(house.violation());
    assertThat(name.find()).as(house.violation()).isTrue();
    return name.group(1) + "." + name.group(2);
  }

  private static JavaFileObject sourceFile(HouseRules house) {
    URI name = URI.create("string:///" + className(house).replace('.', '/') + ".java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return house.violation();
      }
    };
  }
}
