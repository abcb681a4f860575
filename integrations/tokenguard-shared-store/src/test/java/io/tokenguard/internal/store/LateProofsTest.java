package io.tokenguard.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which proofs may be sent again, as they were stored too late for their requests. */
class LateProofsTest {
    private static final int MOST = 1_000;

    private final LateProofs late = new LateProofs();

    @Test
    void mayBeUsedOnceAfterTheyAreStored() {
        assertThat(late.take("a")).isFalse();
        late.stored("a", late.round());
        assertThat(late.take("b")).isFalse();
        assertThat(late.take("a")).isTrue();
        assertThat(late.take("a")).isFalse();
    }

    @Test
    void mayNotBeUsedAfterAGuardHasUsedThemAlone() {
        late.stored("a", late.round());
        assertThat(late.useAlone("a")).isTrue();
        assertThat(late.take("a")).isFalse();
    }

    @Test
    void mayNotBeUsedIfTheyAreStoredAfterAGuardHasUsedThemAlone() {
        int asked = late.round();
        assertThat(late.useAlone("a")).isTrue();
        late.stored("a", asked);
        assertThat(late.take("a")).isFalse();
    }

    @Test
    void mayNotBeUsedAloneAfterAnotherGuardHasUsedThem() {
        late.stored("a", late.round());
        assertThat(late.take("a")).isTrue();
        assertThat(late.useAlone("a")).isFalse();
        assertThat(late.useAlone("b")).isTrue();
        assertThat(late.useAlone("b")).isFalse();
    }

    @Test
    void mayNotBeUsedIfTheyWereAskedForBeforeOthersWereDropped() {
        int asked = late.round();
        assertThat(late.useAlone("a")).isTrue();
        IntStream.range(0, MOST).forEach(number -> late.stored("other" + number, late.round()));
        late.stored("a", asked);
        assertThat(late.take("a")).isFalse();
    }

    @Test
    void areBoundedAndThoseAfterwardsMayBeUsed() {
        IntStream.range(0, 10 * MOST).forEach(number -> late.stored("proof" + number, late.round()));
        long kept = IntStream.range(0, 10 * MOST)
                .filter(number -> late.take("proof" + number))
                .count();
        assertThat(kept).isBetween(1L, (long) MOST);
        late.stored("next", late.round());
        assertThat(late.take("next")).isTrue();
    }

    @Test
    void areUsedByOneOfManyCallers() {
        for (int round = 0; round < 1_000; round++) {
            String proof = "proof" + round;
            late.stored(proof, late.round());
            AtomicInteger uses = new AtomicInteger();
            IntStream.range(0, 8).parallel().forEach(caller -> {
                boolean isUsed = caller % 2 == 0 ? late.take(proof) : late.useAlone(proof);
                uses.addAndGet(isUsed ? 1 : 0);
            });
            assertThat(uses).hasValueLessThanOrEqualTo(1);
        }
    }

    /** Another thread uses a proof alone at each moment at which this one drops all proofs. */
    @Test
    void mayNotBeUsedIfAGuardUsesThemAloneWhileOthersAreDropped() {
        int moments = 0;
        for (InterruptedMap maps = new InterruptedMap(); maps.hasRun(); moments++) {
            LateProofs dropping = filled(maps, MOST);
            List<Integer> rounds = new ArrayList<>();
            maps.before(moments, () -> {
                rounds.add(dropping.round());
                assertThat(dropping.useAlone("a")).isTrue();
                rounds.add(dropping.round());
            });
            dropping.stored("one too many", dropping.round());
            rounds.forEach(round -> dropping.stored("a", round));
            assertThat(dropping.take("a")).isFalse();
        }
        assertThat(moments).isGreaterThan(2);
    }

    /** Another thread drops all proofs at each moment at which this one uses a proof alone. */
    @Test
    void mayNotBeUsedIfOthersAreDroppedWhileAGuardUsesThemAlone() {
        int moments = 0;
        for (InterruptedMap maps = new InterruptedMap(); maps.hasRun(); moments++) {
            LateProofs used = filled(maps, MOST - 1);
            maps.before(moments, () -> {
                used.stored("the last", used.round());
                used.stored("one too many", used.round());
            });
            assertThat(used.useAlone("a")).isTrue();
            used.stored("a", used.round());
            assertThat(used.take("a")).isFalse();
        }
        assertThat(moments).isGreaterThan(2);
    }

    private static LateProofs filled(InterruptedMap maps, int proofs) {
        LateProofs filled = new LateProofs(maps::newMap);
        IntStream.range(0, proofs).forEach(number -> filled.stored("other" + number, filled.round()));
        return filled;
    }
}
