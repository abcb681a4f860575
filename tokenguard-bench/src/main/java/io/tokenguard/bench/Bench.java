package io.tokenguard.bench;

import io.tokenguard.bench.report.Environment;
import io.tokenguard.bench.report.Report;
import io.tokenguard.bench.soak.Soak;
import io.tokenguard.bench.token.TokenStock;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Measures and reports: without an argument what most readers ask, with {@code --all} everything; with {@code --report} it
 * reports once more what was measured last. With {@code soak} and a number of minutes it checks answers under load and
 * faults. With any other argument it is JMH's own program, and writes no report.
 */
public final class Bench {
    private static final String JAR =
            "mvn -q -Dquick package -pl tokenguard-bench -am && java -jar tokenguard-bench/target/benchmarks.jar";
    private static final String ALL = "--all";
    private static final String REPORT = "--report";
    private static final String SOAK = "soak";
    private static final int SOAK_MINUTES = 30;

    private Bench() {}

    /** Runs from the command line. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("java.awt.headless", "true");
        if (arguments.length == 0) {
            measure(Selection.brief().stream().map(Selection::briefOptions), JAR);
        } else if (arguments.length == 1 && arguments[0].equals(ALL)) {
            measure(Selection.all().stream().map(Selection::options), JAR + " " + ALL);
        } else if (arguments.length == 1 && arguments[0].equals(REPORT)) {
            report().write(Environment.here(JAR));
        } else if (arguments[0].equals(SOAK)) {
            int minutes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SOAK_MINUTES;
            System.exit(Soak.run(Duration.ofMinutes(minutes), System.out) ? 0 : 1);
        } else {
            Main.main(arguments);
        }
    }

    private static void measure(Stream<ChainedOptionsBuilder> selections, String command) throws Exception {
        Report report = report();
        Path stock = Files.createTempDirectory("tokens");
        String argument = "-D" + TokenStock.FOLDER + "=" + stock;
        try {
            write(report, run(selections, argument));
            report.forgetPaths(argument);
        } finally {
            delete(stock);
        }
        inItsOwnProcess(MemoryFootprint.class, report.memory());
        inItsOwnProcess(StartCost.class, report.start());
        inItsOwnProcess(CloseRaces.class, report.races());
        report.write(Environment.here(command));
        System.out.println("Results are in " + report.folder());
    }

    private static Report report() throws IOException, URISyntaxException {
        return new Report(Files.createDirectories(module().resolve("results")));
    }

    /** The jar lies in the folder that Maven builds into. */
    private static Path module() throws URISyntaxException {
        Path built = Path.of(
                Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return built.toAbsolutePath().getParent().getParent();
    }

    private static Collection<RunResult> run(Stream<ChainedOptionsBuilder> selections, String argument)
            throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (ChainedOptionsBuilder selection : selections.toList()) {
            results.addAll(new Runner(selection.jvmArgsAppend(argument).build()).run());
        }
        return results;
    }

    private static void write(Report report, Collection<RunResult> results) {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, report.jmh().toString())
                .writeOut(results);
    }

    /** One whose heap holds nothing else, and whose code was compiled for nothing else. */
    private static void inItsOwnProcess(Class<?> program, Path result) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), program.getName(), result.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program.getSimpleName() + " failed");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
