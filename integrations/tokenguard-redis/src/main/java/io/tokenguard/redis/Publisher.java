package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Writes waiting revocations to the stream, in batches. Used by one thread. */
final class Publisher {
    private static final int BATCH = 500;
    /** One of the nodes that miss an entry writes it first, and the others see that. */
    private static final long SHORTEST_DELAY = 300_000_000L;

    private static final long LONGEST_DELAY = 2_500_000_000L;

    private final WriteBackLog writeBackLog;
    private final FailureLog<Concern> failures;
    private final String key;
    private volatile @Nullable Long othersDueAt;

    Publisher(WriteBackLog writeBackLog, FailureLog<Concern> failures, String key) {
        this.writeBackLog = writeBackLog;
        this.failures = failures;
        this.key = key;
    }

    /** Plans to write other nodes' entries again, after a random delay. */
    void planOthers() {
        othersDueAt = System.nanoTime() + ThreadLocalRandom.current().nextLong(SHORTEST_DELAY, LONGEST_DELAY);
    }

    /** Writes all that waits, until Redis accepts no writes. An entry that Redis rejects does not delay the others. */
    void write(RedisSession session) throws InterruptedException {
        Long due = othersDueAt;
        if (due != null && System.nanoTime() - due >= 0) {
            othersDueAt = null;
            writeBackLog.writeOthersAgain();
        }
        List<Revocation> batch = writeBackLog.next(BATCH);
        while (!batch.isEmpty() && write(session, batch)) {
            batch = writeBackLog.next(BATCH);
        }
    }

    private boolean write(RedisSession session, List<Revocation> batch) throws InterruptedException {
        List<RedisFuture<String>> answers = new ArrayList<>(batch.size());
        try {
            for (Revocation revocation : batch) {
                answers.add(session.commands().xadd(key, RevocationEntry.write(revocation)));
            }
            Answer.await(answers);
        } catch (RedisException closed) {
            failures.begin(Concern.PUBLISHING, Failure.of(closed));
        } finally {
            settle(batch, answers);
        }
        return answers.size() == batch.size() && areTaken(answers);
    }

    /** Whether Redis accepts writes. */
    private boolean areTaken(List<RedisFuture<String>> answers) {
        for (RedisFuture<String> answer : answers) {
            Failure failure = Answer.trouble(answer);
            if (failure != null && failure != Failure.REFUSED) {
                failures.begin(Concern.PUBLISHING, failure);
                return false;
            }
        }
        if (writeBackLog.hasRejected()) {
            failures.begin(Concern.PUBLISHING, Failure.ENTRY_REJECTED);
        } else {
            failures.end(Concern.PUBLISHING);
        }
        return true;
    }

    private void settle(List<Revocation> batch, List<RedisFuture<String>> answers) {
        List<Revocation> unwritten = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Failure failure = i < answers.size() ? Answer.trouble(answers.get(i)) : Failure.UNREACHABLE;
            if (failure == null) {
                writeBackLog.stored(batch.get(i));
            } else if (failure == Failure.REFUSED) {
                writeBackLog.rejected(batch.get(i));
            } else {
                unwritten.add(batch.get(i));
            }
        }
        writeBackLog.putBack(unwritten);
    }
}
