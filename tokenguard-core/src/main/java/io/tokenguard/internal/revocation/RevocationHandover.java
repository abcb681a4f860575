package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies this node's revocations to a store that it has not used before, so that other nodes get them. Runs on its own
 * thread, as long as it takes; what the store does not accept is offered again every second.
 */
final class RevocationHandover {
    /** Nothing to copy. */
    static final RevocationHandover NONE = new RevocationHandover();

    private static final Logger LOG = LoggerFactory.getLogger(RevocationHandover.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CountDownLatch stopped = new CountDownLatch(1);

    private RevocationHandover() {}

    /** Starts the thread. */
    static RevocationHandover begin(RevocationMemory memory, KeyBans bans, RevocationStore store, Clock clock) {
        RevocationHandover handover = new RevocationHandover();
        Thread thread = new Thread(() -> handover.run(memory, bans, store, clock), "tokenguard-handover");
        thread.setDaemon(true);
        thread.start();
        return handover;
    }

    void stop() {
        stopped.countDown();
    }

    private void run(RevocationMemory memory, KeyBans bans, RevocationStore store, Clock clock) {
        try {
            int handed = offerAll(store, bans.kept());
            for (int part = 0; part < RevocationMemory.segments(); part++) {
                handed += offerAll(store, memory.kept(part, clock.instant()));
            }
            if (stopped.getCount() == 0) {
                LOG.warn("The new shared state was closed after it had stored {} revocations of this node", handed);
            } else {
                LOG.info("The new shared state has stored the {} revocations that this node knew", handed);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many of them the store has accepted when this ends, or the store is closed. */
    private int offerAll(RevocationStore store, Collection<Revocation> revocations) throws InterruptedException {
        int handed = 0;
        for (Revocation revocation : revocations) {
            handed += offer(store, revocation) ? 1 : 0;
        }
        return handed;
    }

    /** Whether the store has accepted it in the end. */
    private boolean offer(RevocationStore store, Revocation revocation) throws InterruptedException {
        while (stopped.getCount() > 0) {
            if (isTaken(store, revocation)) {
                return true;
            }
            boolean unused = stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private static boolean isTaken(RevocationStore store, Revocation revocation) {
        try {
            return store.publish(revocation);
        } catch (RuntimeException failure) {
            return false;
        }
    }
}
