package io.tokenguard.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes Markdown. */
final class Tables {
    private static final String DASH = "–";

    private Tables() {}

    /** Ratios first, for they hold on other machines too; then what this machine took. */
    static String of(Comparison comparison) {
        StringBuilder table =
                new StringBuilder("\n### ").append(comparison.title()).append("\n\n");
        row(table, "", "× " + comparison.floor(), "× " + comparison.reference(), "mean", "± (99.9 %)");
        row(table, "---", "---:", "---:", "---:", "---:");
        for (Map.Entry<String, Optional<Measured>> line : comparison.lines().entrySet()) {
            row(
                    table,
                    line.getKey(),
                    ratio(comparison.ratio(line.getKey(), comparison.floor())),
                    ratio(comparison.ratio(line.getKey(), comparison.reference())),
                    line.getValue().map(Tables::score).orElse(DASH),
                    line.getValue().map(Tables::error).orElse(DASH));
        }
        return table.toString();
    }

    /** Results that stand for themselves. */
    static String of(List<Measured> results) {
        StringBuilder table = new StringBuilder("\n");
        row(table, "Benchmark", "With", "mean", "± (99.9 %)");
        row(table, "---", "---", "---:", "---:");
        for (Measured one : results) {
            row(table, one.benchmark(), one.with(), score(one), error(one));
        }
        return table.toString();
    }

    /** Names and values. */
    static String of(Map<String, String> values) {
        StringBuilder table = new StringBuilder("\n");
        row(table, "", "");
        row(table, "---", "---");
        values.forEach((name, value) -> row(table, name, value));
        return table.toString();
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(value -> number(value)).orElse(DASH);
    }

    private static String score(Measured one) {
        return number(one.score()) + " " + one.unit();
    }

    private static String error(Measured one) {
        return Double.isNaN(one.error()) ? DASH : number(one.error());
    }

    /** Three digits that count, and no more than were measured. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
