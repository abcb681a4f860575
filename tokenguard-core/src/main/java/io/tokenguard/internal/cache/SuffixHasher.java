package io.tokenguard.internal.cache;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the ends of tokens with at most {@value #PLACES} digests that are reused: creating one costs more than using it. A
 * digest keeps nothing of a token. Thread-safe, without locks: a thread that finds no free digest at its place creates one.
 */
final class SuffixHasher {
    private static final int PLACES = 16;

    /** In array elements: no two places share a processor's cache line, or threads would wait for each other. */
    private static final int APART = 32;

    private static final int HASH_BYTES = 32;
    private static final int BEYOND_ASCII = 0x80;

    /** Used by one thread at a time. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and private
    private record Engine(MessageDigest sha256, byte[] end, byte[] hash, ByteBuffer view, boolean isKept) {}

    /**
     * Written on each use. The engines stay in the array: storing a reference each time would cost garbage collection work.
     */
    private final AtomicIntegerArray inUse = new AtomicIntegerArray(PLACES * APART);

    private final AtomicReferenceArray<@Nullable Engine> engines = new AtomicReferenceArray<>(PLACES);

    private final Supplier<MessageDigest> digests;

    SuffixHasher() {
        this(SuffixHasher::sha256);
    }

    /**
     * For tests.
     *
     * @param digests makes digests of 32 bytes
     */
    SuffixHasher(Supplier<MessageDigest> digests) {
        this.digests = digests;
    }

    /** The SHA-256 (FIPS 180-4 §6.2) of the hidden end of a token; null if that is not ASCII, as in any valid token. */
    @Nullable
    SuffixHash hash(String field, int hidden) {
        int place = place();
        Engine engine = take(place);
        try {
            return hash(field, hidden, engine) ? SuffixHash.of(engine.view()) : null;
        } finally {
            giveBack(place, engine);
        }
    }

    /** Whether the hidden end of a token has that hash; in constant time. */
    boolean isHash(SuffixHash hash, String field, int hidden) {
        int place = place();
        Engine engine = take(place);
        try {
            return hash(field, hidden, engine) && hash.isOf(engine.view());
        } finally {
            giveBack(place, engine);
        }
    }

    /** A character beyond ASCII must not be hashed as another one: two inputs would have the same hash. */
    private static boolean hash(String field, int hidden, Engine engine) {
        byte[] block = engine.end();
        int all = 0;
        for (int from = field.length() - hidden; from < field.length(); from += block.length) {
            int length = Math.min(block.length, field.length() - from);
            for (int i = 0; i < length; i++) {
                char c = field.charAt(from + i);
                all |= c;
                block[i] = (byte) c;
            }
            engine.sha256().update(block, 0, length);
        }
        try {
            engine.sha256().digest(engine.hash(), 0, HASH_BYTES);
        } catch (DigestException impossible) {
            throw new IllegalStateException("SHA-256 has 32 bytes", impossible);
        }
        return all < BEYOND_ASCII;
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() % PLACES);
    }

    private Engine take(int place) {
        if (!inUse.compareAndSet(place * APART, 0, 1)) {
            return make(false);
        }
        Engine kept = engines.get(place);
        if (kept == null) {
            kept = make(true);
            engines.set(place, kept);
        }
        return kept;
    }

    /** Overwrites the last block of the token, which a digest otherwise keeps until its next use. */
    private void giveBack(int place, Engine engine) {
        engine.sha256().reset();
        Arrays.fill(engine.end(), (byte) 0);
        if (engine.isKept()) {
            inUse.set(place * APART, 0);
        }
    }

    private Engine make(boolean isKept) {
        byte[] hash = new byte[HASH_BYTES];
        return new Engine(digests.get(), new byte[HiddenEnd.USUAL], hash, ByteBuffer.wrap(hash), isKept);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
