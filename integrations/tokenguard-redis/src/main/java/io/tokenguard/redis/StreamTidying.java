package io.tokenguard.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Deletes expired entries of the stream one by one: one that is kept for a month keeps no other, and none is dropped for its
 * age alone, as trimming would do. Each node walks the stream now and then, one page at a time; several may do so at once.
 * Used by one thread.
 */
final class StreamTidying {
    private static final int PAGE = 500;
    private static final Duration BETWEEN = Duration.ofMinutes(10);
    /** For clocks that differ: an entry is deleted late rather than early. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final Duration LIFE_OF_UNREADABLE = Duration.ofDays(401);

    private final Clock clock;
    private final String key;
    private @Nullable String after;
    private long dueAt = System.nanoTime() + later();

    StreamTidying(Clock clock, String key) {
        this.clock = clock;
        this.key = key;
    }

    private static long later() {
        return ThreadLocalRandom.current().nextLong(BETWEEN.toNanos() / 2, BETWEEN.toNanos() * 3 / 2);
    }

    /** Deletes from one page, if it is time. */
    void step(RedisSession session) throws InterruptedException {
        if (after == null && System.nanoTime() - dueAt < 0) {
            return;
        }
        try {
            page(session);
        } catch (RedisException | IllegalStateException unreachable) {
            finish();
        }
    }

    void page(RedisSession session) throws InterruptedException {
        String from = after == null ? EntryId.FIRST : after;
        Range<String> range = Range.from(Range.Boundary.excluding(from), Range.Boundary.unbounded());
        List<StreamMessage<String, String>> page = Answer.of(session.commands().xrange(key, range, Limit.from(PAGE)));
        if (page == null || page.isEmpty()) {
            finish();
            return;
        }
        Instant now = earlier(session);
        String[] over = page.stream()
                .filter(entry -> isOver(entry, now))
                .map(StreamMessage::getId)
                .toArray(String[]::new);
        if (over.length > 0) {
            Answer.of(session.commands().xdel(key, over));
        }
        after = page.get(page.size() - 1).getId();
        if (page.size() < PAGE) {
            finish();
        }
    }

    /** The earlier of both clocks: a wrong one deletes nothing early. */
    private Instant earlier(RedisSession session) throws InterruptedException {
        Instant here = clock.instant();
        List<String> time = Answer.of(session.commands().time());
        Instant there = time == null ? here : Instant.ofEpochSecond(Long.parseLong(time.get(0)));
        return here.isBefore(there) ? here : there;
    }

    private static boolean isOver(StreamMessage<String, String> entry, Instant now) {
        Instant end = RevocationEntry.end(entry.getBody())
                .orElseGet(() ->
                        Instant.ofEpochMilli(EntryId.millis(entry.getId())).plus(LIFE_OF_UNREADABLE));
        return end.plus(GRACE).isBefore(now);
    }

    private void finish() {
        after = null;
        dueAt = System.nanoTime() + later();
    }
}
