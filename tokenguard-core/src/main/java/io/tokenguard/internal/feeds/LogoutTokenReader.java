package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the claims of logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.4, §2.6).
 *
 * @param endsAllSessions whether the logout of one session revokes the tokens of all sessions of its subject
 */
public record LogoutTokenReader(boolean endsAllSessions) {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** The precision of {@code iat}: a token of the same second may have been issued before the logout. */
    static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * Reads a token.
     *
     * @throws RefusedException if a claim is missing, malformed, or not meant for this application
     */
    public FeedMessage read(VerifiedClaims verified, FeedTerms terms) throws RefusedException {
        FeedClaims claims = new FeedClaims(verified, terms);
        claims.requireAudience();
        Instant issuedAt = claims.requireIssuedAt();
        if (!claims.reader().has("exp")) {
            throw FeedClaims.missing("exp");
        }
        claims.requireNotExpired();
        String tokenId = claims.requireTokenId();
        if (!claims.requireEvents().containsKey(EVENT)) {
            throw new RefusedException(
                    RefusalReason.TYPE_MISMATCH,
                    "events",
                    () -> Finding.of("no logout event in events", "events with " + EVENT));
        }
        // A logout token must not be accepted as an ID token.
        if (claims.names("nonce")) {
            throw new RefusedException(
                    RefusalReason.TYPE_MISMATCH,
                    "nonce",
                    () -> Finding.of("claim nonce, as in ID tokens", "no claim nonce"));
        }
        return new FeedMessage(
                terms.issuer(),
                tokenId,
                claims.reader().identifier("sub"),
                issuedAt,
                revocations(claims, issuedAt),
                List.of());
    }

    private List<Revocation> revocations(FeedClaims claims, Instant issuedAt) throws RefusedException {
        Optional<String> session = claims.reader().identifier("sid");
        Optional<String> subject = claims.reader().identifier("sub");
        if (session.isEmpty() && subject.isEmpty()) {
            throw new RefusedException(
                    RefusalReason.CLAIM_MISSING,
                    "sub or sid",
                    () -> Finding.of("no sub and no sid", "sub, sid or both"));
        }
        String issuer = claims.terms().issuer();
        List<Revocation> revocations = new ArrayList<>();
        session.ifPresent(id -> revocations.add(Revocation.session(issuer, id)));
        if (session.isEmpty() || endsAllSessions) {
            // Both times are the issuer's, so no skew applies; a new login of the user gets tokens that are accepted.
            subject.ifPresent(
                    id -> revocations.add(Revocation.subject(issuer, id).issuedBefore(issuedAt.plus(SECOND))));
        }
        return revocations;
    }
}
