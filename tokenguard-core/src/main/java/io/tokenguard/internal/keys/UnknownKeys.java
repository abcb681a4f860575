package io.tokenguard.internal.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.internal.jose.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * The key IDs that an issuer's keys did not contain, by hash, and how many loads had begun when each was first seen. A load
 * with a greater number began afterwards, and settles whether the issuer has the key. Does not depend on time. At most 2 000;
 * key IDs of a known form are stored separately, so that others can't evict them. Thread-safe.
 */
final class UnknownKeys {
    private static final int MOST = 1_000;

    private final Cache<Hash, Long> ofKnownForm = memory();
    private final Cache<Hash, Long> ofOtherForm = memory();

    private static Cache<Hash, Long> memory() {
        return Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    }

    /** Half of a SHA-256 hash: no two key IDs with the same hash can be found. */
    private record Hash(long high, long low) {
        static Hash of(String keyId) {
            ByteBuffer hash = ByteBuffer.wrap(Sha256.of(keyId.getBytes(StandardCharsets.UTF_8)));
            return new Hash(hash.getLong(), hash.getLong());
        }
    }

    /**
     * The number of loads that had begun when a key ID was first seen.
     *
     * @param begun how many have begun by now
     */
    long firstSeen(String keyId, boolean isOfKnownForm, LongSupplier begun) {
        Hash hash = Hash.of(keyId);
        Long seen = ofKnownForm.getIfPresent(hash);
        if (seen != null) {
            return seen;
        }
        return (isOfKnownForm ? ofKnownForm : ofOtherForm).get(hash, unseen -> begun.getAsLong());
    }

    /** Records a key ID that one load contained and a later one does not. */
    void withdrawn(String keyId, long load) {
        ofKnownForm.put(Hash.of(keyId), load);
    }
}
