package io.tokenguard.access;

import io.tokenguard.access.Confirmation.Binding;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a validated access token.
 *
 * <p>Applications get it from a {@link Decision}. {@link #builder} makes one by hand, for tests and for callers that validate
 * tokens by other means; it checks nothing. Deeply immutable and thread-safe. Not serializable, so that no identity can be
 * deserialized.
 */
public final class AccessToken {
    private static final Confirmation UNCONFIRMED = new Confirmation.None();

    private final String issuer;
    private final @Nullable String subject;
    private final @Nullable String clientId;
    private final SubjectKind subjectKind;
    private final Set<String> scopes;
    private final Set<String> roles;
    private final long expirySecond;
    private final int expiryNano;
    private final boolean isSubjectInClaim;
    private final Map<String, @Nullable Object> claims;
    private final Confirmation confirmation;
    private final Provenance provenance;

    /**
     * Whether a user or the client acts. A client can have the name of a user (RFC 9700 §4.15): an application that grants
     * rights to subjects must check this too. A user whose subject equals the client's ID counts as the client.
     */
    public enum SubjectKind {
        /** A client acts for itself: the token has no subject, the subject is the client, or the issuer's dialect says so. */
        CLIENT,
        /** A client acts for the subject of the token. */
        USER
    }

    private AccessToken(Builder values) {
        issuer = values.issuer;
        subject = values.subject;
        isSubjectInClaim = values.isSubjectInClaim;
        clientId = values.clientId;
        subjectKind = values.subjectKind;
        scopes = values.scopes;
        roles = values.roles;
        expirySecond = values.expiresAt.getEpochSecond();
        expiryNano = values.expiresAt.getNano();
        claims = values.claims;
        confirmation = values.confirmation;
        provenance = values.provenance;
    }

    /** Starts a token made by hand, with an issuer ({@code iss}) and nothing else in it, that never expires. */
    public static Builder builder(String issuer) {
        return new Builder(issuer);
    }

    /** Starts a changed copy of this token. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns this token with another confirmation of its sender. */
    public AccessToken confirmedBy(Confirmation proven) {
        return toBuilder().confirmation(proven).build();
    }

    /** The issuer, {@code iss}. */
    public String issuer() {
        return issuer;
    }

    /** The subject, {@code sub}; empty if the token has none. */
    public Optional<String> subject() {
        return subject == null ? Optional.empty() : Optional.of(subjectIn(claims, subject, isSubjectInClaim));
    }

    /** The client the token was issued to: {@code client_id}, or the claim that the issuer's dialect uses instead. */
    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    /** Whether a user or the client itself acts. */
    public SubjectKind subjectKind() {
        return subjectKind;
    }

    /** The granted scopes (RFC 6749 §3.3); immutable. */
    public Set<String> scopes() {
        return scopes;
    }

    /** The roles; immutable. Empty unless the issuer is configured to state roles. */
    public Set<String> roles() {
        return roles;
    }

    /** The expiry, {@code exp}, without the clock skew that the guard tolerates. */
    public Instant expiresAt() {
        return Instant.ofEpochSecond(expirySecond, expiryNano);
    }

    /** The time of issue, {@code iat}, in whole seconds; empty if the token does not state it. */
    public Optional<Instant> issuedAt() {
        return instant("iat");
    }

    /** The identifier, {@code jti}; empty if the token has none. */
    public Optional<String> tokenId() {
        return text("jti");
    }

    /** The audiences, {@code aud}; empty if the token has none. */
    public List<String> audiences() {
        return texts("aud");
    }

    /**
     * All claims by name, deeply immutable. A JSON null is a null value, an object a {@link Map}, an array a {@link List}, a
     * whole number a {@link Long}, any other number a {@link java.math.BigDecimal} or {@link Double}.
     */
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    private static String subjectIn(Map<String, @Nullable Object> claims, String subject, boolean isClaim) {
        return isClaim ? String.valueOf(claims.get(subject)) : subject;
    }

    /** How the sender proved possession of the key that the token is bound to. */
    public Confirmation confirmation() {
        return confirmation;
    }

    /** The key ID ({@code kid}) of the key that verified the signature; empty if the key has none, or no key verified the token. */
    public String keyId() {
        return provenance.keyId();
    }

    /** The key that verified the signature; empty if the token was introspected or made by hand. */
    public Optional<PublicKey> verificationKey() {
        return provenance.key();
    }

    /** The hash by which {@link Revocation#fingerprint} revokes this token; empty if the token was made by hand. */
    public String fingerprint() {
        return provenance.fingerprint();
    }

    /**
     * All hashes by which {@link Revocation#fingerprint} revokes this token: that of the signed or opaque token, and that of an
     * encrypted token around it; empty if the token was made by hand. Immutable.
     */
    public List<String> fingerprints() {
        return provenance.fingerprints();
    }

    /** Whether the token grants a scope; case-sensitive. Ignores the implied scopes that a guard is configured with. */
    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /** Whether the token states a role; case-sensitive. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** Whether the caller is in a role (Servlet 6.0 §13.3): never in {@code *}, always in {@code **}, else as for hasRole. */
    public boolean isInRole(String role) {
        return !role.equals("*") && (role.equals("**") || hasRole(role));
    }

    /** The authentication scheme of the request: {@code DPoP} with a proof of the key (RFC 9449 §7.1), else {@code Bearer}. */
    public String scheme() {
        return confirmation.bindings().contains(Binding.DPOP) ? "DPoP" : "Bearer";
    }

    /** A claim that is a string; empty if it is missing or has another type. */
    public Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A claim that is a string or an array of strings; empty if it is missing or has another type. Immutable. */
    public List<String> texts(String claim) {
        return ClaimValue.texts(claims.get(claim));
    }

    /** A claim that is a NumericDate (RFC 7519 §2), in whole seconds, rounded down; empty if it is missing or malformed. */
    public Optional<Instant> instant(String claim) {
        return ClaimValue.instant(claims.get(claim));
    }

    /**
     * A claim of a given type; empty if it is missing, null or of another type.
     *
     * @param type {@link String}, {@link Boolean}, {@link Long}, {@link java.math.BigDecimal}, {@link List}, {@link Map}, or a
     *     supertype of one of them, such as {@link Number}
     * @throws IllegalArgumentException if no claim can have the type, such as {@code int} or {@link Integer}
     */
    public <T> Optional<T> claim(String name, Class<T> type) {
        return ClaimValue.as(type, claims.get(name));
    }

    /** Compares everything that a token says, with the confirmation, the key ID and the fingerprint; not the key itself. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessToken that
                && issuer.equals(that.issuer)
                && subject().equals(that.subject())
                && clientId().equals(that.clientId())
                && subjectKind == that.subjectKind
                && expirySecond == that.expirySecond
                && expiryNano == that.expiryNano
                && claims.equals(that.claims)
                && scopes.equals(that.scopes)
                && roles.equals(that.roles)
                && confirmation.equals(that.confirmation)
                && provenance.equals(that.provenance);
    }

    @Override
    public int hashCode() {
        return Objects.hash(issuer, subject(), clientId, expirySecond, claims);
    }

    /** Shows nothing of the token, so that it can't reach a log by accident. */
    @Override
    public String toString() {
        return "AccessToken[claims not shown]";
    }

    /** Builds a token by hand. Verifies nothing; not thread-safe. */
    public static final class Builder {
        private final String issuer;
        private @Nullable String subject;
        private boolean isSubjectInClaim;
        private @Nullable String clientId;
        private SubjectKind subjectKind = SubjectKind.CLIENT;
        private Instant expiresAt = Instant.MAX;
        private Map<String, @Nullable Object> claims = Map.of();
        private Set<String> scopes = Set.of();
        private Set<String> roles = Set.of();
        private Confirmation confirmation = UNCONFIRMED;
        private Provenance provenance = Provenance.UNKNOWN;

        private Builder(String issuer) {
            this.issuer = issuer;
        }

        private Builder(AccessToken token) {
            issuer = token.issuer;
            subject = token.subject;
            isSubjectInClaim = token.isSubjectInClaim;
            clientId = token.clientId;
            subjectKind = token.subjectKind;
            expiresAt = token.expiresAt();
            claims = token.claims;
            scopes = token.scopes;
            roles = token.roles;
            confirmation = token.confirmation;
            provenance = token.provenance;
        }

        /** Sets the subject and that a user acts. Does not set the claim {@code sub}. */
        public Builder subject(String name) {
            subject = name;
            isSubjectInClaim = false;
            subjectKind = SubjectKind.USER;
            return this;
        }

        /**
         * Sets the claims, the subject to the value of one of them, and that a user acts.
         *
         * @param members as for {@link #claims}
         * @param claim the name of a claim that is a text or a whole number
         */
        public Builder claimsWithSubject(Map<String, @Nullable Object> members, String claim) {
            claims = members;
            subject = claim;
            isSubjectInClaim = true;
            subjectKind = SubjectKind.USER;
            return this;
        }

        /** Sets the client. Does not set the claim {@code client_id}. */
        public Builder clientId(String id) {
            clientId = id;
            return this;
        }

        /** Sets who acts; by default a client, or a user once a subject is set. */
        public Builder subjectKind(SubjectKind kind) {
            subjectKind = kind;
            return this;
        }

        /** Sets the scopes; a guard reads them from a claim. */
        public Builder scopes(Collection<String> granted) {
            scopes = Set.copyOf(granted);
            return this;
        }

        /** Sets the roles; a guard reads them from a claim. */
        public Builder roles(Collection<String> stated) {
            roles = Set.copyOf(stated);
            return this;
        }

        /** Sets the expiry; {@link Instant#MAX} by default. Does not set the claim {@code exp}. */
        public Builder expiresAt(Instant expiry) {
            expiresAt = expiry;
            return this;
        }

        /** Sets all claims: deeply immutable, as they are not copied, and with the types of {@link AccessToken#claims}. */
        public Builder claims(Map<String, @Nullable Object> members) {
            if (subject != null) {
                subject = subjectIn(claims, subject, isSubjectInClaim);
                isSubjectInClaim = false;
            }
            claims = members;
            return this;
        }

        /**
         * Takes claims and fingerprint from the text of the token, for caches that have to store it anyway.
         *
         * @param text the signed token, with or without its signature and a scheme; kept, and not checked
         * @param sameClaims an equal map that reads the claims from the text
         */
        public Builder readFrom(String text, Map<String, @Nullable Object> sameClaims) {
            claims = sameClaims;
            provenance = provenance.readFrom(text);
            return this;
        }

        /** Sets what the sender proved; nothing by default. */
        public Builder confirmation(Confirmation proven) {
            confirmation = proven;
            return this;
        }

        /** Adds the fingerprint of the encrypted token in which this token was presented to a guard. */
        public Builder inside(String encrypted) {
            provenance = provenance.inside(encrypted);
            return this;
        }

        /** Sets the fingerprint, from the token as it was presented to a guard; keeps the verification key. */
        public Builder presented(String token) {
            provenance = provenance.presentedAs(token);
            return this;
        }

        /**
         * Sets the verification key, and the fingerprint.
         *
         * @param keyId the key ID, {@code kid}; empty if the key has none
         * @param key the key
         * @param signed the header, a dot and the payload (RFC 7515 §5.1); kept without a copy, and not to be changed
         */
        public Builder verifiedBy(String keyId, PublicKey key, byte[] signed) {
            provenance = Provenance.ofSigned(keyId, key, signed);
            return this;
        }

        /** The token. */
        public AccessToken build() {
            return new AccessToken(this);
        }
    }
}
