package io.evenkeel.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The rules of the house, each with a class that breaks it, so that a rule that has stopped seeing
/// is noticed.
///
/// @param says the rule in words
/// @param rule what is checked on the classes of the product
/// @param violation source of one top-level class that breaks this rule
record HouseRules(String says, ArchRule rule, String violation) {
  private static final String ENGINE = "io.evenkeel.engine..";

  /// Where the engine may hold and pass on doubles: option values, and the two margin models made
  /// of them. They stay deterministic because no elementary function of Math is called there either
  /// (a rule of its own), and what they find crosses into fixed point once, at their edge.
  private static final String[] FLOATING = {
    "io.evenkeel.engine.pricing..",
    "io.evenkeel.engine.margin.options..",
    "io.evenkeel.engine.margin.portfolio.."
  };

  private static final String MODEL = "io.evenkeel.model..";
  private static final String WIRE = "io.evenkeel.wire..";
  private static final String AERON = "io.aeron..";
  private static final String AGRONA = "org.agrona..";
  private static final String HELIDON = "io.helidon..";
  private static final String JACKSON = "tools.jackson..";
  private static final String JACKSON_ANNOTATIONS = "com.fasterxml.jackson.annotation..";
  private static final Set<String> TRANSCENDENTAL =
      Set.of(
          "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "expm1", "hypot", "log",
          "log10", "log1p", "pow", "sin", "sinh", "tan", "tanh");
  private static final Set<String> WALKS =
      Set.of("entrySet", "forEach", "iterator", "keySet", "spliterator", "values");

  /// Names the rule in test reports.
  @Override
  public String toString() {
    return says;
  }

  /// All rules, in the order of docs: arrows, libraries of one module, determinism of the engine,
  /// names.
  static List<HouseRules> all() {
    List<HouseRules> rules = new ArrayList<>();
    rules.addAll(arrows());
    rules.addAll(serverArrows());
    rules.addAll(enclosures());
    rules.addAll(noOutsideWorld());
    rules.addAll(noHiddenOrder());
    rules.addAll(noHiddenState());
    rules.addAll(names());
    return rules;
  }

  private static List<HouseRules> arrows() {
    return List.of(
        arrow("model", "class ModelBreach { picocli.CommandLine reach; }"),
        arrow(
            "engine",
            "class EngineBreach { org.snakeyaml.engine.v2.api.Load reach; }",
            MODEL,
            "it.unimi.dsi.fastutil.."),
        arrow(
            "rulebook",
            "class RulebookBreach { tools.jackson.databind.JsonNode reach; }",
            MODEL,
            "org.snakeyaml.engine.."),
        arrow(
            "portfolio",
            "class PortfolioBreach { io.evenkeel.wire.WireBreach reach; }",
            MODEL,
            ENGINE,
            "io.evenkeel.rulebook..",
            "org.snakeyaml.engine.."),
        arrow(
            "conform",
            "class ConformBreach { io.evenkeel.wire.WireBreach reach; }",
            MODEL,
            ENGINE,
            "io.evenkeel.rulebook..",
            "io.evenkeel.portfolio..",
            JACKSON,
            JACKSON_ANNOTATIONS),
        arrow("audit", "class AuditBreach { io.evenkeel.engine.EngineBreach reach; }", MODEL));
  }

  private static List<HouseRules> serverArrows() {
    return List.of(
        arrow(
            "wire",
            "class WireBreach { io.evenkeel.engine.EngineBreach reach; }",
            MODEL,
            AGRONA,
            JACKSON,
            JACKSON_ANNOTATIONS),
        arrow(
            "node",
            "class NodeBreach { io.helidon.webserver.WebServer reach; }",
            MODEL,
            ENGINE,
            WIRE,
            AGRONA,
            AERON),
        arrow(
            "reader", "class ReaderBreach { io.aeron.Aeron reach; }", MODEL, ENGINE, WIRE, AGRONA),
        arrow(
            "gateway",
            "class GatewayBreach { io.evenkeel.node.NodeBreach reach; }",
            MODEL,
            "io.evenkeel.rulebook..",
            WIRE,
            "io.evenkeel.reader..",
            JACKSON,
            JACKSON_ANNOTATIONS,
            HELIDON,
            "io.micrometer..",
            "io.prometheus.."),
        arrow(
            "client",
            "class ClientBreach { io.evenkeel.reader.ReaderBreach reach; }",
            MODEL,
            WIRE,
            JACKSON,
            JACKSON_ANNOTATIONS),
        arrow(
            "lab",
            "class LabBreach { picocli.CommandLine reach; }",
            MODEL,
            ENGINE,
            "io.evenkeel.rulebook..",
            "io.evenkeel.audit..",
            WIRE,
            "io.evenkeel.client..",
            JACKSON,
            JACKSON_ANNOTATIONS),
        arrow(
            "cli",
            "class CliBreach { org.agrona.DirectBuffer reach; }",
            "io.evenkeel..",
            "org.snakeyaml.engine..",
            JACKSON,
            "picocli.."));
  }

