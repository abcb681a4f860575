package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many loads had begun when a key ID was first seen. */
class UnknownKeysTest {
    private final UnknownKeys unknown = new UnknownKeys();
    private final AtomicLong begun = new AtomicLong(7);

    private long seen(String keyId, boolean isOfKnownForm) {
        return unknown.firstSeen(keyId, isOfKnownForm, begun::get);
    }

    @Test
    void theFirstTimeCounts() {
        assertThat(seen("new", true)).isEqualTo(7);
        begun.set(8);
        assertThat(seen("new", true)).isEqualTo(7);
        assertThat(seen("newer", true)).isEqualTo(8);
    }

    @Test
    void keyIdsOfOtherFormsEvictNoneOfAKnownForm() {
        assertThat(seen("new", true)).isEqualTo(7);
        begun.set(8);
        IntStream.range(0, 100_000).forEach(number -> seen("junk-" + number, false));
        assertThat(seen("new", true)).isEqualTo(7);
    }

    @Test
    void aWithdrawnKeyWasSeenWhenItWasLoaded() {
        unknown.withdrawn("old", 3);
        assertThat(seen("old", true)).isEqualTo(3);
        assertThat(seen("old", false)).isEqualTo(3);
    }
}
