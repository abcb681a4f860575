package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks between nodes and Redis: the fault catalogue, in its order, against a real server. */
class RedisFaultTest {
    private static final Duration LIMIT = RedisReplayStore.USUAL_LIMIT;
    /** What a machine with two busy processors takes to wake a thread. */
    private static final Duration SCHEDULING = Duration.ofSeconds(1);

    private LocalRedis redis;

    @BeforeEach
    void startRedis() {
        redis = LocalRedis.launch();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private Node node() {
        return new Node(redis.address());
    }

    private static ConditionFactory within(long seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(20));
    }

    private static void awaitFailure(Node node, Failure failure) {
        within(5).until(() -> node.state().revocations().trouble().equals(java.util.Optional.of(failure.words())));
    }

    private static void awaitOrder(Node node) {
        within(10).until(() -> node.state().revocations().trouble().isEmpty());
    }

    @Nested
    class RevocationElsewhere {
        @Test
        void appliesOnEveryNodeWithinASecond() {
            try (Node one = node();
                    Node two = node();
                    Node three = node()) {
                Revocation revocation = Node.revocation("elsewhere");
                one.state().revocations().publish(revocation);
                within(1)
                        .until(() ->
                                two.seen().contains(revocation) && three.seen().contains(revocation));
            }
        }
    }

    @Nested
    class RedisDown {
        @Test
        void handsOnWhatWasRevokedMeanwhile() {
            try (Node one = node();
                    Node other = node()) {
                redis.kill();
                Revocation revocation = Node.revocation("meanwhile");
                one.state().revocations().publish(revocation);
                awaitFailure(one, Failure.UNREACHABLE);
                redis.run();
                within(5).until(() -> other.seen().contains(revocation));
                awaitOrder(one);
            }
        }

        @Test
        void startsWithoutItAndCatchesUp() {
            redis.kill();
            try (Node node = new Node(RedisAddress.parse(redis.address()), Node.terms())) {
                assertThat(node.state().nonceSecret()).isEmpty();
                assertThat(node.state().revocations().sinceSync()).isEmpty();
                assertThat(node.use(Node.proof())).isEqualTo(Use.UNKNOWN);
                redis.run();
                within(5).until(() -> node.state().revocations().sinceSync().isPresent());
                within(5).until(() -> node.state().nonceSecret().isPresent());
            }
        }

        @Test
        void tellsHowLongAgoItWasInSync() {
            try (Node node = node()) {
                within(5).until(() -> node.state().revocations().sinceSync().isPresent());
                redis.kill();
                within(5)
                        .until(() -> node.state()
                                        .revocations()
                                        .sinceSync()
                                        .orElseThrow()
                                        .compareTo(Duration.ofMillis(1_200))
                                > 0);
            }
        }

        @Test
        void canTellOfNoProofWhereNodesDoNotJudgeAlone() {
            try (Node node = node()) {
                redis.kill();
                await().during(Duration.ofMillis(1_500))
                        .atMost(Duration.ofSeconds(3))
                        .until(() -> node.use(Node.proof()) == Use.UNKNOWN);
            }
        }

        @Test
        void saysForHowLong() {
            try (Node node = node()) {
                assertThat(node.state().replays().outOfReachFor()).isZero();
                redis.kill();
                within(5).until(() -> node.state().replays().outOfReachFor().compareTo(Duration.ofSeconds(1)) > 0);
                redis.run();
                within(5).until(() -> node.state().replays().outOfReachFor().isZero());
            }
        }
    }

