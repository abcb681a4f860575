package io.tokenguard.jdbc;

import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.SharedState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A node in a process of its own that reads all revocations, revokes, prints both, and is killed at once. Until it has read
 * them it would answer requests with 503: on a busy machine the first connection may fail.
 */
final class KilledNode {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private KilledNode() {}

    /** Arguments: address, user, table prefix, and what to revoke. Prints what it found, then whether its revocation is kept. */
    public static void main(String[] arguments) {
        SharedState.Location location = SharedState.Location.of(URI.create(arguments[0]))
                .user(arguments[1])
                .tablePrefix(arguments[2]);
        Set<String> known = ConcurrentHashMap.newKeySet();
        JdbcState state = JdbcState.open(location, Node.terms());
        state.revocations().follow(revocation -> known.add(revocation.target()));
        if (state.revocations().sinceSync().isEmpty()) {
            System.err.println("a node needs more than one try to start: "
                    + state.revocations().trouble().orElse("not in sync"));
        }
        await().atMost(LONGEST_START)
                .until(() -> state.revocations().sinceSync().isPresent());
        System.out.println(known.size());
        Revocation revocation =
                Revocation.token("https://issuer.example.com", arguments[3]).until(RevocationTable.LATEST);
        await().atMost(LONGEST_START).until(() -> state.revocations().publish(revocation));
        System.out.println(true);
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
