package io.tokenguard.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** What is written to the audit log, which the tests' logger writes to the standard error stream. */
final class AuditLines {
    private AuditLines() {}

    static String during(Callable<?> work) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            Object unused = work.call();
        } finally {
            System.setErr(before);
        }
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("io.tokenguard.audit"))
                .collect(Collectors.joining("\n"));
    }
}
