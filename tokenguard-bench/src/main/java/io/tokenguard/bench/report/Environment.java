package io.tokenguard.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where and what was measured, found out by the program itself.
 *
 * @param machine processor, operating system and Java
 * @param versions the libraries
 * @param command what was typed
 */
public record Environment(Map<String, String> machine, Map<String, String> versions, String command) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** This machine. */
    public static Environment here(String command) throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("Processor", processor());
        machine.put("Cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put(
                "Operating system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        machine.put(
                "Java", property("java.vendor") + " " + property("java.vm.name") + " " + property("java.vm.version"));
        return new Environment(machine, readVersions(), command);
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return property("os.arch");
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> property("os.arch"));
        }
    }

    private static Map<String, String> readVersions() throws IOException {
        Properties properties = new Properties();
        try (InputStream resource = Environment.class.getResourceAsStream("versions.properties")) {
            properties.load(resource);
        }
        Map<String, String> versions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        properties.forEach((library, version) -> versions.put(library.toString(), version.toString()));
        return versions;
    }
}
