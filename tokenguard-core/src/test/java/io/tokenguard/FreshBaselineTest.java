package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.spi.GuardObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An unusual request is granted only if the issuer confirms its token now. */
class FreshBaselineTest {
    private final IntrospectionDrill drill = IntrospectionDrill.usual();
    private final List<TheftSignal> signals = new CopyOnWriteArrayList<>();

    @BeforeEach
    void learn() {
        drill.guard.reconfigure(drill.describe(UnaryOperator.identity())
                .theftBaseline(TheftDetection.Baseline.report().mode(TheftDetection.Baseline.Answer.FRESH))
                .observer(new GuardObserver() {
                    @Override
                    public void refused(Refusal refusal) {}

                    @Override
                    public void suspected(TheftSignal suspicion) {
                        signals.add(suspicion);
                    }
                }));
        for (int day = 0; day < 12; day++) {
            assertThat(owner(drill.as().opaque())).isNull();
            drill.advance(Duration.ofDays(1));
        }
    }

    @AfterEach
    void stop() {
        drill.close();
    }

    private static IncomingRequest request(String path, String address, String agent, String token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .clientAddress(address)
                .header("User-Agent", agent)
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private RefusalReason owner(String token) {
        return reasonOf(drill.guard.decide(request("/orders", "192.0.2.1", "Firefox", token)));
    }

    private static IncomingRequest thief(String token) {
        return request("/scoped", "203.0.113.9", "curl", token);
    }

    @Test
    void aTokenThatIsNoLongerActiveIsFoundOut() {
        String token = drill.as().opaque(drill.token().scope("orders:read"));
        assertThat(owner(token)).isNull();
        drill.as().revoke(token);
        assertThat(owner(token)).as("by a cached answer").isNull();
        assertThat(reasonOf(drill.guard.decide(thief(token)))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        assertThat(signals).hasSize(1);
    }

    @Test
    void anActiveOneIsGrantedAndReported() {
        String token = drill.as().opaque(drill.token().scope("orders:read"));
        assertThat(owner(token)).isNull();
        int before = drill.calls();
        assertThat(reasonOf(drill.guard.decide(thief(token)))).isNull();
        assertThat(drill.calls()).isEqualTo(before + 1);
        assertThat(signals).hasSize(1);
    }

    @Test
    void aDecisionThatMovesToAnotherThreadReportsOnce() {
        String token = drill.as().opaque(drill.token().scope("orders:read"));
        assertThat(owner(token)).isNull();
        Decision decision =
                drill.guard.decideAsync(thief(token)).toCompletableFuture().join();
        assertThat(reasonOf(decision)).isNull();
        assertThat(signals).hasSize(1);
    }
}
