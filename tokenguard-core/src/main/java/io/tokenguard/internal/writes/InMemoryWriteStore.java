package io.tokenguard.internal.writes;

import io.tokenguard.spi.SharedState.WriteStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of this process. Bounded in bytes: what does not fit is refused, as a forgotten answer would let a write happen
 * twice. A holder gets at most an eighth of the memory, so that nobody can use it up alone. A short lock, and no waiting.
 */
public final class InMemoryWriteStore implements WriteStore {
    /** Of the heap, for an entry without its record; roughly. */
    private static final long OVERHEAD = 768;

    private static final int SHARES = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Long> held = new HashMap<>();
    private final TreeSet<Entry> byEnd =
            new TreeSet<>(Comparator.comparing(Entry::end).thenComparing(entry -> entry.claim.key()));
    private final Clock clock;
    private long maxBytes;
    private long bytes;

    /**
     * An empty store.
     *
     * @param clock decides when entries end
     */
    public InMemoryWriteStore(Clock clock, long maxBytes) {
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /** An entry; replaced when it changes. */
    private record Entry(Claim claim, @Nullable String record, Instant end) {
        long bytes() {
            return OVERHEAD + (record == null ? 0 : record.length());
        }
    }

    /** Changes the bound; what is stored stays until it ends. */
    public void resize(long most) {
        locked(() -> maxBytes = most);
    }

    /** How many writes are stored. */
    public int size() {
        return locked(entries::size);
    }

    @Override
    public Claimed claim(Claim claim) {
        return locked(() -> {
            forgetEnded(claim.now());
            Entry known = entries.get(claim.key());
            if (known != null) {
                return known.record == null ? Claimed.of(State.RUNNING) : new Claimed(State.DONE, known.record);
            }
            Entry added = new Entry(claim, null, claim.until());
            if (!fits(claim.holder(), added.bytes())) {
                return Claimed.of(State.FULL);
            }
            add(added);
            return Claimed.of(State.FIRST);
        });
    }

    /** Stores the answer only as far as there is space: the request has happened, and must not happen again. */
    @Override
    public boolean finish(Claim claim, String record, Instant forgetAt) {
        return locked(() -> {
            forgetEnded(clock.instant());
            Entry known = entries.get(claim.key());
            if (known != null && (known.record != null || !isOf(known, claim))) {
                return false;
            }
            String kept = fits(claim.holder(), record.length()) ? record : withoutAnswer(record);
            remove(known);
            add(new Entry(claim, kept, forgetAt));
            return true;
        });
    }

    private static String withoutAnswer(String record) {
        return StoredWrite.read(record)
                .map(stored -> new StoredWrite(stored.request(), Optional.empty()).write())
                .orElse(record);
    }

    @Override
    public void release(Claim claim) {
        locked(() -> {
            Entry known = entries.get(claim.key());
            if (known != null && known.record == null && isOf(known, claim)) {
                remove(known);
            }
            return true;
        });
    }

    private static boolean isOf(Entry entry, Claim claim) {
        return entry.claim.owner().equals(claim.owner());
    }

    private boolean fits(String holder, long further) {
        return bytes + further <= maxBytes && held.getOrDefault(holder, 0L) + further <= maxBytes / SHARES;
    }

    private void add(Entry entry) {
        entries.put(entry.claim.key(), entry);
        byEnd.add(entry);
        bytes += entry.bytes();
        held.merge(entry.claim.holder(), entry.bytes(), Long::sum);
    }

    private void remove(@Nullable Entry entry) {
        if (entry != null && entries.remove(entry.claim.key(), entry)) {
            byEnd.remove(entry);
            bytes -= entry.bytes();
            held.computeIfPresent(
                    entry.claim.holder(), (holder, sum) -> sum > entry.bytes() ? sum - entry.bytes() : null);
        }
    }

    private void forgetEnded(Instant now) {
        while (!byEnd.isEmpty() && !now.isBefore(byEnd.first().end)) {
            remove(byEnd.first());
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
