package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.audit.TraceId;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.TokenRules;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.request.ClientNetwork;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.GuardObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known so far about one request, for the operator. Lives as long as one decision, on one thread. */
final class AuditDetails implements VerificationTrace {
    private static final int FINGERPRINT_CHARACTERS = 16;

    private final AuditTerms terms;
    private final @Nullable IncomingRequest request;
    private @Nullable UnverifiedToken token;
    private @Nullable IssuerRules issuer;
    private @Nullable TokenRules rules;
    private @Nullable VerifiedClaims claims;
    private @Nullable ClaimsValidator reader;
    private @Nullable VerifiedToken recalled;
    private @Nullable AccessToken accepted;
    private boolean isVerifiedAgain;
    private @Nullable String asked;
    private @Nullable String opaque;
    private @Nullable String encrypted;
    private @Nullable MatchedRequirement matched;
    private final TrackedDecision tracked = new TrackedDecision();
    private final CountedRequest counted;

    AuditDetails(AuditTerms terms, @Nullable IncomingRequest request) {
        this.terms = terms;
        this.request = request;
        this.counted = new CountedRequest(request);
    }

    TrackedDecision tracked() {
        return tracked;
    }

    CountedRequest counted() {
        return counted;
    }

    /** The token is refused without being read. */
    void unread(String presented) {
        opaque = presented;
    }

    /** The requirement is found. */
    void decidedBy(MatchedRequirement found) {
        matched = found;
        tracked.decidedBy(found.route());
    }

    /** What observers of grants get. */
    GuardObserver.Grant grant(DecisionCounters counters) {
        return new GuardObserver.Grant(
                counters.route(tracked.route()),
                SafeText.issuer(claimedIssuer()),
                SafeText.value(verified(AccessToken::clientId, this::claimedClient)),
                terms.subjects().show(verified(AccessToken::subject, this::claimedSubject)),
                safely(this::fingerprint, ""),
                tracked.times());
    }

    /** Whether an adapter decides that has not selected a handler yet. */
    boolean isCountedElsewhere() {
        return matched != null && matched.isCountedElsewhere();
    }

    @Override
    public UnverifiedToken parsed(UnverifiedToken unverified) {
        token = unverified;
        return unverified;
    }

    @Override
    public IssuerRules ruled(IssuerRules found) {
        issuer = found;
        return found;
    }

    @Override
    public VerifiedClaims verified(VerifiedClaims verified) {
        claims = verified;
        return verified;
    }

    /** How the verified claims are read. */
    void readBy(TokenRules known) {
        rules = known;
        reader = known.claims();
    }

    @Override
    public Optional<AddressRange> network(List<AddressRange> proxies) {
        return request == null ? Optional.empty() : ClientNetwork.of(request, proxies);
    }

    void recalled(VerifiedToken known) {
        recalled = known;
        rules = known.rules();
    }

    /** The key of a cached token is still accepted. */
    void verifiedAgain() {
        isVerifiedAgain = true;
    }

    /** The token was accepted by an earlier decision. */
    void acceptedBefore(AccessToken known) {
        accepted = known;
    }

    /** The issuer that is asked about a token. */
    void askedOf(String issuer, String presented) {
        asked = issuer;
        opaque = presented;
    }

    /** The token is encrypted; it may not be decrypted. */
    void wrapped(String presented) {
        encrypted = presented;
    }

    AccessToken answered(AccessToken answer) {
        accepted = answer;
        return answer;
    }

    Refusal refusal(RefusedException refused, DecisionCounters counters) {
        Refusal.Builder refusal = Refusal.builder(refused.reason())
                .id(safely(terms.ids()::next, ""))
                .detail(SafeText.sentence(refused.detail()))
                .finding(safely(() -> finding(refused), Finding.NONE))
                .dialect(RefusalHints.dialect(refused.reason(), rules()))
                .decidedBy(safely(() -> source(refused.reason(), counters), ""))
                .place(tracked.place().label())
                .verified(isVerified())
                .issuer(SafeText.issuer(claimedIssuer()))
                .keyId(SafeText.value(keyId()))
                .clientId(SafeText.value(verified(AccessToken::clientId, this::claimedClient)))
                .subject(terms.subjects().show(verified(AccessToken::subject, this::claimedSubject)))
                .token(SafeText.value(verified(AccessToken::tokenId, this::claimedId)), safely(this::fingerprint, ""))
                .encryptedToken(safely(this::encryptedFingerprint, ""));
        if (request != null) {
            refusal.request(SafeText.path(request.method()), SafeText.path(request.writtenPath()))
                    .origin(safely(() -> terms.clientAddress(request), ""), safely(() -> TraceId.of(request), ""));
        }
        return refusal.build();
    }

