package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** Three nodes behind Jetty, with one Redis or one database, over real HTTP. */
class ThreeNodesLimitTest {
    private static final String LIMIT = "/orders/** limit 20/1h per subject";
    private static TestIssuer issuer;
    private static RedisServer redis;
    private static int port;
    private final List<FilteredNode> nodes = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        issuer = TestIssuer.builder().audience(GuardedApi.AUDIENCE).start();
        port = freePort();
        redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.stop();
        issuer.close();
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(FilteredNode::close);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Map<String, String> shared(String store) {
        String name = UUID.randomUUID().toString();
        return store.equals("redis")
                ? Map.of("tokenguard.revocation.redis-uri", "redis://127.0.0.1:" + port + "/0?namespace=" + name)
                : Map.of(
                        "tokenguard.state.jdbc-uri",
                        "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1",
                        "tokenguard.state.user",
                        "sa");
    }

    private void startNodes(Map<String, String> shared, String... further) {
        Map<String, String> properties = new HashMap<>(shared);
        properties.put("tokenguard.limits.orders", LIMIT);
        // A slow machine must not look like an outage.
        properties.put("tokenguard.revocation.store-timeout", "5s");
        for (int i = 0; i < further.length; i += 2) {
            properties.put(further[i], further[i + 1]);
        }
        Stream.generate(() -> FilteredNode.start(issuer, properties)).limit(3).forEach(nodes::add);
        String probe = token("probe");
        await().until(() -> nodes.stream().allMatch(node -> node.status(probe) == 200));
    }

    private static String token(String subject) {
        return issuer.token().subject(subject).sign();
    }

    /** The statuses of requests to all nodes in turn, from several threads. */
    private List<Integer> send(int requests, String token) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> tasks = IntStream.range(0, requests)
                    .<Callable<Integer>>mapToObj(i -> () -> nodes.get(i % 3).status(token))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : threads.invokeAll(tasks)) {
                statuses.add(status.get());
            }
            return statuses;
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "database"})
    void serveAsManyRequestsTogetherAsTheLimitSays(String store) throws Exception {
        startNodes(shared(store));
        List<Integer> statuses = send(120, token("alice"));
        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(20);
        assertThat(nodes.get(0).status(token("bob"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "database"})
    void tellHowManyRequestsAreLeftOnAllOfThem(String store) {
        startNodes(shared(store));
        String token = token("carol");
        for (int i = 0; i < 5; i++) {
            nodes.get(i % 2).status(token);
        }
        HttpResponse<String> answer = nodes.get(2).get("/orders", token);
        assertThat(answer.headers().allValues("RateLimit")).containsExactly("\"subject-1h\";r=14;t=1080");
        for (int i = 0; i < 14; i++) {
            assertThat(nodes.get(i % 3).status(token)).isEqualTo(200);
        }
        HttpResponse<String> refused = nodes.get(1).get("/orders", token);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(170L, 180L);
    }

    @Test
    void countTheirOwnIfSharingIsOff() throws Exception {
        startNodes(shared("redis"), "tokenguard.limit-sharing", "off");
        assertThat(send(120, token("dave")).stream().filter(status -> status == 200))
                .hasSize(60);
    }

    @Test
    void countTheirOwnWhileRedisIsGoneAndTogetherOnceItIsBack() throws Exception {
        startNodes(shared("redis"));
        assertThat(send(60, token("erin")).stream().filter(status -> status == 200))
                .hasSize(20);
        redis.stop();
        await().until(() -> nodes.stream().allMatch(node -> node.status(token("erin")) == 200));
        List<Integer> alone = send(120, token("frank"));
        assertThat(alone).containsOnly(200, 429);
        assertThat(alone.stream().filter(status -> status == 200)).hasSize(60);
        redis.start();
        await().atMost(Duration.ofSeconds(20)).until(this::countTogether);
    }

    /** Whether a new subject's request to one node is seen by the others. */
    private boolean countTogether() {
        String token = token(UUID.randomUUID().toString());
        nodes.get(0).status(token);
        nodes.get(1).status(token);
        HttpResponse<String> third = nodes.get(2).get("/orders", token);
        return third.headers().firstValue("RateLimit").orElse("").contains("r=17;");
    }

    @Test
    void refuseWith503WhileRedisIsGoneIfTheyFailClosed() throws Exception {
        startNodes(shared("redis"), "tokenguard.limit-outage", "fail-closed");
        redis.stop();
        try {
            String token = token("grace");
            await().until(() -> nodes.stream().allMatch(node -> node.status(token) == 503));
            HttpResponse<String> refused = nodes.get(0).get("/orders", token);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).doesNotContain("served");
        } finally {
            redis.start();
        }
    }
}
