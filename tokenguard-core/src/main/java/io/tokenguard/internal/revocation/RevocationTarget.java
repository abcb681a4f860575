package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What a revocation names, as a memory holds it: 125 bits of its hash, spread in a way that only that memory knows, so that
 * nobody outside can choose where entries fall; and the kind.
 *
 * @param high one half
 * @param low the other half; its last three bits are the kind
 */
record RevocationTarget(long high, long low) {
    private static final long KIND_BITS = 7;

    static RevocationTarget of(Revocation revocation, long seed) {
        ByteBuffer hash = ByteBuffer.wrap(Base64.getUrlDecoder().decode(revocation.target()));
        long high = mix(hash.getLong() ^ seed);
        long low = mix(hash.getLong() ^ seed);
        return new RevocationTarget(high, (low & ~KIND_BITS) | number(revocation.kind()));
    }

    /** Each input has an output of its own. */
    private static long mix(long bits) {
        long mixed = bits * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
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

    /** The number of the kind of an entry. */
    static int kindOf(long low) {
        return (int) (low & KIND_BITS);
    }
}
