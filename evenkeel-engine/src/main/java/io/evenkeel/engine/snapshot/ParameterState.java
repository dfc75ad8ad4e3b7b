package io.evenkeel.engine.snapshot;

import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.rulebook.LiquidationPolicy;
import io.evenkeel.model.rulebook.LiquidationStep;
import io.evenkeel.model.rulebook.MarginModelTypes;
import io.evenkeel.model.rulebook.MarketConduct;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.ParameterNode;
import io.evenkeel.model.rulebook.ParameterReader;
import io.evenkeel.model.rulebook.RateScaling;
import io.evenkeel.model.rulebook.SlowInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameter tree of a margin model as bytes, mappings in the order in which they were written.
final class ParameterState {
  private static final int MOST = 1 << 16;
  private static final int DEEPEST = 16;

  private ParameterState() {}

  static void write(ParameterNode node, StateOutput out) {
    switch (node) {
      case ParameterNode.Number(var value) -> {
        out.putInt(1);
        RulebookState.putDecimal(value, out);
      }
      case ParameterNode.Word(String text) -> {
        out.putInt(2);
        out.putText(text);
      }
      case ParameterNode.Flag(boolean value) -> {
        out.putInt(3);
        out.putBoolean(value);
      }
      case ParameterNode.Items(List<ParameterNode> items) -> {
        out.putInt(4);
        out.putInt(items.size());
        items.forEach(item -> write(item, out));
      }
      case ParameterNode.Fields(Map<String, ParameterNode> fields) -> {
        out.putInt(5);
        out.putInt(fields.size());
        fields.forEach((name, value) -> {
          out.putText(name);
          write(value, out);
        });
      }
    }
  }

  static ModelParameters readModel(StateInput in) {
    String type = in.getText();
    if (!(read(in, 0) instanceof ParameterNode.Fields fields)) {
      throw new UnreadableState("holds parameters of " + type + " that are not a mapping");
    }
    try {
      return MarginModelTypes.read(type, fields);
    } catch (InvalidParameter e) {
      throw new UnreadableState("holds parameters that cannot be: " + e.getMessage());
    }
  }

  /// Reads one tree.
  static ParameterNode read(StateInput in) {
    return read(in, 0);
  }

  static MarketConduct readConduct(StateInput in) {
    if (!(read(in, 0) instanceof ParameterNode.Fields fields)) {
      throw new UnreadableState("holds the conduct of a venue that is not a mapping");
    }
    try {
      ParameterReader reader = ParameterReader.of("venue.conduct", fields);
      MarketConduct conduct = MarketConduct.read(reader);
      reader.refuseUnknown();
      return conduct;
    } catch (InvalidParameter e) {
      throw new UnreadableState("holds conduct of a venue that cannot be: " + e.getMessage());
    }
  }

  static RateScaling readRateScaling(StateInput in) {
    if (!(read(in, 0) instanceof ParameterNode.Fields fields)) {
      throw new UnreadableState("holds scaling of rates that is not a mapping");
    }
    try {
      return RateScaling.read(fields);
    } catch (InvalidParameter e) {
      throw new UnreadableState("holds scaling of rates that cannot be: " + e.getMessage());
    }
  }

  static SlowInputs readSlowInputs(StateInput in) {
    if (!(read(in, 0) instanceof ParameterNode.Fields fields)) {
      throw new UnreadableState("holds rules of stated figures that are not a mapping");
    }
    try {
      return SlowInputs.read(fields);
    } catch (InvalidParameter e) {
      throw new UnreadableState("holds rules of stated figures that cannot be: " + e.getMessage());
    }
  }

  static List<LiquidationStep> readSteps(StateInput in) {
    if (!(read(in, 0) instanceof ParameterNode.Fields fields)) {
      throw new UnreadableState("holds steps of a liquidation that are not a mapping");
    }
    try {
      return LiquidationPolicy.readSteps(fields);
    } catch (InvalidParameter e) {
      throw new UnreadableState("holds steps of a liquidation that cannot be: " + e.getMessage());
    }
  }

  private static ParameterNode read(StateInput in, int depth) {
    if (depth > DEEPEST) {
      throw new UnreadableState("nests parameters too deeply");
    }
    return switch (in.getInt()) {
      case 1 -> new ParameterNode.Number(RulebookState.getDecimal(in));
      case 2 -> new ParameterNode.Word(in.getText());
      case 3 -> new ParameterNode.Flag(in.getBoolean());
      case 4 -> {
        List<ParameterNode> items = new ArrayList<>();
        for (int left = in.getCount(MOST, "parameters"); left > 0; left--) {
          items.add(read(in, depth + 1));
        }
        yield new ParameterNode.Items(items);
      }
      case 5 -> {
        Map<String, ParameterNode> fields = new LinkedHashMap<>();
        for (int left = in.getCount(MOST, "parameters"); left > 0; left--) {
          fields.put(in.getText(), read(in, depth + 1));
        }
        yield new ParameterNode.Fields(fields);
      }
      default -> throw new UnreadableState("holds a parameter of an unknown kind");
    };
  }
}
