package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import org.jspecify.annotations.Nullable;

/** What is known so far about one request, for the operator. Lives as long as one decision, on one thread. */
final class AuditDetails implements VerificationTrace {
    private final String method;
    private final String path;
    private final String writtenPath;
    private @Nullable UnverifiedToken token;
    private @Nullable VerifiedClaims claims;
    private @Nullable VerifiedToken recalled;
    private @Nullable AccessToken accepted;
    private boolean isVerifiedAgain;
    private @Nullable String asked;
    private boolean isUnderDpop;

    private AuditDetails(String method, String path, String writtenPath) {
        this.method = method;
        this.path = path;
        this.writtenPath = writtenPath;
    }

    static AuditDetails of(IncomingRequest request) {
        return new AuditDetails(request.method(), request.path(), request.writtenPath());
    }

    static AuditDetails withoutRequest() {
        return new AuditDetails("", "", "");
    }

    void sentUnderDpop(boolean isSo) {
        isUnderDpop = isSo;
    }

    /** Whether the credentials were sent under the scheme DPoP, well formed or not. */
    boolean isUnderDpop() {
        return isUnderDpop;
    }

    @Override
    public UnverifiedToken parsed(UnverifiedToken unverified) {
        token = unverified;
        return unverified;
    }

    @Override
    public VerifiedClaims verified(VerifiedClaims verified) {
        claims = verified;
        return verified;
    }

    void recalled(VerifiedToken known) {
        recalled = known;
    }

    /** The key of a cached token is still accepted. */
    void verifiedAgain() {
        isVerifiedAgain = true;
    }

    /** The token was accepted by an earlier decision. */
    void acceptedBefore(AccessToken known) {
        accepted = known;
    }

    /** The issuer that introspects the token. */
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
                .clientId(SafeText.value(verifiedText("client_id")))
                .subject(SafeText.value(verifiedText("sub")))
                .request(SafeText.path(method), SafeText.path(shownPath(refused)))
                .build();
    }

    /** The container has normalized an ambiguous path already: only the raw one shows why it was refused. */
    private String shownPath(RefusedException refused) {
        return refused.reason() == RefusalReason.PATH_REJECTED ? writtenPath : path;
    }

    private @Nullable String keyId() {
        if (accepted != null) {
            return accepted.keyId();
        }
        if (recalled != null) {
            return recalled.keyId();
        }
        return token == null ? null : token.header().keyId();
    }

    private @Nullable String claimedIssuer() {
        if (accepted != null) {
            return accepted.issuer();
        }
        if (recalled != null) {
            return recalled.token().issuer();
        }
        try {
            return token == null ? asked : token.claimedIssuer();
        } catch (RefusedException noIssuer) {
            return null;
        }
    }

    /** Claims are logged only once the signature is verified: before that, anyone could write into the log. */
    private @Nullable String verifiedText(String claim) {
        if (accepted != null) {
            return accepted.text(claim).orElse(null);
        }
        if (recalled != null && isVerifiedAgain) {
            return recalled.token().text(claim).orElse(null);
        }
        return claims != null && claims.members().get(claim) instanceof String text ? text : null;
    }
}
