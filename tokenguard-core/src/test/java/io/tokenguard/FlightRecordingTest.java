package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Java Flight Recorder events. */
@ExtendWith(TestIssuerExtension.class)
class FlightRecordingTest {
    @TempDir
    private Path folder;

    private TestIssuer issuer;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
    }

    private String token() {
        return issuer.token()
                .subject("canary-subject")
                .clientId("canary-client")
                .sign();
    }

    private List<RecordedEvent> recorded(Duration threshold, Runnable work) throws IOException {
        Path file = folder.resolve("guard.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.tokenguard.Decision").withThreshold(threshold);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.tokenguard."))
                .toList();
    }

    private void work() {
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(reasonOf(guard.decide(bearing(token())))).isNull();
            IncomingRequest nowhere = IncomingRequest.builder("GET", "/canary-path")
                    .overTls()
                    .header("Authorization", "Bearer " + token())
                    .build();
            assertThat(reasonOf(guard.decide(nowhere))).isEqualTo(RefusalReason.NO_MATCHING_ROUTE);
            assertThat(guard.revoke(Revocation.subject(issuer.issuer(), "canary-subject")))
                    .isTrue();
        }
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.tokenguard." + name))
                .toList();
    }

    @Test
    void hasDecisionsSignaturesLoadsAndRevocations() throws IOException {
        List<RecordedEvent> events = recorded(Duration.ZERO, this::work);
        assertThat(of(events, "Decision"))
                .extracting(event ->
                        event.getString("outcome") + " " + event.getString("reason") + " " + event.getString("route"))
                .containsExactly("GRANTED  /orders", "REFUSED NO_MATCHING_ROUTE none");
        assertThat(of(events, "Signature"))
                .extracting(event -> event.getString("outcome"))
                .containsOnly("VALID");
        assertThat(of(events, "KeyLoad"))
                .extracting(event -> event.getString("outcome"))
                .containsExactly("SUCCEEDED");
        assertThat(of(events, "Revocation"))
                .extracting(event -> event.getString("kind"))
                .containsExactly("SUBJECT");
    }

    @Test
    void hasIntrospectionCalls() throws IOException {
        List<RecordedEvent> events = recorded(Duration.ZERO, () -> {
            try (GatedEndpoint endpoint = GatedEndpoint.usual()) {
                endpoint.answer("bad", 500, "");
                assertThat(endpoint.judge("good")).isNull();
                assertThat(endpoint.judge("bad-1")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            }
        });
        assertThat(of(events, "Introspection"))
                .extracting(event -> event.getString("outcome"))
                .containsExactly("ACTIVE", "FAILED");
        assertThat(of(events, "Introspection").toString()).doesNotContain("good", "bad-1");
    }

    /** {@code java.se} does not contain {@code jdk.jfr}. */
    @Test
    void isNotNeeded() throws Exception {
        assertThat(unrecorded(false, "--limit-modules", "java.se,jdk.crypto.ec,jdk.httpserver,jdk.unsupported"))
                .contains("decided without a recording");
    }

    /** Loading its first event class would start much of the recorder. */
    @Test
    void startsNothingWithoutARecording() throws Exception {
        assertThat(unrecorded(true, "-Xlog:class+load"))
                .contains("decided without a recording", "io.tokenguard.internal.telemetry.FlightEvents ")
                .doesNotContain("io.tokenguard.internal.telemetry.Jfr", "jdk.jfr.internal.PlatformRecorder ");
    }

    private static String unrecorded(boolean hasRecorder, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(flags));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(UnrecordedProcess.class.getName());
        command.add(String.valueOf(hasRecorder));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void leavesOutDecisionsThatAreFasterThanTheThreshold() throws IOException {
        assertThat(of(recorded(Duration.ofDays(1), this::work), "Decision")).isEmpty();
    }

    @Test
    void containsNothingOfATokenOrARequest() throws IOException {
        List<RecordedEvent> events = recorded(Duration.ZERO, this::work);
        assertThat(events).isNotEmpty();
        String all =
                String.join("\n", events.stream().map(RecordedEvent::toString).toList());
        assertThat(all)
                .doesNotContain(
                        "canary",
                        "eyJ",
                        Revocation.subject(issuer.issuer(), "canary-subject").target());
    }
}
