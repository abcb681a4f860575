package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nodes share while all is well. */
class RedisStateTest {
    private static LocalRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.launch();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void isFoundByItsAddress() {
        assertThat(ServiceLoader.load(SharedState.Provider.class))
                .anyMatch(provider -> provider.serves(redis.address()));
    }

    @Test
    void bringsARevocationToAnotherNode() {
        try (Node one = new Node(redis.address());
                Node other = new Node(redis.address())) {
            Revocation revocation = Node.revocation("one");
            one.state().revocations().publish(revocation);
            await().until(() -> other.seen().contains(revocation));
        }
    }

    @Test
    void bringsARevocationToANodeThatStartsLater() {
        Revocation revocation = Node.revocation("later");
        try (Node one = new Node(redis.address())) {
            one.state().revocations().publish(revocation);
        }
        try (Node other = new Node(redis.address())) {
            await().until(() -> other.seen().contains(revocation));
        }
    }

    @Test
    void isInSyncWithoutAnyRevocation() {
        try (Node node = new Node(redis.address())) {
            await().until(() -> node.state().revocations().sinceSync().isPresent());
            await().during(Duration.ofSeconds(1))
                    .until(() ->
                            node.state().revocations().sinceSync().orElseThrow().compareTo(Duration.ofMillis(900)) < 0);
            assertThat(node.state().revocations().trouble()).isEmpty();
        }
    }

    @Test
    void takesAProofOnOneNodeOnly() {
        try (Node one = new Node(redis.address());
                Node other = new Node(redis.address())) {
            byte[] proof = Node.proof();
            assertThat(one.use(proof)).isEqualTo(Use.FIRST);
            assertThat(other.use(proof)).isEqualTo(Use.REPEATED);
            assertThat(one.use(proof)).isEqualTo(Use.REPEATED);
            assertThat(other.use(Node.proof())).isEqualTo(Use.FIRST);
        }
    }

    @Test
    void givesAllNodesOneSecret() {
        try (Node one = new Node(redis.address());
                Node other = new Node(redis.address())) {
            assertThat(one.state().nonceSecret()).get().asString().hasSize(43);
            assertThat(other.state().nonceSecret()).isEqualTo(one.state().nonceSecret());
        }
    }

    @Test
    void leavesNoThreadBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Node node = new Node(redis.address());
        node.use(Node.proof());
        node.close();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .noneMatch(thread -> thread.getName().contains("tokenguard-redis")
                                || thread.getName().contains("lettuce")));
    }
}
