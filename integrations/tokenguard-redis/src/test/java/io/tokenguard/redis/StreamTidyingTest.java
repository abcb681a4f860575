package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is deleted from the stream, and what is not. */
class StreamTidyingTest {
    private static final String KEY = new KeyLayout("default").revocations();

    @Test
    void deletesWhatIsOverAndNothingElse() throws InterruptedException {
        Instant now = Instant.now();
        try (LocalRedis redis = LocalRedis.launch()) {
            redis.ask(operator -> {
                IntStream.range(0, 1_200)
                        .forEach(i -> operator.xadd(KEY, entry(i, now.minusSeconds(i % 2 == 0 ? 400 : 200))));
                operator.xadd(KEY, entry(-1, now.plus(Duration.ofDays(30))));
                return operator.xadd(KEY, Map.of("x", "unreadable"));
            });
            Connector connector = new Connector(RedisAddress.parse(redis.address()));
            RedisSession session = connector.dial(() -> {});
            StreamTidying tidying = new StreamTidying(TestClock.startingAt(now.plusSeconds(3_600)), KEY);
            for (int page = 0; page < 4; page++) {
                tidying.page(session);
            }
            connector.hangUp(session);
            connector.close();
            long left = redis.ask(operator -> operator.xlen(KEY));
            assertThat(left).isEqualTo(602);
        }
    }

    @Test
    void keepsTheRevocationOfATokenThatLivesForFourHundredDays() throws InterruptedException {
        Instant now = Instant.now();
        Instant end = now.plus(Duration.ofDays(400));
        try (LocalRedis redis = LocalRedis.launch()) {
            redis.ask(operator -> operator.xadd(KEY, entry(1, end)));
            redis.ask(operator -> operator.xadd(KEY, entry(2, now.plus(Duration.ofDays(30)))));
            Connector connector = new Connector(RedisAddress.parse(redis.address()));
            RedisSession session = connector.dial(() -> {});
            new StreamTidying(TestClock.startingAt(now.plus(Duration.ofDays(399))), KEY).page(session);
            connector.hangUp(session);
            connector.close();
            // The earlier of both clocks decides, and that of Redis is right.
            Long left = redis.ask(operator -> operator.xlen(KEY));
            assertThat(left).isEqualTo(2L);
            assertThat(RevocationEntry.read(entry(1, end))
                            .orElseThrow()
                            .forgetAt()
                            .orElseThrow())
                    .isEqualTo(Instant.ofEpochMilli(end.toEpochMilli()));
        }
    }

    private static Map<String, String> entry(int number, Instant end) {
        return RevocationEntry.write(
                Revocation.token("https://issuer.example.com", "" + number).until(end));
    }
}
