package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The name of a revocation in a memory: 100 bits of its hash, mixed with a secret of that memory, so that no caller can
 * choose the places of entries; the kind; whether the retention decides how long it applies; and the number of the issuer
 * that sent it, which does not distinguish targets. The mixing is reversible, so that entries can be copied to another store.
 *
 * @param high one half
 * @param low the other half; its last three bits are the kind, the bit before states whether it is retained, and the 24 bits
 *     before that are the issuer that sent it, zero if none did
 */
record RevocationTarget(long high, long low) {
    private static final long KIND_BITS = 7;
    private static final long RETAINED_BIT = 8;
    /** The greatest number of an issuer. */
    static final int MOST_SENDERS = (1 << 24) - 1;

    private static final int OWNER_SHIFT = 4;
    private static final long OWNER_BITS = (long) MOST_SENDERS << OWNER_SHIFT;
    private static final int SHAPE_BITS = 28;
    private static final int HASH_BYTES = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** The target, retained or not as the revocation states. */
    static RevocationTarget of(Revocation revocation, long seed) {
        ByteBuffer hash = ByteBuffer.wrap(Base64.getUrlDecoder().decode(revocation.target()));
        long high = BitMixer.WHOLE.mix(hash.getLong() ^ seed);
        long low = BitMixer.SHORT.mix((hash.getLong() ^ seed) >>> SHAPE_BITS) << SHAPE_BITS;
        long retained = revocation.retainedFrom().isPresent() ? RETAINED_BIT : 0;
        return new RevocationTarget(high, low | retained | number(revocation.kind()));
    }

    /** The revocation with this target and these terms. */
    Revocation revocation(long terms, long seed, RevocationLimits limits) {
        Instant moment = RevocationTerms.moment(terms);
        Revocation plain = new Revocation(
                kind(), text(seed), RevocationTerms.issuedBefore(terms), Optional.of(moment), Optional.empty());
        return isRetained() ? limits.retained(plain, moment) : plain;
    }

    /** The hash: its stored bits, and zeros. A memory treats both as the same target. */
    private String text(long seed) {
        ByteBuffer hash = ByteBuffer.allocate(HASH_BYTES);
        hash.putLong(BitMixer.WHOLE.undo(high) ^ seed);
        long mixed = BitMixer.SHORT.undo(low >>> SHAPE_BITS) << SHAPE_BITS;
        hash.putLong((mixed ^ seed) & -(1L << SHAPE_BITS));
        return TEXT.encodeToString(hash.array());
    }

    /** The same target, for revocations with their own end. */
    RevocationTarget ending() {
        return new RevocationTarget(high, low & ~RETAINED_BIT);
    }

    /** The same target, for revocations whose end the retention decides. */
    RevocationTarget retained() {
        return new RevocationTarget(high, low | RETAINED_BIT);
    }

    boolean isRetained() {
        return isRetained(low);
    }

    /** The same target, sent by an issuer: a number up to {@link #MOST_SENDERS}. */
    RevocationTarget sentBy(int issuer) {
        return new RevocationTarget(high, (low & ~OWNER_BITS) | ((long) issuer << OWNER_SHIFT));
    }

    /** The number of the issuer that sent an entry; zero if none did. */
    static int senderOf(long low) {
        return (int) ((low & OWNER_BITS) >>> OWNER_SHIFT);
    }

    /** Whether an entry is of this target, from any sender. */
    boolean isOf(long entryHigh, long entryLow) {
        return high == entryHigh && ((low ^ entryLow) & ~OWNER_BITS) == 0;
    }

    static boolean isRetained(long low) {
        return (low & RETAINED_BIT) != 0;
    }

    static int number(Kind kind) {
        return switch (kind) {
            case TOKEN -> 0;
            case FINGERPRINT -> 1;
            case SESSION -> 2;
            case SUBJECT -> 3;
            case CLIENT -> 4;
            case ISSUER -> 5;
            case KEY_ID -> 6;
            case KEY -> 7;
        };
    }

    /** The kind of an entry. */
    Kind kind() {
        for (Kind kind : Kind.values()) {
            if (number(kind) == kindOf(low)) {
                return kind;
            }
        }
        throw new IllegalStateException("three bits, eight kinds");
    }

    /** The number of the kind of an entry. */
    static int kindOf(long low) {
        return (int) (low & KIND_BITS);
    }
}
