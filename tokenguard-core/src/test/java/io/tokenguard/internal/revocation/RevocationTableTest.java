package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RevocationTableTest {
    private static final long TERMS = 0xFFFF_FFFF_0000_0001L;
    private static final int ROUNDS = 300_000;

    /** A place that was free when a reader came to it may be taken by another target while the reader looks. */
    @Test
    void hitsNothingButWhatWasAddedWhileItIsRead() throws Exception {
        AtomicReference<RevocationTable> table = new AtomicReference<>(RevocationTable.rebuilt(null, new Cutoff(0, 0)));
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Long> falseHits = pool.submit(() -> {
                RevocationTarget never = new RevocationTarget(0, 0);
                long hits = 0;
                while (!isOver.get()) {
                    hits += table.get().find(never) == RevocationTerms.NONE ? 0 : 1;
                }
                return hits;
            });
            for (int round = 0; round < ROUNDS; round++) {
                RevocationTable fresh = RevocationTable.rebuilt(null, new Cutoff(0, 0));
                table.set(fresh);
                for (int target = 1; target < 5; target++) {
                    fresh.put(new RevocationTarget(target, 0), TERMS);
                }
            }
            isOver.set(true);
            assertThat(falseHits.get()).isZero();
        } finally {
            pool.shutdownNow();
        }
    }
}
