package io.tokenguard.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler;

/** Draws comparisons side by side, one bar a contestant. The name of the file says in which format. */
final class Charts {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 560;

    private Charts() {}

    /** How many times the floor each contestant takes. */
    static void ratios(Path file, String title, List<Comparison> comparisons) throws IOException {
        CategoryChart chart = chart(title, "× " + comparisons.get(0).floor());
        draw(chart, comparisons, (comparison, line) -> comparison.ratio(line, comparison.floor()));
        write(file, chart);
    }

    /** What each contestant takes, on a logarithmic scale. */
    static void times(Path file, String title, List<Comparison> comparisons) throws IOException {
        CategoryChart chart = chart(title, unit(comparisons));
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(powerOfTenBelow(comparisons));
        draw(chart, comparisons, (comparison, line) -> comparison.of(line).map(Measured::score));
        write(file, chart);
    }

    private static String unit(List<Comparison> comparisons) {
        return comparisons.get(0).lines().values().stream()
                .flatMap(Optional::stream)
                .map(Measured::unit)
                .findFirst()
                .orElse("");
    }

    /** Bars on a logarithmic scale have to begin somewhere. */
    private static double powerOfTenBelow(List<Comparison> comparisons) {
        double least = comparisons.stream()
                .flatMap(comparison -> comparison.lines().values().stream())
                .flatMap(Optional::stream)
                .mapToDouble(Measured::score)
                .min()
                .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(least)));
    }

    private static CategoryChart chart(String title, String axis) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(axis)
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisDecimalPattern("#,##0.##");
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        return chart;
    }

    private static void draw(
            CategoryChart chart, List<Comparison> comparisons, BiFunction<Comparison, String, Optional<Double>> value) {
        List<String> cases = comparisons.stream().map(Comparison::title).toList();
        for (String line : lines(comparisons)) {
            List<Double> values = new ArrayList<>();
            comparisons.forEach(
                    comparison -> values.add(value.apply(comparison, line).orElse(null)));
            chart.addSeries(line, cases, values);
        }
    }

    /** Who takes part in any of them. */
    private static Collection<String> lines(List<Comparison> comparisons) {
        Collection<String> lines = new LinkedHashSet<>();
        for (Comparison comparison : comparisons) {
            comparison.lines().forEach((line, result) -> result.ifPresent(unused -> lines.add(line)));
        }
        return lines;
    }

    private static void write(Path file, CategoryChart chart) throws IOException {
        String format = formatOf(file);
        ByteArrayOutputStream drawing = new ByteArrayOutputStream();
        ChartEncoder.saveChart(chart, drawing, format);
        if (format.equals("SVG")) {
            Files.writeString(file, toTenths(drawing.toString(UTF_8)));
        } else {
            Files.write(file, drawing.toByteArray());
        }
    }

    /** Letters are drawn as paths, with far more decimals than anyone can see. */
    private static String toTenths(String svg) {
        return svg.replaceAll("(\\.\\d)\\d+", "$1");
    }

    private static String formatOf(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    }
}
