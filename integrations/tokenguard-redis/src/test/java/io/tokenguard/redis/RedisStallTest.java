package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.spi.ReplayStore.Use;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis, the network or this process pauses for a moment: good requests notice as little as possible. */
class RedisStallTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration BRIEF = Duration.ofMillis(20);
    private static LocalRedis redis;

    private final Relay network = new Relay(redis.port());
    private final Node node = new Node(network.address());

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.launch();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        network.close();
    }

    private Use use(byte[] proof, Duration limit) {
        Instant now = Instant.now();
        return node.state().replays().use(proof, now, now.plusSeconds(65), limit);
    }

    private void missOnce(byte[] proof) {
        network.stall();
        assertThat(use(proof, BRIEF)).isEqualTo(Use.UNKNOWN);
    }

    @Test
    void aRequestWaitsForAsLongAsTheGuardSets() {
        network.stall();
        CompletableFuture<Use> use = CompletableFuture.supplyAsync(() -> use(Node.proof(), PATIENT));
        await().during(Duration.ofMillis(100)).until(() -> !use.isDone());
        network.resume();
        assertThat(use.join()).isEqualTo(Use.FIRST);
    }

    @Test
    void threeMissesInOneStallStopNoLaterRequest() {
        for (int i = 0; i < 3; i++) {
            missOnce(Node.proof());
        }
        network.resume();
        assertThat(use(Node.proof(), PATIENT)).isEqualTo(Use.FIRST);
    }

    @Test
    void aProofThatIsStoredAfterItsRequestHasEndedCanBeUsedOnce() {
        byte[] proof = Node.proof();
        missOnce(proof);
        network.resume();
        await().until(() -> use(proof, PATIENT) == Use.FIRST);
        assertThat(use(proof, PATIENT)).isEqualTo(Use.REPEATED);
        try (Node other = new Node(redis.address())) {
            assertThat(other.use(proof)).isEqualTo(Use.REPEATED);
        }
    }

    /** Two guards of a process share the state, and each has a memory of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProofThatAGuardHasUsedAloneIsNotAcceptedFromAnotherOne(boolean isStoredBefore) {
        byte[] proof = Node.proof();
        missOnce(proof);
        if (!isStoredBefore) {
            assertThat(node.state().replays().useAlone(proof)).isTrue();
        }
        network.resume();
        await().until(() -> use(Node.proof(), PATIENT) == Use.FIRST);
        if (isStoredBefore) {
            assertThat(node.state().replays().useAlone(proof)).isTrue();
        }
        assertThat(use(proof, PATIENT)).isEqualTo(Use.REPEATED);
    }

    @Test
    void aProofThatAnotherNodeHasUsedMeanwhileIsNotAcceptedByARetry() {
        byte[] proof = Node.proof();
        try (Node other = new Node(redis.address())) {
            missOnce(proof);
            assertThat(other.use(proof)).isEqualTo(Use.FIRST);
            network.resume();
            await().until(() -> use(Node.proof(), PATIENT) == Use.FIRST);
            assertThat(use(proof, PATIENT)).isEqualTo(Use.REPEATED);
        }
    }
}
