package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.claimpath.ClaimPath;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    private final UnfoundClaim unfoundScopes;
    private final UnfoundClaim unfoundRoles;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** A validator of one issuer's tokens. */
    public ClaimsValidator(ClaimsPolicy policy) {
        this.policy = policy;
        this.unfoundScopes = new UnfoundClaim("scope-claim", policy.scopes(), policy.issuer());
        this.unfoundRoles = new UnfoundClaim("roles-claim", policy.roles(), policy.issuer());
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
     * Validates the claims of a token that its issuer will be asked about. Audience and subject may be missing; those that are
     * there are checked.
     *
     * @return a token that must not be accepted unless it {@linkplain #isComplete is complete} or {@link #complete completed}
     */
    public AccessToken validateIncomplete(VerifiedClaims verified) throws RefusedException {
        return new ClaimsValidator(policy.incomplete()).validate(verified);
    }

    /** The client that claims name, for the operator; empty if they name none by a text. */
    public Optional<String> clientIn(Map<String, @Nullable Object> claims) {
        ClaimReader reader = new ClaimReader(claims);
        return policy.shape().clientClaims().stream()
                .flatMap(name -> (name.equals("aud") ? reader.onlyAudience() : reader.text(name)).stream())
                .findFirst();
    }

    /** The subject that claims name, for the operator; empty if they name none by a text. */
    public Optional<String> subjectIn(Map<String, @Nullable Object> claims) {
        ClaimReader reader = new ClaimReader(claims);
        return policy.shape().subjectClaims().stream()
                .flatMap(name -> reader.text(name).stream())
                .findFirst();
    }

    /** How answers are compared with the signed tokens that they are about. */
    public AnswerAgreement agreement() {
        return AnswerAgreement.of(policy.shape());
    }

    /** Whether a token names its audience and its subject itself. */
    public boolean isComplete(AccessToken token) {
        ClaimReader claims = new ClaimReader(token.claims());
        return policy.shape().audienceClaims().stream().anyMatch(claims::hasContent)
                && token.subject().isPresent();
    }

    /**
     * A signed token with the audience and the subject that its issuer has answered, checked as if it had stated them. Roles and
     * scopes come from the answer too if the token has none.
     *
     * @throws RefusedException if they are missing in the answer too, or are not those of this API
     */
    public AccessToken complete(AccessToken signed, AccessToken answer) throws RefusedException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(signed.claims());
        ClaimReader claims = new ClaimReader(signed.claims());
        for (String name : List.of("aud", "sub", "sid")) {
            if (!claims.hasContent(name) && answer.claims().get(name) != null) {
                members.put(name, answer.claims().get(name));
            }
        }
        AccessToken checked = validate(VerifiedClaims.completed(members));
        AccessToken.Builder token = signed.toBuilder();
        checked.subject().ifPresent(token::subject);
        return token.subjectKind(
                        answer.subjectKind() == SubjectKind.CLIENT ? SubjectKind.CLIENT : checked.subjectKind())
                .scopes(checked.scopes().isEmpty() ? answer.scopes() : checked.scopes())
                .roles(checked.roles().isEmpty() ? answer.roles() : checked.roles())
                .claims(Collections.unmodifiableMap(members))
                .build();
    }

    /**
     * Validates what the issuer has answered about a token (RFC 7662 §2.2), of which it says that it is active.
     *
     * @param unstatedEnd the expiry if the answer may omit it, and does
     * @throws RefusedException if a claim is missing, malformed, or not meant for this API
     */
    public AccessToken validateAnswer(VerifiedClaims answer, Instant unstatedEnd) throws RefusedException {
        Map<String, @Nullable Object> members = AnswerDates.read(answer.members());
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
        Optional<String> subjectClaim =
                ShapeCheck.firstName(claims, policy.shape().subjectClaims());
        Optional<String> subject = subjectClaim.isPresent() ? claims.identifier(subjectClaim.get()) : Optional.empty();
        Optional<String> client = ShapeCheck.client(claims, policy.shape().clientClaims());
        AccessToken.Builder token = AccessToken.builder(
                policy.isIssuerOpen() ? claims.identifier("iss").orElse(policy.issuer()) : policy.issuer());
        if (subjectClaim.isPresent() && !ClaimPath.isPointer(subjectClaim.get())) {
            token.claimsWithSubject(members, subjectClaim.get());
        } else {
            token.claims(members);
            subject.ifPresent(token::subject);
        }
        client.ifPresent(token::clientId);
        return token.subjectKind(ShapeCheck.subjectKind(claims, policy.shape(), subject, client))
                .scopes(readScopes(claims, members))
                .roles(readRoles(claims, members))
                .expiresAt(end.isPresent() ? end.get() : readExpiry(claims))
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
            throw new RefusedException(
                    RefusalReason.ISSUER_MISMATCH, "", () -> Finding.of(verifiedText(claims, "iss"), policy.issuer()));
        }
    }

    private boolean isSilent(ClaimReader claims, String name) {
        return !claims.hasContent(name) && policy.mayLack().contains(name);
    }

    private void requireAudience(ClaimReader claims) throws RefusedException {
        boolean isSilent = policy.shape().audienceClaims().stream().noneMatch(claims::hasContent);
        if (isSilent && policy.mayLack().contains("aud")) {
            return;
        }
        String claim = audienceClaim(claims);
        List<String> audiences = claims.texts(ClaimReader.path(claim));
        if (audiences.contains("")) {
            throw ClaimReader.malformed(claim);
        }
        if (Collections.disjoint(audiences, policy.audiences())) {
            throw new RefusedException(
                    RefusalReason.AUDIENCE_MISMATCH, "", () -> Finding.of(audiences, expectedAudience()));
        }
    }

    private static Object verifiedText(ClaimReader claims, String name) {
        Object value = claims.value(name);
        return value == null ? "no " + name : value;
    }

    private Object expectedAudience() {
        return policy.audiences().isEmpty()
                ? "no audience, because tokenguard.audiences is not set"
                : policy.audiences().stream().sorted().toList();
    }

    private String audienceClaim(ClaimReader claims) throws RefusedException {
        for (String claim : policy.shape().audienceClaims()) {
            if (claims.has(claim)) {
                return claim;
            }
        }
        throw new RefusedException(
                RefusalReason.CLAIM_MISSING,
                "aud",
                () -> Finding.of(
                                "no " + String.join(", no ", policy.shape().audienceClaims()),
                                "one of " + expectedAudience())
                        .by("tokenguard.audiences", "tokenguard.audience-claim", "tokenguard.dialect"));
    }

    /** Objects are read as scopes only if the configuration names the claim: RFC 6749 §3.3 has a text. */
    private Set<String> readScopes(ClaimReader claims, Map<String, @Nullable Object> members) throws RefusedException {
        NameClaim where = policy.scopes();
        NameCollector scopes = claims.collect(where.paths(), NameCollector.ofScopes(where.form()));
        String name = where.paths().get(0).steps().get(0);
        if (!scopes.isComplete() || (!where.isStated() && where.paths().stream().anyMatch(claims::hasObjects))) {
            throw ClaimReader.malformed(name);
        }
        ScopeGrammar.require(scopes.names(), where.form().allowsSpaces(), name);
        unfoundScopes.see(members, scopes.isFound());
        return scopes.names();
    }

    private Set<String> readRoles(ClaimReader claims, Map<String, @Nullable Object> members) {
        NameClaim where = policy.roles();
        NameCollector roles = claims.collect(where.paths(), NameCollector.ofRoles(where.form()));
        unfoundRoles.see(members, roles.isFound());
        if (!roles.isComplete() && hasWarned.compareAndSet(false, true)) {
            LOG.warn(
                    "Claim {} of a token of issuer {} contains values that are no role names. They grant nothing. Expected: a"
                            + " list of texts, one text, or an object whose members are named as roles. If the roles are"
                            + " elsewhere, set roles-claim",
                    where,
                    policy.issuer());
        }
        return roles.names();
    }

    private static Instant readExpiry(ClaimReader claims) throws RefusedException {
        return Instant.ofEpochSecond(claims.numericDate("exp").orElseThrow(() -> ClaimReader.missing("exp")));
    }
}
