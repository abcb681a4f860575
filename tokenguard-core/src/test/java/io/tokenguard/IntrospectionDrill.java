package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.reasonOf;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIntrospection;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An API that introspects tokens over real sockets, with a clock and a time source that only the test moves. */
final class IntrospectionDrill implements AutoCloseable {
    static final ClientAuthentication CLIENT = ClientAuthentication.basic("api", "secret");

    /** So long that no answer is late because the machine stalls. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final AtomicLong nanoTime = new AtomicLong(1);
    final TestIssuer issuer =
            TestIssuer.builder().clock(clock).audience(AUDIENCE).path("/as").start();
    final TokenGuard guard;

    IntrospectionDrill(UnaryOperator<Introspection> settings) {
        guard = describe(settings).build();
    }

    static IntrospectionDrill usual() {
        return new IntrospectionDrill(UnaryOperator.identity());
    }

    TokenGuardBuilder describe(UnaryOperator<Introspection> settings) {
        return TokenGuard.builder()
                .issuer(GuardedIssuer.trusted(issuer)
                        .introspection(settings.apply(Introspection.at(issuer.introspectionUri(), CLIENT)
                                .timeout(PATIENCE)))
                        .build())
                .clock(clock)
                .nanoTime(nanoTime::get)
                .resourceHosts("api.example.com")
                .route("/orders authenticated")
                .route("/scoped scope orders:read")
                .route("/fresh fresh")
                .route("/bound dpop");
    }

    /** Moves the clock, and the time source that never jumps. */
    void advance(Duration time) {
        clock.advance(time);
        nanoTime.addAndGet(time.toNanos());
    }

    TestIntrospection as() {
        return issuer.introspection();
    }

    /** What becomes of a token about which this is answered. */
    RefusalReason judge(Map<String, ?> answer) {
        String token = as().opaque();
        as().answer(token, answer);
        return judge(token);
    }

    /** What becomes of a token whose good answer is changed. */
    RefusalReason judgeWith(Consumer<Map<String, Object>> change) {
        Map<String, Object> members = new HashMap<>(as().active(issuer.token()));
        change.accept(members);
        return judge(members);
    }

    RefusalReason judge(String token) {
        return judge("/orders", token);
    }

    RefusalReason judge(String path, String token) {
        return reasonOf(decide(path, token));
    }

    Decision decide(String path, String token) {
        return guard.decide(IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
    }

    /** What becomes of a new good token while the endpoint has a fault. */
    RefusalReason judgeUnder(Fault fault) {
        issuer.on(TestEndpoint.INTROSPECTION).answer(fault);
        return judge(as().opaque());
    }

    TokenBuilder token() {
        return issuer.token();
    }

    int calls() {
        return issuer.requests(TestEndpoint.INTROSPECTION);
    }

    @Override
    public void close() {
        guard.close();
        issuer.close();
    }
}
