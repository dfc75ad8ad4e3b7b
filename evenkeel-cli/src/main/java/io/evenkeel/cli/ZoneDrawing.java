package io.evenkeel.cli;

import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.portfolio.ZoneMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where everything of a map of zones stands in a picture, whatever it is written as. Lengths are
/// in pixels, from the upper left.
///
/// @param boxes filled, in the order of drawing
/// @param labels black, on top of them
record ZoneDrawing(int width, int height, List<Box> boxes, List<Label> labels) {
  private static final int CELL = 26;
  private static final int LEFT = 90;
  private static final int RIGHT = 20;
  private static final int TOP = 50;
  private static final int BOTTOM = 60;
  private static final int LABEL_EVERY = 4;
  private static final int LEGEND_STEP = 100;
  private static final int LEGEND_BOX = 12;
  private static final int TITLE_SIZE = 14;
  private static final int TEXT_SIZE = 11;
  private static final double PERCENT_OF_E9 = MarketMove.UNMOVED_E9 / 100.0;

  ZoneDrawing {
    boxes = List.copyOf(boxes);
    labels = List.copyOf(labels);
  }

  /// @param colour `0xRRGGBB`
  /// @param title says what the box stands for; empty where a label does
  record Box(int x, int y, int width, int height, int colour, String title) {}

  /// @param y of the baseline
  record Label(int x, int y, Anchor anchor, int size, String text) {}

  /// Which point of a text stands at its `x`; named as SVG does.
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  static ZoneDrawing of(String rulebook, ZoneMap map) {
    int columns = map.priceRatiosE9().size();
    int rows = map.zones().size();
    int height = TOP + rows * CELL + BOTTOM;
    List<Box> boxes = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    labels.add(new Label(LEFT, 24, Anchor.START, TITLE_SIZE, "Zones under " + rulebook));
    for (int row = 0; row < rows; row++) {
      String volatility = percent(map.volatilityRatiosE9().get(row));
      int y = TOP + row * CELL;
      labels.add(new Label(LEFT - 8, y + 17, Anchor.END, TEXT_SIZE, volatility + " vol"));
      for (int column = 0; column < columns; column++) {
        Zone zone = map.zones().get(row).get(column);
        String title =
            "price %s, volatility %s: %s"
                .formatted(percent(map.priceRatiosE9().get(column)), volatility, name(zone));
        int x = LEFT + column * CELL;
        boxes.add(new Box(x, y, CELL - 1, CELL - 1, colour(zone), title));
      }
    }
    for (int column = 0; column < columns; column += LABEL_EVERY) {
      String price = percent(map.priceRatiosE9().get(column));
      int x = LEFT + column * CELL + CELL / 2;
      labels.add(new Label(x, TOP + rows * CELL + 16, Anchor.MIDDLE, TEXT_SIZE, price));
    }
    int x = LEFT;
    for (Zone zone : Zone.values()) {
      boxes.add(new Box(x, height - 24, LEGEND_BOX, LEGEND_BOX, colour(zone), ""));
      labels.add(new Label(x + 16, height - 14, Anchor.START, TEXT_SIZE, name(zone)));
      x += LEGEND_STEP;
    }
    return new ZoneDrawing(LEFT + columns * CELL + RIGHT, height, boxes, labels);
  }

  static int colour(Zone zone) {
    return switch (zone) {
      case EXCESS -> 0x2b7a4b;
      case HEALTHY -> 0x7cc08f;
      case RESTRICTED -> 0xf0d264;
      case CALL -> 0xf0963c;
      case LIQUIDATION -> 0xc0392b;
    };
  }

  private static String name(Zone zone) {
    return zone.name().toLowerCase(Locale.ROOT);
  }

  private static String percent(long ratioE9) {
    return String.format(Locale.ROOT, "%.0f %%", ratioE9 / PERCENT_OF_E9);
  }
}
