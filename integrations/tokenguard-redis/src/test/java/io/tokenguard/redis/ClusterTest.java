package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Redis Cluster of three masters, and a replica of each. */
class ClusterTest {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private static List<LocalRedis> servers;
    private static URI address;

    @BeforeAll
    static void startCluster() {
        servers = IntStream.range(0, 2 * MASTERS)
                .mapToObj(i -> LocalRedis.clusterNode())
                .toList();
        LocalRedis first = servers.get(0);
        for (int i = 0; i < MASTERS; i++) {
            int[] slots = IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                    .toArray();
            servers.get(i).ask(node -> node.clusterAddSlots(slots));
        }
        servers.forEach(server -> server.ask(node -> node.clusterMeet("127.0.0.1", first.port())));
        servers.forEach(ClusterTest::awaitAll);
        for (int i = 0; i < MASTERS; i++) {
            String master = servers.get(i).ask(node -> node.clusterMyId());
            servers.get(MASTERS + i).ask(node -> node.clusterReplicate(master));
        }
        servers.forEach(ClusterTest::awaitOrder);
        servers.subList(MASTERS, 2 * MASTERS).forEach(ClusterTest::awaitReplication);
        address = URI.create("redis-cluster://127.0.0.1:" + first.port() + ",127.0.0.1:"
                + servers.get(1).port());
    }

    private static void awaitAll(LocalRedis server) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.ask(node -> node.clusterNodes()).lines().count() == 2 * MASTERS);
    }

    private static void awaitOrder(LocalRedis server) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.ask(node -> node.clusterInfo()).contains("cluster_state:ok"));
    }

    private static void awaitReplication(LocalRedis server) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.ask(node -> node.info("replication")).contains("master_link_status:up"));
    }

    @AfterAll
    static void stopCluster() {
        servers.forEach(LocalRedis::close);
    }

    @Test
    void sharesAllAndOutlivesTheLossOfAMaster() {
        try (Node one = new Node(address);
                Node two = new Node(address)) {
            List<byte[]> proofs =
                    IntStream.range(0, 60).mapToObj(i -> Node.proof()).toList();
            Instant madeAt = Instant.now();
            Revocation revocation = Node.revocation("cluster");
            assertThat(proofs).allMatch(proof -> one.use(proof, madeAt) == Use.FIRST);
            assertThat(proofs).allMatch(proof -> two.use(proof, madeAt) == Use.REPEATED);
            one.state().revocations().publish(revocation);
            await().until(() -> two.seen().contains(revocation));
            assertThat(two.state().nonceSecret())
                    .isPresent()
                    .isEqualTo(one.state().nonceSecret());

            for (int i = 0; i < MASTERS; i++) {
                loseWrites(one, two, i);
            }
        }
    }

    /** What a master acknowledged and its replica never saw. */
    private static void loseWrites(Node one, Node two, int master) {
        LocalRedis replica = servers.get(MASTERS + master);
        servers.get(master).leaveBehind(replica);
        List<byte[]> lost = IntStream.range(0, 60).mapToObj(i -> Node.proof()).toList();
        Instant madeAt = Instant.now();
        Revocation revocation = Node.revocation("lost " + master);
        assertThat(lost).allMatch(proof -> one.use(proof, madeAt) == Use.FIRST);
        one.state().revocations().publish(revocation);
        await().until(() -> two.seen().contains(revocation));
        servers.get(master).kill();
        replica.thaw();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            assertThat(lost).noneMatch(proof -> two.use(proof, madeAt) == Use.FIRST);
            return IntStream.range(0, 60).allMatch(i -> two.use(Node.proof()) == Use.FIRST);
        });
        assertThat(lost).allMatch(proof -> two.use(proof, madeAt) == Use.REPEATED);
        try (Node late = new Node(address)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> late.seen().contains(revocation));
            assertThat(lost).allMatch(proof -> late.use(proof, madeAt) == Use.REPEATED);
        }
        servers.get(master).run();
        awaitReplication(servers.get(master));
        servers.forEach(ClusterTest::awaitOrder);
    }
}
