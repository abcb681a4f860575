package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.SslOptions;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState;
import io.tokenguard.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void closesInTimeWhileTheServerHangs() {
        try (LocalRedis hanging = LocalRedis.launch()) {
            Node node = new Node(hanging.address());
            hanging.freeze();
            node.state().revocations().publish(Node.revocation("hanging"));
            node.use(Node.proof());
            long start = System.nanoTime();
            node.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void isClosedWithTheLastOfItsStores() {
        Node node = new Node(redis.address());
        node.state().revocations().close();
        assertThat(node.use(Node.proof())).isEqualTo(Use.FIRST);
        ReplayStore replays = node.state().replays();
        replays.close();
        await().until(() ->
                replays.use(Node.proof(), Instant.now(), Instant.now().plusSeconds(60)) == Use.UNKNOWN);
    }

    @Test
    void keepsNamespacesApart() {
        byte[] proof = Node.proof();
        Revocation revocation = Node.revocation("apart");
        try (Node one = new Node(redis.address());
                Node other = new Node(URI.create(redis.address() + "?namespace=other"))) {
            assertThat(one.use(proof)).isEqualTo(Use.FIRST);
            assertThat(other.use(proof)).isEqualTo(Use.FIRST);
            assertThat(other.state().nonceSecret())
                    .isPresent()
                    .isNotEqualTo(one.state().nonceSecret());
            one.state().revocations().publish(revocation);
            await().until(() -> one.seen().contains(revocation));
            assertThat(other.seen()).doesNotContain(revocation);
        }
    }

    @Test
    void remembersOnAllNodesWhichTokensWereReceived() {
        byte[] token = Node.proof();
        try (Node one = new Node(redis.address());
                Node other = new Node(redis.address())) {
            assertThat(other.state().receivedTokens().orElseThrow().contains(token))
                    .isFalse();
            one.state().receivedTokens().orElseThrow().add(token, Instant.now().plusSeconds(60));
            assertThat(other.state().receivedTokens().orElseThrow().contains(token))
                    .isTrue();
            Long seconds = redis.ask(operator -> operator.ttl(new KeyLayout("default").received(token)));
            assertThat(seconds).isBetween(60L, 120L);
            redis.kill();
            try {
                assertThat(other.state().receivedTokens().orElseThrow().contains(token))
                        .isFalse();
            } finally {
                redis.restart();
            }
        }
    }

    @Test
    void bringsABanAndTheMomentFromWhichARetentionCounts() {
        Revocation ban = Revocation.keyId("stolen").until(Instant.parse("9999-01-01T00:00:00Z"));
        Revocation retained = Revocation.subject("https://issuer.example.com", "alice")
                .retained(Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("9998-01-01T00:00:00Z"));
        try (Node one = new Node(redis.address())) {
            one.state().revocations().publish(ban);
            one.state().revocations().publish(retained);
            await().until(() -> one.seen().contains(retained));
            redis.restart();
            try (Node late = new Node(redis.address())) {
                await().until(() -> late.seen().containsAll(List.of(ban, retained)));
            }
        }
    }

    @Test
    void needsNoMoreThanTheDocumentedPermissions() {
        redis.ask(operator -> operator.dispatch(
                CommandType.ACL,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                        .add("SETUSER")
                        .add("orders")
                        .add("on")
                        .add(">secret")
                        .addKeys(List.of(
                                "~tokenguard:*",
                                "+@connection",
                                "+info",
                                "+time",
                                "+get",
                                "+getrange",
                                "+set",
                                "+xadd"))
                        .addKeys(List.of("+xread", "+xrange", "+xdel", "+xinfo"))));
        Revocation revocation = Node.revocation("permitted");
        try (Node node = new Node(URI.create("redis://orders:secret@127.0.0.1:" + redis.port()))) {
            node.state().revocations().publish(revocation);
            await().until(() -> node.seen().contains(revocation));
            assertThat(node.state().nonceSecret()).isPresent();
            assertThat(node.state().revocations().trouble()).isEmpty();
        }
    }

    @Test
    void goesOverTlsWithServersThatItTrustsOnly(@TempDir Path folder) throws IOException {
        TestCertificate certificate = TestCertificate.selfSigned("redis");
        Path trusted = Files.writeString(folder.resolve("ca.pem"), certificate.pem());
        try (Relay tls = new Relay(
                redis.port(), certificate.sslContext(certificate.certificate()).getServerSocketFactory())) {
            RedisAddress address = RedisAddress.parse(URI.create("rediss://localhost:" + tls.port()));
            SslOptions options =
                    SslOptions.builder().trustManager(trusted.toFile()).build();
            try (Node node = new Node(address.tls(options), Node.terms())) {
                node.awaitProofs();
            }
            try (Node stranger = new Node(address, Node.terms())) {
                await().until(() -> stranger.state().revocations().trouble().isPresent());
                assertThat(stranger.use(Node.proof())).isEqualTo(Use.UNKNOWN);
            }
        }
    }
}
