package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A guard and an issuer that tells it of what it withdraws, on a clock that only the test moves. */
final class FeedDrill implements AutoCloseable {
    static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "main");

    final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    final TestIssuer issuer = TestIssuer.builder().keys(KEY).clock(clock).start();
    final List<Refusal> refusals = new ArrayList<>();
    final TokenGuard guard;

    FeedDrill() {
        this(BackChannelLogout.strict(), SecurityEvents.strict());
    }

    FeedDrill(BackChannelLogout logout, SecurityEvents events) {
        guard = GuardedIssuer.guarding(issuer)
                .clock(clock)
                .backChannelLogout(logout)
                .securityEvents(events)
                .observer(refusals::add)
                .build();
    }

    /** Why a logout token was not taken; null where it was. */
    RefusalReason logout(String token) {
        return reason(() -> guard.receiveLogout(token));
    }

    /** Why an event token was not taken; null where it was. */
    RefusalReason event(String token) {
        return reason(() -> guard.receiveEvents(token));
    }

    private interface Reception {
        void run() throws RefusedException;
    }

    private static RefusalReason reason(Reception reception) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, reception::run);
        return refused == null ? null : refused.reason();
    }

    /** Why an access token is not good; null where it is. */
    RefusalReason judge(String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    Map<String, Object> issSub(String subject) {
        return Map.of("format", "iss_sub", "iss", issuer.issuer(), "sub", subject);
    }

    FeedAnswer postForm(String body) {
        return guard.receiveLogout(
                post("/backchannel-logout", "application/x-www-form-urlencoded").build(), stream(body));
    }

    FeedAnswer postEvent(String body) {
        return guard.receiveEvents(post("/events", "application/secevent+jwt").build(), stream(body));
    }

    static IncomingRequest.Builder post(String path, String contentType) {
        return IncomingRequest.builder("POST", path).overTls().header("Content-Type", contentType);
    }

    static ByteArrayInputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        guard.close();
        issuer.close();
    }
}
