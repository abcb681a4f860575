package io.tokenguard;

import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process of its own, to be started with few file descriptors: uses them all up, and gives them back. */
final class StarvedProcess {
    private static final Duration UNTIL_REFRESH = Duration.ofMinutes(4);

    private StarvedProcess() {}

    public static void main(String[] args) throws IOException {
        try (KeyDrill drill = KeyDrill.addressed().warm()) {
            rehearse(drill);
            List<InputStream> held = takeAllDescriptors();
            try {
                drill.pass(UNTIL_REFRESH);
                expect(drill.state() == KeyState.DEGRADED, "the load fails: " + drill.health());
                expect(drill.judge() == null, "a good token passes");
                expect(
                        drill.judgeStranger("unknown") == RefusalReason.KEYS_UNAVAILABLE,
                        "an unknown key can't be told");
            } finally {
                for (InputStream stream : held) {
                    stream.close();
                }
            }
            drill.pass(Duration.ofMinutes(1));
            expect(drill.state() == KeyState.FRESH, "it recovers: " + drill.health());
            expect(drill.judge() == null, "a good token passes again");
        }
    }

    /** Classes are loaded from files: all that will be needed is needed once before. */
    private static void rehearse(KeyDrill drill) {
        drill.issuer.goDown();
        drill.pass(UNTIL_REFRESH);
        expect(drill.judge() == null, "a good token passes in an outage");
        expect(drill.judgeStranger("stranger") == RefusalReason.KEYS_UNAVAILABLE, "nor in an outage");
        drill.heal();
        drill.pass(Duration.ofMinutes(1));
        expect(drill.state() == KeyState.FRESH, "it recovers from an outage: " + drill.health());
    }

    private static List<InputStream> takeAllDescriptors() {
        List<InputStream> held = new ArrayList<>();
        try {
            while (true) {
                held.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException exhausted) {
            return held;
        }
    }

    private static void expect(boolean isSo, String what) {
        if (!isSo) {
            throw new IllegalStateException("expected: " + what);
        }
    }
}