    /** Read late: the first request of a new guard waits for the metadata, which select them. */
    private @Nullable TokenRules rules() {
        return rules != null || issuer == null ? rules : issuer.selectedTokens().orElse(null);
    }

    private Finding finding(RefusedException refused) {
        Finding finding = RefusalHints.explain(refused, rules(), token);
        return matched == null
                ? finding
                : RefusalHints.statedBy(matched.origin().setting(refused.reason()), finding);
    }

    private String source(RefusalReason reason, DecisionCounters counters) {
        return matched != null && RefusalHints.isByRequirement(reason) ? SafeText.rule(matched.source(counters)) : "";
    }

    /** The server may fail to read a field of the request: that is what the refusal may be about. */
    private static <T> T safely(Supplier<T> part, T otherwise) {
        try {
            return part.get();
        } catch (RuntimeException | VirtualMachineError unreadable) {
            return otherwise;
        }
    }

    private boolean isVerified() {
        return accepted != null || claims != null || (recalled != null && isVerifiedAgain) || isNamedBySettings();
    }

    /** Nothing of the token was read: the issuer is the one that was asked about it. */
    private boolean isNamedBySettings() {
        return token == null && recalled == null;
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
        AccessToken known = accepted == null && recalled != null ? recalled.token() : accepted;
        if (known != null) {
            return known.issuer();
        }
        try {
            return token == null ? asked : token.claimedIssuer();
        } catch (RefusedException noIssuer) {
            return null;
        }
    }

    /** Claims are shown only once the signature is verified: before, anyone could write into the log. */
    private String verified(
            Function<AccessToken, Optional<String>> part, Function<VerifiedClaims, Optional<String>> claim) {
        if (accepted != null) {
            return part.apply(accepted).orElse("");
        }
        if (recalled != null && isVerifiedAgain) {
            return part.apply(recalled.token()).orElse("");
        }
        return claims == null ? "" : claim.apply(claims).orElse("");
    }

    private Optional<String> claimedClient(VerifiedClaims verified) {
        return reader == null ? Optional.empty() : reader.clientIn(verified.members());
    }

    private Optional<String> claimedSubject(VerifiedClaims verified) {
        return reader == null ? Optional.empty() : reader.subjectIn(verified.members());
    }

    private Optional<String> claimedId(VerifiedClaims verified) {
        return verified.members().get("jti") instanceof String id ? Optional.of(id) : Optional.empty();
    }

    private String fingerprint() {
        return beginning(hash());
    }

    /** The same whether the token was decrypted, recalled, or neither, so that all its events can be joined. */
    private String encryptedFingerprint() {
        if (encrypted != null) {
            return beginning(Revocation.presented(encrypted).target());
        }
        AccessToken known = accepted == null && recalled != null ? recalled.token() : accepted;
        return known == null
                ? ""
                : known.fingerprints().stream()
                        .skip(1)
                        .findFirst()
                        .map(AuditDetails::beginning)
                        .orElse("");
    }

    private static String beginning(String hash) {
        return hash.substring(0, Math.min(FINGERPRINT_CHARACTERS, hash.length()));
    }

    private String hash() {
        if (accepted != null && !accepted.fingerprint().isEmpty()) {
            return accepted.fingerprint();
        }
        if (recalled != null) {
            return recalled.token().fingerprint();
        }
        if (opaque != null) {
            return Revocation.presented(opaque).target();
        }
        if (token == null) {
            return encrypted == null ? "" : Revocation.presented(encrypted).target();
        }
        return token.fingerprint();
    }
}
