package io.evenkeel.cli;

import io.evenkeel.lab.compare.CascadeFigures;
import io.evenkeel.lab.compare.ComparisonReport;
import io.evenkeel.lab.compare.DesignReport;
import io.evenkeel.lab.compare.Timeline;
import io.evenkeel.wire.words.Wording;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/// A comparison as one page: a file that needs nothing else, without scripts, in light and dark,
/// well-formed as XML.
final class CompareHtml {
  private static final double NANOSECONDS = 1e9;
  private static final String PRICES = "Prices";

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--back:#fff;--text:#1c2330;--faint:#566072;--rule:#d8dde6;
      --c0:#0b62c4;--c1:#b3401a;--c2:#1b7a43;--c3:#7a3fa8;--c4:#8a6100;--c5:#a02060}
      @media (prefers-color-scheme:dark){:root{--back:#12161d;--text:#e8ecf2;--faint:#a3aebf;
      --rule:#333c4a;--c0:#6db3ff;--c1:#ff9d73;--c2:#6fd695;--c3:#cda1f5;--c4:#e6c15a;--c5:#ff8fc0}}
      body{margin:0 auto;max-width:1040px;padding:24px 20px 48px;background:var(--back);
      color:var(--text);font:15px/1.5 system-ui,sans-serif}
      h1{font-size:24px;margin:0 0 8px}h2{font-size:18px;margin:32px 0 4px}
      p{margin:4px 0;max-width:80ch}.faint,figcaption,.none{color:var(--faint)}
      ul.key{display:flex;flex-wrap:wrap;gap:6px 24px;list-style:none;margin:16px 0 0;padding:0}
      ul.key svg{width:44px;height:10px;margin-right:8px;vertical-align:middle}
      figure{margin:8px 0 0;overflow-x:auto}figure>svg{display:block;width:100%;min-width:600px;height:auto}
      svg text{fill:var(--faint);font:12px system-ui,sans-serif}
      polyline,line.sample{fill:none;stroke-width:2.2}.grid{stroke:var(--rule)}
      .threshold{stroke:var(--text);stroke-dasharray:3 3}
      .d0{stroke:var(--c0)}.d1{stroke:var(--c1)}.d2{stroke:var(--c2)}.d3{stroke:var(--c3)}
      .d4{stroke:var(--c4)}.d5{stroke:var(--c5)}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
      th,td{padding:4px 12px 4px 0;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}
      th:first-child{text-align:left;font-weight:400}thead th{font-weight:600}
      tr.section th{font-weight:600;padding-top:18px}th.inner{padding-left:18px}
      """;

  private final StringBuilder page = new StringBuilder();
  private final ComparisonReport report;

  private CompareHtml(ComparisonReport report) {
    this.report = report;
  }

  /// The page.
  static String of(ComparisonReport report) {
    CompareHtml html = new CompareHtml(report);
    html.head();
    html.key();
    html.overTime();
    html.cascade();
    html.table();
    html.page.append("</body>\n</html>\n");
    return html.page.toString();
  }

  private void head() {
    String names = String.join(", ", report.designs().stream().map(DesignReport::name).toList());
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
        .append("<title>Evenkeel: ")
        .append(escaped(names))
        .append("</title>\n")
        .append("<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n")
        .append("<h1>The same crash under ")
        .append(report.designs().size())
        .append(report.designs().size() == 1 ? " design" : " designs")
        .append("</h1>\n");
    for (String line : CompareText.heading(report)) {
      page.append("<p class=\"faint\">").append(escaped(line)).append("</p>\n");
    }
  }

  private void key() {
    page.append("<ul class=\"key\">\n");
    for (int i = 0; i < report.designs().size(); i++) {
      page.append(
          "<li><svg viewBox=\"0 0 44 10\" aria-hidden=\"true\"><line class=\"sample d%d\" x1=\"0\" x2=\"44\" y1=\"5\" y2=\"5\" stroke-dasharray=\"%s\"/></svg>%s</li>\n"
              .formatted(
                  colour(i), SvgPlot.dash(colour(i)), escaped(report.designs().get(i).name())));
    }
    page.append("</ul>\n");
  }

  private static int colour(int design) {
    return design % 6;
  }

  private void overTime() {
    plot(
        PRICES,
        "Mean of all marks over their first ones. Lines differ only where closing moves marks.",
        Timeline.Point::priceIndex,
        value -> String.format(Locale.ROOT, "%.0f %%", 100 * value));
    plot(
        "Notional closed or taken over",
        "Running total, in the numeraire, at mark.",
        Timeline.Point::liquidated,
        SvgPlot::number);
    plot(
        "Accounts in distress",
        "Below maintenance and not yet brought out of it.",
        Timeline.Point::inDistress,
        SvgPlot::number);
    plot(
        "Borne by others: insurance fund",
        "Running total of what left the fund.",
        Timeline.Point::insuranceUsed,
        SvgPlot::number);
    plot(
        "Borne by others: holders and winners",
        "Running total of what holders gave up when deleveraged, and of shared losses.",
        Timeline.Point::borne,
        SvgPlot::number);
  }

  private void plot(
      String title,
      String caption,
      ToDoubleFunction<Timeline.Point> figure,
      DoubleFunction<String> words) {
    SvgPlot plot =
        new SvgPlot(title)
            .words(seconds -> Wording.time((long) (seconds * NANOSECONDS)).substring(5, 16), words);
    if (title.equals(PRICES)) {
      plot.withoutZero();
    }
    for (int i = 0; i < report.designs().size(); i++) {
      List<Timeline.Point> points = report.designs().get(i).timeline().points();
      plot.line(
          report.designs().get(i).name(),
          colour(i),
          points.stream().mapToDouble(point -> point.timeNs() / NANOSECONDS).toArray(),
          points.stream().mapToDouble(figure).toArray());
    }
    figure(title, caption, plot.render());
  }

  /// The number over the price of the contract where it is largest in any design.
  private void cascade() {
    CascadeFigures.Step peak = report.designs().getFirst().cascade().peak();
    for (DesignReport design : report.designs()) {
      peak = design.cascade().peak().number() > peak.number() ? design.cascade().peak() : peak;
    }
    if (peak.symbol().isEmpty()) {
      figure("Cascade number", "Nothing was liquidated.", "");
      return;
    }
    SvgPlot plot =
        new SvgPlot("Cascade number over price of " + peak.symbol())
            .words(value -> String.format(Locale.ROOT, "%+.0f %%", value), SvgPlot::number)
            .threshold(1)
            .stepped();
    for (int i = 0; i < report.designs().size(); i++) {
      addCascade(plot, report.designs().get(i), i, peak.symbol());
    }
    figure(
        "Cascade number over price of " + peak.symbol(),
        "How much of a price step its own liquidations bring about, over prices in hundredths of the first one. Above 1 (dotted) they feed on themselves.",
        plot.render());
  }

  private static void addCascade(SvgPlot plot, DesignReport design, int index, String symbol) {
    List<CascadeFigures.Step> steps =
        design.cascade().steps().stream().filter(step -> step.symbol().equals(symbol)).toList();
    if (steps.isEmpty()) {
      return;
    }
    int first = steps.getFirst().percent();
    int size = steps.getLast().percent() - first + 2;
    double[] across = new double[size];
    double[] up = new double[size];
    for (int i = 0; i < size; i++) {
      across[i] = first + i;
    }
    for (CascadeFigures.Step step : steps) {
      up[step.percent() - first] = step.number();
    }
    plot.line(design.name(), colour(index), across, up);
  }

  private void figure(String title, String caption, String drawing) {
    page.append("<h2>")
        .append(escaped(title))
        .append("</h2>\n<figure>\n")
        .append("<figcaption>")
        .append(escaped(caption))
        .append("</figcaption>\n")
        .append(drawing)
        .append("</figure>\n");
  }

  private void table() {
    page.append("<h2>Figures</h2>\n<div class=\"wide\">\n<table>\n<thead><tr><th></th>");
    for (DesignReport design : report.designs()) {
      page.append("<th scope=\"col\">").append(escaped(design.name())).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (CompareTable.Section section : CompareTable.of(report).sections()) {
      page.append("<tr class=\"section\"><th colspan=\"")
          .append(report.designs().size() + 1)
          .append("\">")
          .append(escaped(section.title()))
          .append("</th></tr>\n");
      for (CompareTable.Row row : section.rows()) {
        boolean inner = row.name().startsWith(" ");
        page.append(inner ? "<tr><th scope=\"row\" class=\"inner\">" : "<tr><th scope=\"row\">")
            .append(escaped(row.name().strip()))
            .append("</th>");
        for (String cell : row.cells()) {
          page.append("<td>").append(escaped(cell)).append("</td>");
        }
        page.append("</tr>\n");
      }
    }
    page.append("</tbody>\n</table>\n</div>\n")
        .append(
            "<p class=\"faint\">docs/REPLAY.md defines every figure. The same files, rulebooks, population and seed give the same page.</p>\n");
  }

  /// Text as it may stand between tags and in attributes.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
