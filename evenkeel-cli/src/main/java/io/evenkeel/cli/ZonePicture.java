package io.evenkeel.cli;

import io.evenkeel.cli.ZoneDrawing.Box;
import io.evenkeel.cli.ZoneDrawing.Label;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.command.MarketMove;
import io.evenkeel.portfolio.ZoneMap;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/// A map of zones as text and as a picture.
final class ZonePicture {
  private static final String ENDING_SVG = ".svg";
  private static final String ENDING_PNG = ".png";

  /// Pixels of a PNG per pixel of the drawing, so that it stays sharp on dense screens.
  private static final int PNG_SCALE = 2;

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

  /// Whether a file's ending is that of a picture that can be written.
  static boolean isPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(ENDING_SVG) || name.endsWith(ENDING_PNG);
  }

  /// Writes a picture of the kind that the file's ending names.
  ///
  /// @throws Failures.Failure when this machine cannot draw it
  static void write(Path file, String rulebook, ZoneMap map) throws IOException {
    ZoneDrawing drawing = ZoneDrawing.of(rulebook, map);
    boolean png = file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING_PNG);
    Files.write(file, png ? png(drawing) : svg(drawing).getBytes(StandardCharsets.UTF_8));
  }

  private static String svg(ZoneDrawing drawing) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif">
        <rect width="100%%" height="100%%" fill="white"/>
        """
            .formatted(drawing.width(), drawing.height()));
    for (Box box : drawing.boxes()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\">",
              box.x(),
              box.y(),
              box.width(),
              box.height(),
              box.colour()));
      if (!box.title().isEmpty()) {
        svg.append("<title>").append(escaped(box.title())).append("</title>");
      }
      svg.append("</rect>\n");
    }
    for (Label label : drawing.labels()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\">%s</text>\n",
              label.x(),
              label.y(),
              label.size(),
              label.anchor().name().toLowerCase(Locale.ROOT),
              escaped(label.text())));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static byte[] png(ZoneDrawing drawing) throws IOException {
    System.setProperty("java.awt.headless", "true");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(drawn(drawing), "png", bytes);
    } catch (RuntimeException | LinkageError | InternalError e) {
      // a Java without its desktop libraries, or a machine without any font
      throw new Failures.Failure(
          "a PNG cannot be drawn here (" + e + "); install a font, or write a .svg instead");
    }
    return bytes.toByteArray();
  }

  private static BufferedImage drawn(ZoneDrawing drawing) {
    BufferedImage image =
        new BufferedImage(
            drawing.width() * PNG_SCALE, drawing.height() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.scale(PNG_SCALE, PNG_SCALE);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, drawing.width(), drawing.height());
    for (Box box : drawing.boxes()) {
      canvas.setColor(new Color(box.colour()));
      canvas.fillRect(box.x(), box.y(), box.width(), box.height());
    }
    canvas.setColor(Color.BLACK);
    for (Label label : drawing.labels()) {
      canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, label.size()));
      int width = canvas.getFontMetrics().stringWidth(label.text());
      int x =
          switch (label.anchor()) {
            case START -> label.x();
            case MIDDLE -> label.x() - width / 2;
            case END -> label.x() - width;
          };
      canvas.drawString(label.text(), x, label.y());
    }
    canvas.dispose();
    return image;
  }
}
