package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.claims.ClaimReader;
import io.tokenguard.internal.claims.RevocationClaims;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The claims that logout tokens and security event tokens have in common (RFC 8417 §2.2). */
final class FeedClaims {
    private final Map<String, @Nullable Object> members;
    private final ClaimReader claims;
    private final FeedTerms terms;

    FeedClaims(VerifiedClaims verified, FeedTerms terms) {
        this.members = verified.members();
        this.claims = new ClaimReader(members);
        this.terms = terms;
    }

    FeedTerms terms() {
        return terms;
    }

    ClaimReader reader() {
        return claims;
    }

    /** Whether the claim is present, even if it is null. */
    boolean names(String claim) {
        return members.containsKey(claim);
    }

    @Nullable
    Object value(String claim) {
        return members.get(claim);
    }

    /** Compared exactly, as for access tokens. */
    void requireAudience() throws RefusedException {
        List<String> audiences = claims.texts(List.of("aud"));
        if (audiences.isEmpty()) {
            throw missing("aud");
        }
        if (audiences.stream().noneMatch(terms.audiences()::contains)) {
            throw new RefusedException(
                    RefusalReason.AUDIENCE_MISMATCH,
                    "",
                    () -> Finding.of(
                                    audiences,
                                    terms.audiences().stream().sorted().toList())
                            .by("tokenguard.logout.audiences", "tokenguard.events.audiences", "tokenguard.audiences"));
        }
    }

    String requireTokenId() throws RefusedException {
        RevocationClaims.require(claims);
        return claims.identifier("jti").orElseThrow(() -> missing("jti"));
    }

    /** Valid from iat - skew on; not valid one second before. */
    Instant requireIssuedAt() throws RefusedException {
        OptionalLong issuedAt = claims.numericDate("iat");
        if (issuedAt.isEmpty()) {
            throw missing("iat");
        }
        if (issuedAt.getAsLong() < 0) {
            throw ClaimReader.malformed("iat");
        }
        if (seconds() < issuedAt.getAsLong() - terms.clockSkew().toSeconds()) {
            throw new RefusedException(
                    RefusalReason.ISSUED_IN_FUTURE, "", () -> times("iat", issuedAt.getAsLong(), "iat not after "));
        }
        return Instant.ofEpochSecond(issuedAt.getAsLong());
    }

    /** Expired from exp + skew on; valid one second before. */
    void requireNotExpired() throws RefusedException {
        OptionalLong expiry = claims.numericDate("exp");
        if (expiry.isPresent()
                && seconds() >= expiry.getAsLong() + terms.clockSkew().toSeconds()) {
            throw new RefusedException(RefusalReason.EXPIRED, "", () -> times("exp", expiry.getAsLong(), "exp after "));
        }
    }

    /** RFC 8417 §2.2: a JSON object with at least one member, each of them an object. */
    Map<String, Map<String, @Nullable Object>> requireEvents() throws RefusedException {
        if (!claims.has("events")) {
            throw missing("events");
        }
        return JsonObjects.ofObjects(members.get("events"), "events");
    }

    private Finding times(String claim, long found, String rule) {
        return Finding.of(
                claim + " " + Instant.ofEpochSecond(found),
                rule + terms.now() + ", with a clock skew of "
                        + terms.clockSkew().toSeconds() + " s");
    }

    private long seconds() {
        return terms.now().getEpochSecond();
    }

    static RefusedException missing(String claim) {
        return new RefusedException(
                RefusalReason.CLAIM_MISSING, claim, () -> Finding.of("no " + claim, "claim " + claim));
    }
}
