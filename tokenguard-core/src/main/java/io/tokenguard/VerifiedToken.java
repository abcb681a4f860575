package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.revocation.RevocationCheckedAt;
import io.tokenguard.spi.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about a token that was checked in full. Whether it is good now is another question.
 *
 * @param lane the rooms of its issuer that it was checked in
 * @param keyId the key that its header names, {@code kid}; null where it names none
 * @param key the key that signed it
 * @param token what it says
 * @param times what it says of its time
 * @param clearance when it was last looked for among the revoked ones; the only thing here that moves
 * @param isRemembered whether it came out of the memory
 */
record VerifiedToken(
        IssuerRules lane,
        @Nullable String keyId,
        VerificationKey key,
        AccessToken token,
        TokenTimes times,
        RevocationCheckedAt clearance,
        boolean isRemembered) {
    /** The same token, as the memory will hand it out: who asks for its fingerprint now lets go of the text behind it. */
    VerifiedToken remembered() {
        token.fingerprint();
        return new VerifiedToken(lane, keyId, key, token, times, clearance, true);
    }

    /**
     * Whether these are the rooms and the key that it was checked with. A key may have been published once more. Compared by
     * hand: what a platform generates to compare records keeps hold of their class loader.
     */
    boolean isVouchedForBy(IssuerRules current, VerificationKey published) {
        return current.claims() == lane.claims()
                && published.algorithm() == key.algorithm()
                && published.publicKey().equals(key.publicKey());
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "VerifiedToken[not shown]";
    }
}
