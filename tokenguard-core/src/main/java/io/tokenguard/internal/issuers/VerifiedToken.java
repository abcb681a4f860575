package io.tokenguard.internal.issuers;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.spi.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a verified token that never changes. Does not state whether it is accepted now. Thread-safe. Its fields are
 * few because many are cached: the times are not an object of their own.
 */
public final class VerifiedToken {
    private final TokenRules rules;
    private final KeyReference wanted;
    private final VerificationKey key;
    private final AccessToken token;
    private final long notBefore;
    private final long issuedAt;
    private final int cachedBytes;

    /** The version of the revocations at which it was last checked; the only mutable part. */
    private volatile long checkedAt = RevocationCheck.NEVER;

    /**
     * A token that was verified now.
     *
     * @param rules the rules by which it was checked
     * @param wanted how its header names the key
     * @param key the key that signed it
     * @param token the token
     * @param times its times
     */
    public VerifiedToken(
            TokenRules rules, KeyReference wanted, VerificationKey key, AccessToken token, TokenTimes times) {
        this.rules = rules;
        this.wanted = wanted;
        this.key = key;
        this.token = token;
        this.notBefore = times.notBefore();
        this.issuedAt = times.issuedAt();
        this.cachedBytes = 0;
    }

    private VerifiedToken(VerifiedToken verified, AccessToken same, KeyReference wanted, int bytes) {
        this.rules = verified.rules;
        this.wanted = wanted;
        this.key = verified.key;
        this.token = same;
        this.notBefore = verified.notBefore;
        this.issuedAt = verified.issuedAt;
        this.cachedBytes = bytes;
        this.checkedAt = verified.checkedAt;
    }

    /**
     * The same token as the cache returns it.
     *
     * @param same the token in a form that takes less memory
     * @param sharedWanted how its header names the key, as an object to be shared
     * @param bytes the heap size, in bytes, without what other tokens share; positive
     */
    public VerifiedToken remembered(AccessToken same, KeyReference sharedWanted, int bytes) {
        return new VerifiedToken(this, same, sharedWanted, bytes);
    }

    /** The rules by which it was checked. */
    public TokenRules rules() {
        return rules;
    }

    /** How its header names the key. */
    public KeyReference wanted() {
        return wanted;
    }

    /** The key that signed it. */
    public VerificationKey key() {
        return key;
    }

    /** The token. */
    public AccessToken token() {
        return token;
    }

    /** Its times. */
    public TokenTimes times() {
        return new TokenTimes(token.expiresAt().getEpochSecond(), notBefore, issuedAt);
    }

    /** Whether it came from the cache. */
    public boolean isRemembered() {
        return cachedBytes > 0;
    }

    /** Its heap size in bytes, without what other tokens share; 0 unless it came from the cache. */
    public int cachedBytes() {
        return cachedBytes;
    }

    /** The version of the revocations at which it was last checked. */
    public long checkedAt() {
        return checkedAt;
    }

    /** It was checked at a version of the revocations. */
    public void checkedAt(long version) {
        checkedAt = version;
    }

    /** The key ID in its header; null if there is none. */
    public @Nullable String keyId() {
        return wanted.keyId();
    }

    /**
     * Whether these are the rules and the key by which it was verified. A key may have been published again. Compared by
     * hand: the platform's generated comparison of records keeps their class loader alive.
     */
    public boolean isVerifiedBy(TokenRules current, VerificationKey published) {
        return current.claims() == rules.claims()
                && published.algorithm() == key.algorithm()
                && published.publicKey().equals(key.publicKey());
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "VerifiedToken[not shown]";
    }
}
