package io.evenkeel.cli;

import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.portfolio.ZoneMap;
import java.io.PrintWriter;
import java.util.Locale;

/// A map of zones as text and as a picture.
final class ZonePicture {
  private static final int CELL_WIDTH = 26;
  private static final int CELL_HEIGHT = 26;
  private static final int LEFT = 90;
  private static final int TOP = 50;
  private static final int LEGEND = 60;
  private static final int LABEL_EVERY = 4;
  private static final double E9 = MarketMove.UNMOVED_E9;

  private ZonePicture() {}

  static void print(PrintWriter out, String rulebook, ZoneMap map) {
    out.printf("%nZones under %s: prices across, volatility down%n", rulebook);
    for (int row = 0; row < map.zones().size(); row++) {
      out.printf(Locale.ROOT, "%6.0f %% ", map.volatilityRatiosE9().get(row) * 100 / E9);
      for (Zone zone : map.zones().get(row)) {
        out.print(" " + letter(zone) + " ");
      }
      out.println();
    }
    out.print("         ");
    for (long ratio : map.priceRatiosE9()) {
      out.printf(Locale.ROOT, "%-3.0f", Math.abs(ratio * 100 / E9 - 100));
    }
    out.println();
    out.println("         price move in percent, falls left, rises right;");
    out.println("         . excess  + healthy  r restricted  c call  L liquidation");
  }

  private static char letter(Zone zone) {
    return switch (zone) {
      case EXCESS -> '.';
      case HEALTHY -> '+';
      case RESTRICTED -> 'r';
      case CALL -> 'c';
      case LIQUIDATION -> 'L';
    };
  }

  private static String colour(Zone zone) {
    return switch (zone) {
      case EXCESS -> "#2b7a4b";
      case HEALTHY -> "#7cc08f";
      case RESTRICTED -> "#f0d264";
      case CALL -> "#f0963c";
      case LIQUIDATION -> "#c0392b";
    };
  }

  static String svg(String rulebook, ZoneMap map) {
    int columns = map.priceRatiosE9().size();
    int rows = map.zones().size();
    int width = LEFT + columns * CELL_WIDTH + 20;
    int height = TOP + rows * CELL_HEIGHT + LEGEND;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"11\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"%d\" y=\"24\" font-size=\"14\">Zones under %s</text>%n",
            width,
            height,
            LEFT,
            escaped(rulebook)));
    for (int row = 0; row < rows; row++) {
      int y = TOP + row * CELL_HEIGHT;
      text(svg, LEFT - 8, y + 17, "end", percent(map.volatilityRatiosE9().get(row)) + " vol");
      for (int column = 0; column < columns; column++) {
        Zone zone = map.zones().get(row).get(column);
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\">"
                    + "<title>price %s, volatility %s: %s</title></rect>%n",
                LEFT + column * CELL_WIDTH,
                y,
                CELL_WIDTH - 1,
                CELL_HEIGHT - 1,
                colour(zone),
                percent(map.priceRatiosE9().get(column)),
                percent(map.volatilityRatiosE9().get(row)),
                zone.name().toLowerCase(Locale.ROOT)));
      }
    }
    for (int column = 0; column < columns; column += LABEL_EVERY) {
      text(
          svg,
          LEFT + column * CELL_WIDTH + CELL_WIDTH / 2,
          TOP + rows * CELL_HEIGHT + 16,
          "middle",
          percent(map.priceRatiosE9().get(column)));
    }
    int x = LEFT;
    for (Zone zone : Zone.values()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
              x,
              height - 24,
              colour(zone)));
      text(svg, x + 16, height - 14, "start", zone.name().toLowerCase(Locale.ROOT));
      x += 100;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            escaped(text)));
  }

  private static String percent(long ratioE9) {
    return String.format(Locale.ROOT, "%.0f %%", ratioE9 * 100 / E9);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
