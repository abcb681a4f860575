package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.request.ClientNetwork;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known so far of one request, for the operator. Lives as long as one decision, on one thread. */
final class AuditDetails implements VerificationTrace {
    private final @Nullable IncomingRequest request;
    private @Nullable UnverifiedToken token;
    private @Nullable VerifiedClaims claims;
    private @Nullable ClaimsValidator reader;
    private @Nullable VerifiedToken recalled;
    private @Nullable AccessToken accepted;
    private boolean isVerifiedAgain;
    private @Nullable String asked;
    private boolean isUnderDpop;

    private AuditDetails(@Nullable IncomingRequest request) {
        this.request = request;
    }

    static AuditDetails of(IncomingRequest request) {
        return new AuditDetails(request);
    }

    static AuditDetails withoutRequest() {
        return new AuditDetails(null);
    }

    void sentUnderDpop(boolean isSo) {
        isUnderDpop = isSo;
    }

    /** Whether the credentials were sent under the scheme DPoP, be they well formed or not. */
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

    /** How the verified claims are read. */
    void readBy(ClaimsValidator validator) {
        reader = validator;
    }

    @Override
    public Optional<AddressRange> network(List<AddressRange> proxies) {
        return request == null ? Optional.empty() : ClientNetwork.of(request, proxies);
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

    /** The issuer that is asked about the token. */
    void askedOf(String issuer) {
        asked = issuer;
    }

    AccessToken answered(AccessToken token) {
        accepted = token;
        return token;
    }

    Refusal refusal(RefusedException refused) {
        return Refusal.builder(refused.reason())
                .detail(refused.detail())
                .issuer(SafeText.value(claimedIssuer()))
                .keyId(SafeText.value(keyId()))
                .clientId(SafeText.value(clientId()))
                .subject(SafeText.value(subject()))
                .request(SafeText.path(request == null ? "" : request.method()), SafeText.path(shownPath(refused)))
                .build();
    }

    /** The container has changed an ambiguous path already: only the written one shows why it was refused. */
    private String shownPath(RefusedException refused) {
        if (request == null) {
            return "";
        }
        return refused.reason() == RefusalReason.PATH_REJECTED ? request.writtenPath() : request.path();
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

    private @Nullable String clientId() {
        AccessToken known = verifiedToken();
        if (known != null) {
            return known.clientId().orElse(null);
        }
        return claims == null
                ? null
                : reader == null
                        ? text(claims, "client_id")
                        : reader.clientIn(claims.members()).orElse(null);
    }

    private @Nullable String subject() {
        AccessToken known = verifiedToken();
        if (known != null) {
            return known.subject().orElse(null);
        }
        return claims == null
                ? null
                : reader == null
                        ? text(claims, "sub")
                        : reader.subjectIn(claims.members()).orElse(null);
    }

    /** Claims are shown only once the signature is verified: before, anyone could write into the log. */
    private @Nullable AccessToken verifiedToken() {
        return accepted == null && recalled != null && isVerifiedAgain ? recalled.token() : accepted;
    }

    private static @Nullable String text(VerifiedClaims claims, String name) {
        return claims.members().get(name) instanceof String text ? text : null;
    }
}
