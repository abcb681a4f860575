package io.tokenguard.jdbc;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.SharedState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A node in a process of its own that revokes, says so, and is killed at once. */
final class KilledNode {
    private KilledNode() {}

    /** Arguments: address, user, table prefix, and what to revoke. Says what it found, then what it revoked. */
    public static void main(String[] arguments) {
        SharedState.Location location = SharedState.Location.of(URI.create(arguments[0]))
                .user(arguments[1])
                .tablePrefix(arguments[2]);
        Set<String> known = new HashSet<>();
        JdbcState state = JdbcState.open(location, Node.terms());
        state.revocations().follow(revocation -> known.add(revocation.target()));
        System.out.println(known.size());
        boolean isKept = state.revocations()
                .publish(Revocation.token("https://issuer.example.com", arguments[3])
                        .until(RevocationTable.LATEST));
        System.out.println(isKept);
        System.out.flush();
    }

    /** Starts one and kills it as soon as it has revoked; returns how many revocations it found at its start. */
    static int run(TestDatabase database, String prefix, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledNode.class.getName(),
                        database.location().address().toString(),
                        database.location().user().orElse(""),
                        prefix,
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int found = Integer.parseInt(output.readLine());
            if (!"true".equals(output.readLine())) {
                throw new IllegalStateException("not kept");
            }
            return found;
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }
}
