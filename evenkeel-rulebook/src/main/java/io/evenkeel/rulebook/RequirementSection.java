package io.evenkeel.rulebook;

import static java.util.Objects.requireNonNull;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.RequirementModel;
import io.evenkeel.model.rulebook.RequirementModel.Bracket;
import io.evenkeel.model.rulebook.RequirementModel.BracketTable;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.rulebook.BracketFile.Contract;
import io.evenkeel.rulebook.RulebookProblem.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `requirement`: the margin model. Of `tieredRates`, tables are written in the rulebook, or taken
/// from a venue's export of its leverage brackets; a table written in the rulebook wins for the
/// instruments it lists.
final class RequirementSection {
  private static final int NAME_LENGTH = 64;
  private static final int SYMBOL_LENGTH = 32;

  private final Map<String, BracketTable> tables = new LinkedHashMap<>();
  private final Map<String, String> tableOfInstrument = new LinkedHashMap<>();

  private RequirementSection() {}

  static @Nullable RequirementModel read(YamlValue value) {
    YamlMapping requirement = value.mapping();
    List<String> types = new ArrayList<>(List.of("tieredRates"));
    types.addAll(MarginModelTypes.names());
    String type = requirement.at("type").word(types);
    if (type.equals("tieredRates")) {
      return new RequirementSection().tieredRates(requirement);
    }
    if (!types.contains(type)) {
      requirement.leaveUntyped();
      return null;
    }
    ParameterNode.Fields fields = ParameterTree.fieldsWithout(requirement, "type");
    return requirement.build(() -> MarginModelTypes.read(type, fields));
  }

  private @Nullable RequirementModel tieredRates(YamlMapping requirement) {
    String defaultTable = requirement.at("defaultTable").symbol(NAME_LENGTH);
    boolean ordersInMaintenance = requirement.at("ordersInMaintenance").bool();
    Decimal profitInitialWeight = requirement.at("profitInitialWeight").decimal();
    YamlMapping written = requirement.at("tables").mapping();
    written.named(NAME_LENGTH).forEach(this::writtenTable);
    YamlValue bracketFile = requirement.optional("bracketFile");
    if (bracketFile.isPresent()) {
      exportedTables(bracketFile);
    }
    RateScaling scaling = scaling(requirement.optional("scaling"));
    return requirement.build(() ->
        new TieredRates(
            tables,
            tableOfInstrument,
            defaultTable,
            ordersInMaintenance,
            profitInitialWeight,
            requireNonNull(scaling)));
  }

  /// What raises the rates; nothing when the section is not written.
  private static @Nullable RateScaling scaling(YamlValue value) {
    if (!value.isPresent()) {
      return RateScaling.NONE;
    }
    YamlMapping mapping = value.mapping();
    ParameterNode.Fields fields = ParameterTree.fieldsWithout(mapping, "");
    return mapping.build(() -> RateScaling.read(fields));
  }

  private void writtenTable(String name, YamlValue value) {
    YamlMapping entry = value.mapping();
    for (YamlValue item : entry.at("instruments").items()) {
      String instrument = item.symbol(SYMBOL_LENGTH);
      String other = tableOfInstrument.putIfAbsent(instrument, name);
      if (other != null && !instrument.isEmpty()) {
        item.fail(Kind.VALUE, "is already listed in table " + other + "; remove one of the two");
      }
    }
    Decimal dailyMove = entry.at("dailyMove").decimal();
    long depthE6 = entry.at("depth").numeraireE6();
    List<Bracket> brackets = brackets(entry.at("brackets"));
    BracketTable table = entry.build(() -> new BracketTable(brackets, dailyMove, depthE6));
    if (table != null) {
      tables.put(name, table);
    }
  }

  private static List<Bracket> brackets(YamlValue list) {
    List<Bracket> brackets = new ArrayList<>();
    for (YamlValue item : list.items()) {
      YamlMapping entry = item.mapping();
      long floorE6 = entry.at("floor").numeraireE6();
      Decimal maintenanceRate = entry.at("maintenanceRate").decimal();
      Decimal initialRate = entry.at("initialRate").decimal();
      Bracket bracket = entry.build(() -> new Bracket(floorE6, maintenanceRate, initialRate));
      if (bracket != null) {
        brackets.add(bracket);
      }
    }
    return brackets;
  }

  /// What the export does not know of an instrument.
  private record Liquidity(Decimal dailyMove, long depthE6) {}

  private void exportedTables(YamlValue value) {
    YamlMapping entry = value.mapping();
    YamlValue path = entry.at("path");
    String pathText = path.line(1_000);
    Set<String> currencies = new LinkedHashSet<>();
    for (YamlValue item : entry.at("currencies").items()) {
      currencies.add(item.symbol(SYMBOL_LENGTH));
    }
    Decimal dailyMove = entry.at("dailyMove").decimal();
    long depthE6 = entry.at("depth").numeraireE6();
    Map<String, YamlValue> overrides = entry.at("overrides").mapping().named(SYMBOL_LENGTH);
    Map<String, Liquidity> liquidity = new LinkedHashMap<>();
    overrides.forEach((instrument, override) -> put(liquidity, instrument, override));
    Liquidity usual = entry.build(() -> new Liquidity(dailyMove, depthE6));
    BracketFile file = usual == null ? null : open(path, pathText);
    if (usual == null || file == null) {
      return;
    }
    for (Contract contract : file.contracts()) {
      Liquidity own = liquidity.remove(contract.instrument());
      if (currencies.contains(contract.currency())) {
        add(value, contract, own != null ? own : usual);
      }
    }
    for (String instrument : liquidity.keySet()) {
      YamlValue override = overrides.get(instrument);
      if (override != null) {
        override.fail(Kind.VALUE, "is not an instrument of " + pathText + "; remove it");
      }
    }
  }

  private static void put(Map<String, Liquidity> all, String instrument, YamlValue value) {
    YamlMapping entry = value.mapping();
    Decimal dailyMove = entry.at("dailyMove").decimal();
    long depthE6 = entry.at("depth").numeraireE6();
    Liquidity liquidity = entry.build(() -> new Liquidity(dailyMove, depthE6));
    if (liquidity != null) {
      all.put(instrument, liquidity);
    }
  }

  private void add(YamlValue value, Contract contract, Liquidity liquidity) {
    if (tableOfInstrument.containsKey(contract.instrument())) {
      return;
    }
    // Constructed through the mapping, so that what the table refuses is told at the key in the
    // rulebook.
    BracketTable table =
        value
            .mapping()
            .buildLeniently(() ->
                new BracketTable(contract.brackets(), liquidity.dailyMove(), liquidity.depthE6()));
    if (table == null) {
      return;
    }
    if (tables.putIfAbsent(contract.instrument(), table) != null) {
      value.fail(
          Kind.VALUE,
          "the table of %s takes the name of one in tables; rename that one"
              .formatted(contract.instrument()));
    }
    tableOfInstrument.put(contract.instrument(), contract.instrument());
  }

  private static @Nullable BracketFile open(YamlValue path, String text) {
    Path folder = path.reading().folder();
    if (folder == null) {
      path.fail(
          Kind.VALUE, "is looked for beside the rulebook's own file, but the rulebook has none");
      return null;
    }
    try {
      return BracketFile.read(folder.resolve(text));
    } catch (InvalidPathException e) {
      path.fail(Kind.VALUE, "is not a path (" + e.getReason() + ")");
    } catch (RulebookException e) {
      path.fail(
          Kind.VALUE, "cannot be used, because of " + e.problems().size() + " problem(s) in it");
      path.reading().findings().addAll(e);
    }
    return null;
  }
}
