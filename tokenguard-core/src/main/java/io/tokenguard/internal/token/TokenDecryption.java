package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.TokenDecrypter;
import java.util.Optional;

/**
 * Decrypts encrypted tokens (RFC 7516) before they are parsed: encryption proves nothing about the sender, so only a signed token
 * is accepted inside (RFC 7519 §11.2). Thread-safe.
 *
 * @param keys decrypts them; empty if encrypted tokens are refused
 */
public record TokenDecryption(Optional<TokenDecrypter> keys) {
    /** Whether the text has the form of an encrypted token (RFC 7516 §7.1). */
    public static boolean isEncrypted(String token) {
        return TokenParser.hasFiveParts(token);
    }

    /** Whether the text has the form of an encrypted token, and can be decrypted here. */
    public boolean isFor(String token) {
        return keys.isPresent() && isEncrypted(token);
    }

    /**
     * The text inside an encrypted token. Not checked in any way.
     *
     * @throws RefusedException if it can't be decrypted
     */
    public String decrypt(String token) throws RefusedException {
        try {
            return keys.orElseThrow().decrypt(token);
        } catch (MalformedException failed) {
            throw new RefusedException(RefusalReason.DECRYPTION_FAILED, failed.getMessage());
        }
    }
}
