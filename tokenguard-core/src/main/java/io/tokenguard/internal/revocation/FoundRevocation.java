package io.tokenguard.internal.revocation;

import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation.Kind;
import io.tokenguard.internal.audit.SafeText;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A revocation that covers a token, as the operator sees it.
 *
 * @param kind what it names
 * @param isRetained whether the retention decides how long it applies
 * @param terms its times
 * @param sender the issuer that sent it; empty if an application made it, or a guard to make place
 */
record FoundRevocation(Kind kind, boolean isRetained, long terms, String sender) {
    private static final String NOT_COVERED = "a token that no revocation covers";

    /**
     * When and by whom a token was revoked.
     *
     * @param found the revocation; empty if it has expired since
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    static Finding explain(Optional<FoundRevocation> found, Kind kind, long issuedAt) {
        String issued = issuedAt == Long.MIN_VALUE ? "no iat" : "iat " + Instant.ofEpochSecond(issuedAt);
        String what = found.map(FoundRevocation::describe).orElse("a revocation of the " + name(kind));
        return Finding.of(
                what + "; " + issued, found.map(FoundRevocation::expected).orElse(NOT_COVERED));
    }

    private static String name(Kind kind) {
        return kind == Kind.FINGERPRINT ? "token" : kind.name().toLowerCase(Locale.ROOT);
    }

    private String describe() {
        if (isFold()) {
            return "all tokens of the issuer up to " + RevocationTerms.moment(terms)
                    + " were revoked to make place for its newer revocations";
        }
        String what = "the " + name(kind) + " was revoked";
        String by = " by " + (sender.isEmpty() ? "an application" : SafeText.issuer(sender) + " (logout or event)");
        return isRetained
                ? what + " at " + RevocationTerms.moment(terms) + by
                : what + by + ", until " + RevocationTerms.moment(terms);
    }

    /** The end of an application's revocation is never before the moment before which tokens are revoked. */
    private boolean isFold() {
        return kind == Kind.ISSUER
                && isRetained
                && RevocationTerms.issuedBefore(terms)
                        .filter(moment -> moment.isAfter(RevocationTerms.moment(terms)))
                        .isPresent();
    }

    private String expected() {
        return RevocationTerms.issuedBefore(terms)
                .map(moment -> "a token issued at " + moment + " or later")
                .orElse(NOT_COVERED);
    }
}
