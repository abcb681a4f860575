package io.tokenguard.internal.cache;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the ends of tokens with a few engines that are used over and over: to make one costs more than to use it. At most
 * {@value #PLACES} are kept; none keeps anything of a token. Thread-safe, without locks: who finds no engine in its place
 * makes one.
 */
final class SuffixHasher {
    private static final int PLACES = 16;

    /** In numbers: no two places lie in one line of a processor's cache, or threads would wait for each other. */
    private static final int APART = 32;

    private static final int HASH_BYTES = 32;
    private static final int BEYOND_ASCII = 0x80;

    /** What is used by one thread at a time. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and seen by nobody else.
    private record Engine(MessageDigest sha256, byte[] end, byte[] hash, boolean isKept) {}

    /** Written on each use. The engines themselves stay: to store a reference each time would keep the collector busy. */
    private final AtomicIntegerArray inUse = new AtomicIntegerArray(PLACES * APART);

    private final AtomicReferenceArray<@Nullable Engine> engines = new AtomicReferenceArray<>(PLACES);

    /** The SHA-256 (FIPS 180-4 §6.2) of the hidden end of a token; null where that is not ASCII, which no good token's is. */
    byte @Nullable [] hash(String field) {
        int place = place();
        Engine engine = take(place);
        try {
            return hash(field, engine) ? engine.hash().clone() : null;
        } finally {
            giveBack(place, engine);
        }
    }

    /** Whether the hidden end of a token has that hash, in a time that does not depend on it. */
    boolean isHash(byte[] hash, String field) {
        int place = place();
        Engine engine = take(place);
        try {
            return hash(field, engine) && MessageDigest.isEqual(engine.hash(), hash);
        } finally {
            giveBack(place, engine);
        }
    }

    /** A character beyond ASCII must not become the byte of another one: two inputs would be the same. */
    private static boolean hash(String field, Engine engine) {
        int from = field.length() - TokenFingerprint.HIDDEN;
        int all = 0;
        for (int i = 0; i < TokenFingerprint.HIDDEN; i++) {
            char c = field.charAt(from + i);
            all |= c;
            engine.end()[i] = (byte) c;
        }
        engine.sha256().update(engine.end());
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

    /** A digest keeps the last block that it was given until it is used again, or told to forget it. */
    private void giveBack(int place, Engine engine) {
        engine.sha256().reset();
        Arrays.fill(engine.end(), (byte) 0);
        if (engine.isKept()) {
            inUse.set(place * APART, 0);
        }
    }

    private static Engine make(boolean isKept) {
        try {
            return new Engine(
                    MessageDigest.getInstance("SHA-256"),
                    new byte[TokenFingerprint.HIDDEN],
                    new byte[HASH_BYTES],
                    isKept);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
