package io.evenkeel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// A line plot as inline SVG: axes with round ticks, a grid, one line per design in the colours of
/// the page (and a dash of its own, for those who cannot tell colours apart).
final class SvgPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 240;
  private static final int LEFT = 78;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int BOTTOM = 32;
  private static final int TICKS = 5;
  private static final List<String> DASHES = List.of("", "7 4", "2 4", "10 4 2 4", "12 3", "1 3");

  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private DoubleFunction<String> acrossWords = value -> number(value);
  private DoubleFunction<String> upWords = value -> number(value);
  private double threshold = Double.NaN;
  private boolean isStepped;
  private double floor;

  /// @param title what the plot shows, for those who cannot see it
  SvgPlot(String title) {
    this.title = title;
  }

  /// The line of one design.
  private static final class Line {
    private final String name;
    private final int colour;
    private final double[] across;
    private final double[] up;

    /// @param colour index of the design
    private Line(String name, int colour, double[] across, double[] up) {
      this.name = name;
      this.colour = colour;
      this.across = across;
      this.up = up;
    }
  }

  /// Adds a line.
  ///
  /// @param across ascending
  SvgPlot line(String name, int colour, double[] across, double[] up) {
    lines.add(new Line(name, colour, across, up));
    return this;
  }

  /// How values on the axes are written.
  SvgPlot words(DoubleFunction<String> across, DoubleFunction<String> up) {
    acrossWords = across;
    upWords = up;
    return this;
  }

  /// Marks a value by a level line.
  SvgPlot threshold(double value) {
    threshold = value;
    return this;
  }

  /// Lets the upright axis begin near the lowest value, in place of zero.
  SvgPlot withoutZero() {
    floor = Double.POSITIVE_INFINITY;
    return this;
  }

  /// Draws steps that hold until the next point, in place of slopes.
  SvgPlot stepped() {
    isStepped = true;
    return this;
  }

  /// The element; a sentence where there is nothing to draw.
  String render() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double low = floor;
    double high = Double.isNaN(threshold) ? Double.NEGATIVE_INFINITY : threshold;
    for (Line line : lines) {
      for (int i = 0; i < line.across.length; i++) {
        least = Math.min(least, line.across[i]);
        most = Math.max(most, line.across[i]);
        low = Math.min(low, line.up[i]);
        high = Math.max(high, line.up[i]);
      }
    }
    if (!(most > least) || !(high > low)) {
      return "<p class=\"none\">Nothing to draw: all figures are zero.</p>\n";
    }
    double step = roundStep((high - low) / TICKS);
    high = Math.ceil(high / step) * step;
    low = Math.floor(low / step) * step;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, CompareHtml.escaped(title)));
    for (long tick = Math.round(low / step); tick * step <= high + step / 2; tick++) {
      grid(svg, y(tick * step, low, high), upWords.apply(tick * step));
    }
    for (int i = 0; i <= TICKS; i++) {
      double at = least + (most - least) * i / TICKS;
      text(
          svg,
          x(at, least, most),
          HEIGHT - BOTTOM + 18,
          i == 0 ? "start" : i == TICKS ? "end" : "middle",
          acrossWords.apply(at));
    }
    if (!Double.isNaN(threshold)) {
      double at = y(threshold, low, high);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"threshold\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
              LEFT,
              WIDTH - RIGHT,
              at,
              at));
    }
    for (Line line : lines) {
      draw(svg, line, new double[] {least, most, low, high});
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, Line line, double[] box) {
    if (line.across.length == 0) {
      return;
    }
    StringBuilder points = new StringBuilder();
    double lastY = 0;
    for (int i = 0; i < line.across.length; i++) {
      double x = x(line.across[i], box[0], box[1]);
      double y = y(line.up[i], box[2], box[3]);
      if (isStepped && i > 0) {
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, lastY));
      }
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      lastY = y;
    }
    svg.append(
        "<polyline class=\"d%d\" stroke-dasharray=\"%s\" points=\"%s\"><title>%s</title></polyline>\n"
            .formatted(
                line.colour,
                dash(line.colour),
                points.toString().strip(),
                CompareHtml.escaped(line.name)));
  }

  /// The dash of a design.
  static String dash(int colour) {
    String dash = DASHES.get(colour % DASHES.size());
    return dash.isEmpty() ? "none" : dash;
  }

  private static void grid(StringBuilder svg, double y, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
            LEFT,
            WIDTH - RIGHT,
            y,
            y));
    text(svg, LEFT - 8, y + 4, "end", words);
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            CompareHtml.escaped(words)));
  }

  private static double x(double value, double least, double most) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (value - least) / (most - least);
  }

  private static double y(double value, double low, double high) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low);
  }

  /// The nearest of 1, 2 and 5 times a power of ten that is not below.
  private static double roundStep(double step) {
    double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(step)));
    double lead = step / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }

  /// A number in at most five characters: 1.5M, 20k, 0.25.
  static String number(double value) {
    double size = Math.abs(value);
    String[] units = {"", "k", "M", "bn", "tn"};
    int unit = 0;
    while (size >= 1_000 && unit < units.length - 1) {
      size /= 1_000;
      value /= 1_000;
      unit++;
    }
    String digits =
        String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.1f" : "%.2f", value);
    String trimmed =
        digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
    return (trimmed.equals("-0") ? "0" : trimmed) + units[unit];
  }
}
