package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates everything about a token that never changes: required claims, their types, issuer and audience (RFC 9068 §4).
 * Thread-safe.
 */
public final class ClaimsValidator {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimsValidator.class);

    private final ClaimsPolicy policy;
    private final List<ClaimPath> scopeClaims;
    private final List<ClaimPath> rolesClaims;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** A validator of one issuer's tokens. */
    public ClaimsValidator(ClaimsPolicy policy) {
        this.policy = policy;
        this.scopeClaims = policy.scopeClaim().stream().map(ClaimPath::of).toList();
        this.rolesClaims = policy.rolesClaim().stream().map(ClaimPath::of).toList();
    }

    /** The names of this API. */
    public Set<String> audiences() {
        return policy.audiences();
    }

    /**
     * Validates claims. Does not check the lifetime.
     *
     * @return the token
     * @throws RefusedException if a claim is missing, malformed, or not meant for this API
     */
    public AccessToken validate(VerifiedClaims verified) throws RefusedException {
        return validate(new ClaimReader(verified.members()), verified.members(), Optional.empty());
    }

    /**
     * Validates the introspection answer about an active token (RFC 7662 §2.2).
     *
     * @param unstatedEnd the expiry if the answer may omit it, and does
     * @throws RefusedException if a claim is missing, malformed, or not meant for this API
     */
    public AccessToken validateAnswer(VerifiedClaims answer, Instant unstatedEnd) throws RefusedException {
        Map<String, @Nullable Object> members = AnswerExpiry.read(answer.members());
        ClaimReader claims = new ClaimReader(members);
        ShapeCheck.requireAccessToken(claims);
        boolean isSilent = !claims.has("exp") && policy.mayLack().contains("exp");
        return validate(claims, members, isSilent ? Optional.of(unstatedEnd) : Optional.empty());
    }

    private AccessToken validate(ClaimReader claims, Map<String, @Nullable Object> members, Optional<Instant> end)
            throws RefusedException {
        ShapeCheck.check(claims, policy.shape().marks());
        requireIssuer(claims);
        requireAudience(claims);
        RevocationClaims.require(claims);
        Optional<String> subject = ShapeCheck.subject(claims, policy.shape().subjectClaims());
        Optional<String> client = ShapeCheck.client(claims, policy.shape().clientClaims());
        AccessToken.Builder token = AccessToken.builder(
                policy.isIssuerOpen() ? claims.identifier("iss").orElse(policy.issuer()) : policy.issuer());
        subject.ifPresent(token::subject);
        client.ifPresent(token::clientId);
        return token.subjectKind(ShapeCheck.subjectKind(claims, policy.shape(), subject, client))
                .scopes(readScopes(claims))
                .roles(readRoles(claims))
                .expiresAt(end.isPresent() ? end.get() : readExpiry(claims))
                .claims(members)
                .build();
    }

    private void requireIssuer(ClaimReader claims) throws RefusedException {
        if (policy.isIssuerOpen() || isSilent(claims, "iss")) {
            return;
        }
        if (!claims.isText("iss")) {
            throw ClaimReader.malformed("iss");
        }
        if (!claims.hasValue("iss", Set.of(policy.issuer()))) {
            throw new RefusedException(RefusalReason.ISSUER_MISMATCH);
        }
    }

    private boolean isSilent(ClaimReader claims, String name) {
        return !claims.hasContent(name) && policy.mayLack().contains(name);
    }

    private void requireAudience(ClaimReader claims) throws RefusedException {
        if (isSilent(claims, "aud")) {
            return;
        }
        String claim = audienceClaim(claims);
        List<String> audiences = claims.texts(List.of(claim));
        if (audiences.contains("")) {
            throw ClaimReader.malformed(claim);
        }
        if (Collections.disjoint(audiences, policy.audiences())) {
            throw new RefusedException(RefusalReason.AUDIENCE_MISMATCH);
        }
    }

    private String audienceClaim(ClaimReader claims) throws RefusedException {
        for (String claim : policy.shape().audienceClaims()) {
            if (claims.has(claim)) {
                return claim;
            }
        }
        throw new RefusedException(RefusalReason.CLAIM_MISSING, "aud");
    }

    private Set<String> readScopes(ClaimReader claims) throws RefusedException {
        List<String> texts = new ArrayList<>();
        for (ClaimPath path : scopeClaims) {
            texts.addAll(claims.texts(path.steps()));
        }
        return ScopeGrammar.read(texts, policy.scopeClaim().get(0));
    }

    private Set<String> readRoles(ClaimReader claims) {
        RoleCollector roles = claims.roles(rolesClaims);
        if (!roles.isComplete() && hasWarned.compareAndSet(false, true)) {
            LOG.warn(
                    "Claim {} of a token of issuer {} contains values that are no role names. They grant nothing. Expected: a"
                            + " list of texts, one text, or an object whose members are named as roles. If the roles are"
                            + " elsewhere, set roles-claim",
                    rolesClaims,
                    policy.issuer());
        }
        return roles.roles();
    }

    private static Instant readExpiry(ClaimReader claims) throws RefusedException {
        return Instant.ofEpochSecond(
                claims.numericDate("exp").orElseThrow(() -> new RefusedException(RefusalReason.CLAIM_MISSING, "exp")));
    }
}
