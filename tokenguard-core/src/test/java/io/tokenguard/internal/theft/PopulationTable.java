package io.tokenguard.internal.theft;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of a run as a table in Markdown. */
final class PopulationTable {
    private PopulationTable() {}

    static String of(Population run) {
        Stream<String> thefts = Stream.of(Theft.values())
                .map(theft -> row(
                        theft.words(),
                        Population.DETECTORS.stream()
                                .map(detector -> run.found(detector, theft) + " of " + run.thefts(theft))
                                .toList()));
        String alarms = row(
                "**False alarms a day**",
                Population.DETECTORS.stream()
                        .map(detector -> String.format(Locale.ROOT, "%.1f", run.falseAlarmsPerDay(detector)))
                        .toList());
        String all = row(
                "**All thefts**",
                Population.DETECTORS.stream()
                        .map(detector -> Stream.of(Theft.values())
                                        .mapToInt(theft -> run.found(detector, theft))
                                        .sum()
                                + " of " + Theft.values().length * run.thefts(Theft.QUIET))
                        .toList());
        return Stream.of(
                        Stream.of(
                                "| Theft | Fixed thresholds | Baseline, reported | Baseline, answered |",
                                "|---|---|---|---|"),
                        thefts,
                        Stream.of(all, alarms))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(String name, List<String> cells) {
        return "| " + name + " | " + String.join(" | ", cells) + " |";
    }
}
