package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import org.jspecify.annotations.Nullable;

/** What is known so far of one request, for the operator. Lives as long as one decision, on one thread. */
final class AuditDetails {
    private final String method;
    private final String path;
    private @Nullable UnverifiedToken token;
    private @Nullable VerifiedClaims claims;
    private @Nullable VerifiedToken recalled;
    private boolean isVouchedOnceMore;
    private @Nullable String asked;
    private boolean isUnderDpop;

    private AuditDetails(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static AuditDetails of(IncomingRequest request) {
        return new AuditDetails(request.method(), request.path());
    }

    static AuditDetails withoutRequest() {
        return new AuditDetails("", "");
    }

    void sentUnderDpop(boolean isSo) {
        isUnderDpop = isSo;
    }

    /** Whether the credentials were sent under the scheme DPoP, be they well formed or not. */
    boolean isUnderDpop() {
        return isUnderDpop;
    }

    UnverifiedToken parsed(UnverifiedToken unverified) {
        token = unverified;
        return unverified;
    }

    VerifiedClaims vouched(VerifiedClaims vouched) {
        claims = vouched;
        return vouched;
    }

    void recalled(VerifiedToken known) {
        recalled = known;
    }

    /** The key of a token that was recalled is still good. */
    void vouchedOnceMore() {
        isVouchedOnceMore = true;
    }

    /** Remembers who is asked about the token. */
    void askedOf(String issuer) {
        asked = issuer;
    }

    AccessToken answered(AccessToken token) {
        claims = new VerifiedClaims(token.claims(), null);
        return token;
    }

    Refusal refusal(RefusedException refused) {
        return Refusal.builder(refused.reason())
                .detail(refused.detail())
                .issuer(SafeText.value(claimedIssuer()))
                .keyId(SafeText.value(keyId()))
                .clientId(SafeText.value(vouchedText("client_id")))
                .subject(SafeText.value(vouchedText("sub")))
                .request(SafeText.path(method), SafeText.path(path))
                .build();
    }

    private @Nullable String keyId() {
        if (recalled != null) {
            return recalled.keyId();
        }
        return token == null ? null : token.header().keyId();
    }

    private @Nullable String claimedIssuer() {
        if (recalled != null) {
            return recalled.token().issuer();
        }
        try {
            return token == null ? asked : token.claimedIssuer();
        } catch (RefusedException noIssuer) {
            return null;
        }
    }

    /** Claims are told only once the signature has been checked: before, anybody could put words into the log. */
    private @Nullable String vouchedText(String claim) {
        if (recalled != null && isVouchedOnceMore) {
            return recalled.token().text(claim).orElse(null);
        }
        return claims != null && claims.members().get(claim) instanceof String text ? text : null;
    }
}