  private static List<HouseRules> enclosures() {
    return List.of(
        only("node", AERON, "io.evenkeel.reader", "class AeronBreach { io.aeron.Image reach; }"),
        only(
            "gateway",
            HELIDON,
            "io.evenkeel.client",
            "class HelidonBreach { io.helidon.webserver.WebServer reach; }"));
  }

  /// A library that one module alone may use.
  private static HouseRules only(String module, String library, String breaching, String source) {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages("io.evenkeel." + module + "..", "io.evenkeel.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library);
    return new HouseRules(
        "only " + module + " uses " + library, rule, violation(breaching, "", source));
  }

  /// One module's arrow: itself, the JDK and what is listed; nothing else.
  private static HouseRules arrow(String module, String violation, String... allowed) {
    String own = "io.evenkeel." + module;
    String[] reachable =
        Stream.concat(
                Stream.of(own + "..", "java..", "javax..", "org.jspecify.annotations.."),
                Stream.of(allowed))
            .toArray(String[]::new);
    ArchRule rule =
        classes()
            .that()
            .resideInAPackage(own + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(reachable);
    return new HouseRules(
        module + " depends on " + List.of(reachable), rule, violation(own, "", violation));
  }

  private static List<HouseRules> noOutsideWorld() {
    return List.of(
        engineAvoids(
            "clocks, files, threads, locales, reflection and streams",
            describe("outside the machine", HouseRules::isOutsideWorld),
            "class OutsideBreach { java.time.Instant now; }"),
        engineAvoids(
            "randomness",
            describe("random", type -> type.getSimpleName().contains("Random")),
            "class RandomBreach { java.util.SplittableRandom random; }"),
        engineCallsNo(
            "java.lang.System but arraycopy (clocks, environment, identity hashes, output)",
            call ->
                call.getTargetOwner().isEquivalentTo(System.class)
                    && !call.getName().equals("arraycopy"),
            "class SystemBreach { long now() { return System.nanoTime(); } }"),
        engineCallsNo(
            "elementary function of Math, whose result depends on the JVM's intrinsics",
            call ->
                call.getTargetOwner().isEquivalentTo(Math.class)
                    && TRANSCENDENTAL.contains(call.getName()),
            "class MathBreach { long grow(long x) { return (long) Math.exp(x); } }"));
  }

  private static boolean isOutsideWorld(JavaClass type) {
    String name = type.getFullName();
    return Stream.of(
                "java.time.",
                "java.io.",
                "java.nio.",
                "java.net.",
                "java.sql.",
                "java.text.",
                "java.util.concurrent.",
                "java.util.stream.",
                "java.util.Locale",
                "java.util.Date",
                "java.util.Timer",
                "java.util.Calendar",
                "java.lang.reflect.",
                "java.lang.Thread",
                "java.lang.Process",
                "java.lang.Runtime")
            .anyMatch(name::startsWith)
        && !name.startsWith("java.nio.charset.StandardCharsets")
        && !name.equals("java.nio.charset.Charset")
        && !name.equals("java.lang.RuntimeException");
  }

  private static List<HouseRules> noHiddenOrder() {
    return List.of(
        engineAvoids(
            "collections without an order",
            describe("unordered", HouseRules::isUnordered),
            "class OrderBreach { Object held = new java.util.HashMap<String, String>(); }"),
        engineCallsNo(
            "Map.of or Set.of, whose order is salted anew in every JVM",
            call ->
                (call.getTargetOwner().isEquivalentTo(Map.class)
                        || call.getTargetOwner().isEquivalentTo(Set.class))
                    && (call.getName().startsWith("of") || call.getName().equals("copyOf")),
            "class SaltBreach { Object held() { return java.util.Set.of(1, 2); } }"),
        engineCallsNo(
            "walk over a hash table, whose order depends on its history",
            call ->
                call.getTargetOwner().getPackageName().startsWith("it.unimi.dsi.fastutil")
                    && call.getTargetOwner().getSimpleName().matches(".*(Map|OpenHash.*)")
                    && (WALKS.contains(call.getName()) || call.getName().endsWith("EntrySet")),
            "class WalkBreach { Object walk(it.unimi.dsi.fastutil.longs.Long2IntMap rows)"
                + " { return rows.keySet(); } }"));
  }

  private static List<HouseRules> noHiddenState() {
    return List.of(
        new HouseRules(
            "no float or double is held by the engine but where options are valued",
            noFields().that().areDeclaredInClassesThat(exact()).should().haveRawType(floating()),
            violation("io.evenkeel.engine", "", "class FieldBreach { double[] held; }")),
        new HouseRules(
            "no float or double is returned or taken by the engine but where options are valued",
            noCodeUnits()
                .that()
                .areDeclaredInClassesThat(exact())
                .should()
                .haveRawReturnType(floating())
                .orShould()
                .haveRawParameterTypes(
                    describe("any floating", types -> types.stream().anyMatch(floating()))),
            violation("io.evenkeel.engine", "", "class ReturnBreach { void take(float x) {} }")),
        new HouseRules(
            "no state of the engine is static",
            fields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ENGINE)
                .and()
                .areStatic()
                .should()
                .beFinal(),
            violation("io.evenkeel.engine", "", "class StaticBreach { static int count; }")),
        new HouseRules(
            "nothing in the engine is synchronized: it has one thread",
            methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ENGINE)
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED),
            violation("io.evenkeel.engine", "", "class LockBreach { synchronized void f() {} }")));
  }

  private static boolean isUnordered(JavaClass type) {
    return type.isEquivalentTo(HashMap.class)
        || type.isEquivalentTo(HashSet.class)
        || type.isEquivalentTo(IdentityHashMap.class)
        || type.isEquivalentTo(WeakHashMap.class)
        || type.isEquivalentTo(Hashtable.class);
  }

  private static List<HouseRules> names() {
    return List.of(
        new HouseRules(
            "a class is named by what it does",
            noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)")
                .as("no class should be named *Manager, *Helper, *Util(s) or *Impl"),
            violation("io.evenkeel.lab", "", "class TapeManager {}")),
        new HouseRules(
            "a package is not a drawer",
            noClasses()
                .should()
                .resideInAnyPackage(
                    "..common..", "..util..", "..utils..", "..helper..", "..helpers..", "..misc.."),
            violation("io.evenkeel.lab", ".common", "class Drawer {}")));
  }

  private static HouseRules engineAvoids(
      String what, DescribedPredicate<JavaClass> avoided, String violation) {
    return new HouseRules(
        "the engine knows no " + what,
        noClasses().that().resideInAPackage(ENGINE).should().dependOnClassesThat(avoided),
        violation("io.evenkeel.engine", "", violation));
  }

  private static HouseRules engineCallsNo(
      String what, Predicate<JavaAccess<?>> avoided, String violation) {
    return new HouseRules(
        "the engine uses no " + what,
        noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .accessTargetWhere(describe(what, avoided)),
        violation("io.evenkeel.engine", "", violation));
  }

  /// Classes of the engine that count in whole numbers.
  private static DescribedPredicate<JavaClass> exact() {
    return JavaClass.Predicates.resideInAPackage(ENGINE)
        .and(JavaClass.Predicates.resideOutsideOfPackages(FLOATING));
  }

  private static DescribedPredicate<JavaClass> floating() {
    return describe(
        "float or double",
        type -> Set.of("float", "double").contains(type.getBaseComponentType().getName()));
  }

  private static String violation(String module, String subpackage, String source) {
    return "package " + module + subpackage + "; " + source.replaceFirst("^class", "public class");
  }
}