    @Nested
    class RedisSlow {
        private Duration timeOfUses(Node node, int uses) {
            long start = System.nanoTime();
            for (int i = 0; i < uses; i++) {
                assertThat(node.use(Node.proof())).isEqualTo(Use.UNKNOWN);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Test
        void keepsNoRequestWaitingAndNoneAtAllAfterThreeMisses() {
            try (Node node = node()) {
                redis.freeze();
                assertThat(timeOfUses(node, 3)).isLessThan(LIMIT.multipliedBy(3).plus(SCHEDULING));
                // Each of these would take as long as the first ones did, if it asked.
                assertThat(timeOfUses(node, 100))
                        .isLessThan(LIMIT.multipliedBy(100).dividedBy(2));
                redis.thaw();
                within(5).until(() -> node.use(Node.proof()) == Use.FIRST);
            }
        }

        @Test
        void handsOnWhatWasRevokedMeanwhile() {
            try (Node one = node();
                    Node other = node()) {
                redis.freeze();
                Revocation revocation = Node.revocation("slow");
                one.state().revocations().publish(revocation);
                awaitFailure(one, Failure.SLOW);
                redis.thaw();
                within(5).until(() -> other.seen().contains(revocation));
                awaitOrder(one);
            }
        }
    }

    @Nested
    class Failover {
        @Test
        void losesNoRevocationAndTakesNoProofAgainThatTheNewMasterNeverSaw() throws IOException {
            try (LocalRedis replica = LocalRedis.launch("--replicaof", "127.0.0.1", "" + redis.port());
                    LocalRedis sentinel = LocalRedis.sentinel(redis)) {
                URI address = URI.create("redis-sentinel://127.0.0.1:" + sentinel.port() + "#guarded");
                within(10)
                        .until(() ->
                                redis.ask(master -> master.info("replication")).contains("state=online"));
                within(15)
                        .until(() -> sentinel.ask(RedisURI.create(sentinel.address()), node -> node.info("sentinel"))
                                .contains("slaves=1"));
                try (Node one = new Node(address);
                        Node two = new Node(address)) {
                    redis.leaveBehind(replica);
                    byte[] lost = Node.proof();
                    Instant madeAt = Instant.now();
                    Revocation revocation = Node.revocation("lost");
                    assertThat(one.use(lost, madeAt)).isEqualTo(Use.FIRST);
                    one.state().revocations().publish(revocation);
                    within(1).until(() -> two.seen().contains(revocation));
                    redis.kill();
                    replica.thaw();
                    within(15)
                            .until(() -> replica.ask(
                                            RedisURI.create(replica.address()), node -> node.info("replication"))
                                    .contains("role:master"));
                    Instant promoted = Instant.now();
                    within(15).until(() -> {
                        assertThat(two.use(lost, madeAt)).isNotEqualTo(Use.FIRST);
                        return two.use(Node.proof()) == Use.FIRST;
                    });
                    assertThat(two.use(lost, madeAt)).isEqualTo(Use.REPEATED);
                    try (Node late = new Node(address)) {
                        assertThat(late.use(lost, madeAt)).isEqualTo(Use.REPEATED);
                        within(5).until(() -> late.seen().contains(revocation));
                    }
                    assertThat(Duration.between(promoted, Instant.now())).isLessThan(Duration.ofSeconds(15));
                }
            }
        }

        @Test
        void seesThatARestartLostEverything() {
            try (Node one = node();
                    Node two = node()) {
                byte[] lost = Node.proof();
                Instant madeAt = Instant.now();
                Revocation revocation = Node.revocation("restarted");
                assertThat(one.use(lost, madeAt)).isEqualTo(Use.FIRST);
                one.state().revocations().publish(revocation);
                within(1).until(() -> two.seen().contains(revocation));
                redis.restart();
                within(5).until(() -> {
                    assertThat(two.use(lost, madeAt)).isNotEqualTo(Use.FIRST);
                    return two.use(Node.proof()) == Use.FIRST;
                });
                try (Node late = node()) {
                    assertThat(late.use(lost, madeAt)).isEqualTo(Use.REPEATED);
                    within(5).until(() -> late.seen().contains(revocation));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"all", "stream"})
        void writesAgainWhatWasDeletedEvenOfNodesThatAreGone(String what) {
            Revocation revocation = Node.revocation(what);
            try (Node other = node()) {
                try (Node gone = node()) {
                    gone.state().revocations().publish(revocation);
                    within(2).until(() -> other.seen().contains(revocation));
                }
                redis.ask(operator -> what.equals("all")
                        ? operator.flushall()
                        : operator.del(new KeyLayout("default").revocations()));
                within(5)
                        .until(() -> redis.ask(operator -> operator.xlen(new KeyLayout("default").revocations())) == 1);
            }
        }

        @Test
        void refusesProofsFromBeforeAFlushOnce() {
            try (Node one = node();
                    Node two = node()) {
                byte[] lost = Node.proof();
                Instant madeAt = Instant.now();
                assertThat(one.use(lost, madeAt)).isEqualTo(Use.FIRST);
                redis.ask(operator -> operator.flushall());
                within(1).until(() -> two.use(Node.proof(), madeAt) == Use.REPEATED);
                assertThat(two.use(lost, madeAt)).isEqualTo(Use.REPEATED);
                within(1).until(() -> two.use(Node.proof()) == Use.FIRST);
            }
        }

        @Test
        void putsTheSecretOfNoncesBack() {
            try (Node one = node()) {
                java.util.Optional<String> secret = one.state().nonceSecret();
                redis.restart();
                awaitOrder(one);
                try (Node late = node()) {
                    assertThat(late.state().nonceSecret()).isEqualTo(secret);
                }
            }
        }
    }

    @Nested
    class OneNodeCutOff {
        @Test
        void isSeenOnThatNodeOnlyAndMadeUpForAfterwards() throws IOException {
            try (Relay network = new Relay(redis.port());
                    Node cut = new Node(network.address());
                    Node whole = node()) {
                network.cut();
                awaitFailure(cut, Failure.UNREACHABLE);
                assertThat(cut.use(Node.proof())).isEqualTo(Use.UNKNOWN);
                assertThat(whole.use(Node.proof())).isEqualTo(Use.FIRST);
                assertThat(whole.state().revocations().trouble()).isEmpty();
                Revocation there = Node.revocation("there");
                Revocation here = Node.revocation("here");
                whole.state().revocations().publish(there);
                cut.state().revocations().publish(here);
                network.mend();
                within(5).until(() -> cut.seen().contains(there) && whole.seen().contains(here));
                within(5).until(() -> cut.use(Node.proof()) == Use.FIRST);
            }
        }
    }

    @Nested
    class RedisRefuses {
        @Test
        void saysThatItIsFullAndHandsOnLater() {
            try (Node one = node();
                    Node other = node()) {
                redis.ask(operator -> operator.configSet("maxmemory-policy", "noeviction"));
                redis.ask(operator -> operator.configSet("maxmemory", "1"));
                awaitFailure(one, Failure.FULL);
                assertThat(one.use(Node.proof())).isEqualTo(Use.UNKNOWN);
                Revocation revocation = Node.revocation("full");
                one.state().revocations().publish(revocation);
                redis.ask(operator -> operator.configSet("maxmemory", "0"));
                within(5).until(() -> other.seen().contains(revocation));
                within(5).until(() -> one.use(Node.proof()) == Use.FIRST);
                awaitOrder(one);
            }
        }

        @Test
        void saysThatItIsReadOnly() {
            try (LocalRedis master = LocalRedis.launch();
                    Node node = node()) {
                redis.ask(operator -> operator.replicaof("127.0.0.1", master.port()));
                awaitFailure(node, Failure.READ_ONLY);
                assertThat(node.use(Node.proof())).isEqualTo(Use.UNKNOWN);
                redis.ask(operator -> operator.replicaofNoOne());
                within(5).until(() -> node.use(Node.proof()) == Use.FIRST);
            }
        }

        @Test
        void saysThatTheStreamIsNone() {
            String key = new KeyLayout("default").revocations();
            redis.ask(operator -> operator.set(key, "x"));
            try (Node node = node()) {
                awaitFailure(node, Failure.WRONG_TYPE);
                node.state().revocations().publish(Node.revocation("waiting"));
                assertThat(node.state().revocations().sinceSync()).isEmpty();
                redis.ask(operator -> operator.del(key));
                within(5).until(() -> node.state().revocations().sinceSync().isPresent());
                within(5).until(() -> redis.ask(operator -> operator.xlen(key)) == 1);
            }
        }

        @Test
        void saysThatItAsksForAPassword() {
            redis.ask(operator -> operator.configSet("requirepass", "secret"));
            try (Node node = new Node(RedisAddress.parse(redis.address()), Node.terms())) {
                awaitFailure(node, Failure.LOGIN_MISSING);
                assertThat(node.use(Node.proof())).isEqualTo(Use.UNKNOWN);
            }
            URI wrong = URI.create("redis://:wrong@127.0.0.1:" + redis.port());
            try (Node node = new Node(RedisAddress.parse(wrong), Node.terms())) {
                awaitFailure(node, Failure.LOGIN_REFUSED);
            }
            try (Node node = new Node(URI.create("redis://:secret@127.0.0.1:" + redis.port()))) {
                awaitOrder(node);
            }
        }
    }
}
