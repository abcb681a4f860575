package io.tokenguard.testkit;

import java.security.SecureRandom;

/** Text that nobody can guess. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private RandomText() {}

    /** 43 characters of base64url. */
    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return CompactToken.encode(bytes);
    }
}
