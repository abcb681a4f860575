package io.tokenguard.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The quickstart's jar, running as a process of its own. */
final class RunningProgram implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quickstart.jar");
    private static final Pattern READY = Pattern.compile("ready (http://\\S+)");

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder printed = new StringBuilder();
    private final URI address;

    private RunningProgram(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        Matcher ready = READY.matcher(readUntil("ready http"));
        if (!ready.find()) {
            throw new IOException("The program did not get ready");
        }
        this.address = URI.create(ready.group(1));
    }

    static RunningProgram start(String... arguments) throws IOException {
        return new RunningProgram(launch(arguments));
    }

    static Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    URI address() {
        return address;
    }

    /** All that was printed, as soon as a part of it matches; also where the program ends before that. */
    String readUntil(String part) throws IOException {
        Pattern awaited = Pattern.compile(part, Pattern.DOTALL);
        String line = "";
        while (line != null && !awaited.matcher(printed).find()) {
            line = output.readLine();
            printed.append(line == null ? "" : line + "\n");
        }
        return printed.toString();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
