package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiringStoreTest {
    private final TestClock clock = TestClock.startingAt(Instant.EPOCH);
    private final ExpiringStore<Integer> store = new ExpiringStore<>(clock, Duration.ofMinutes(1));

    @Test
    void aValueEndsWithItsLifetime() {
        store.put("a", 1);
        clock.advance(Duration.ofSeconds(59));
        assertThat(store.get("a")).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(store.get("a")).isEmpty();
        assertThat(store.take("a")).isEmpty();
    }

    @Test
    void theOldestOfMoreThanAThousandIsDropped() {
        for (int i = 0; i <= ExpiringStore.MOST; i++) {
            store.put("k" + i, i);
        }
        assertThat(store.get("k0")).isEmpty();
        assertThat(store.get("k1")).hasValue(1);
        assertThat(store.get("k" + ExpiringStore.MOST)).hasValue(ExpiringStore.MOST);
    }

    @Test
    void whatIsRemovedIsPassedOnUnlessItHasExpired() {
        store.put("old", 1);
        clock.advance(Duration.ofMinutes(1));
        store.put("new", 1);
        store.put("other", 2);
        List<Integer> removed = new ArrayList<>();
        store.removeIf(value -> value == 1, removed::add);
        assertThat(removed).containsExactly(1);
        assertThat(store.get("other")).hasValue(2);
    }
}
