package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at a cold start, on threads of either kind. */
class KeyThreadsTest {
    private static final int REQUESTS = 10_000;

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException tooOld) {
            throw new IllegalStateException(tooOld);
        }
    }

    private static List<RecordedEvent> pinnedByTheGuard(Recording recording, Path file) throws IOException {
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getStackTrace() != null
                        && event.getStackTrace().getFrames().stream()
                                .anyMatch(frame ->
                                        frame.getMethod().getType().getName().startsWith("io.tokenguard.internal")))
                .toList();
    }

    @Test
    void pinsNoVirtualThreadToItsCarrier(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads come with JDK 21");
        try (TestIssuer issuer = TestIssuer.builder().keys(KeyDrill.KEY).start();
                TokenGuard guard = guarding(issuer, settings -> settings.keysFrom(issuer.jwksUri()))
                        .build();
                Recording recording = new Recording()) {
            issuer.on(TestEndpoint.JWKS).answer(Fault.delay(Duration.ofMillis(300)));
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(1));
            recording.start();
            IncomingRequest request = bearing(issuer.token().sign());
            ExecutorService requests = virtualThreads();
            List<Future<RefusalReason>> reasons = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                reasons.add(requests.submit(() -> reasonOf(guard.decide(request))));
            }
            int granted = 0;
            for (Future<RefusalReason> reason : reasons) {
                assertThat(reason.get()).isIn(null, RefusalReason.KEYS_UNAVAILABLE);
                granted += reason.get() == null ? 1 : 0;
            }
            requests.shutdown();
            assertThat(granted).isGreaterThanOrEqualTo(64);
            assertThat(pinnedByTheGuard(recording, folder.resolve("pinned.jfr")))
                    .isEmpty();
            assertThat(issuer.requests(TestEndpoint.JWKS)).isEqualTo(1);
        }
    }

    @Test
    void letsAsManyRequestsWaitForTheFirstKeysAsMayAndAnswersTheOthersAtOnce() throws InterruptedException {
        try (KeyDrill drill = KeyDrill.addressed(settings -> settings.keyMaxWaiting(64))) {
            drill.answerWithoutEnd(Fault.hang());
            try (RequestThreads requests = new RequestThreads(drill, 100)) {
                while (requests.mostWaiting() < 64) {
                    Thread.onSpinWait();
                }
                while (!requests.hasSeenEnough()) {
                    Thread.onSpinWait();
                }
                assertThat(requests.mostWaiting()).isEqualTo(64);
            }
        }
    }
}
