package io.tokenguard.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a good access token says. Deeply immutable and safe to share between threads; not serializable, so that no
 * identity can be made from bytes.
 *
 * @param issuer who issued the token, {@code iss}
 * @param subject whom it speaks of, {@code sub}
 * @param clientId the client it was issued to, {@code client_id} or what the issuer's dialect has in its place
 * @param actor whether a user or the client itself acts
 * @param scopes what it grants (RFC 6749 §3.3)
 * @param roles the roles it states; empty unless the issuer was configured to state roles
 * @param expiresAt when its time is over, {@code exp}
 * @param claims all claims by name; a JSON null is a null value, a whole number a {@link Long}, any other number a
 *     {@link java.math.BigDecimal}
 * @param confirmation how its sender has proven to be the one that it is bound to
 * @param provenance where what it says comes from
 */
public record AccessToken(
        String issuer,
        Optional<String> subject,
        Optional<String> clientId,
        SubjectKind actor,
        Set<String> scopes,
        Set<String> roles,
        Instant expiresAt,
        Map<String, @Nullable Object> claims,
        Confirmation confirmation,
        Provenance provenance) {

    /** Copies the sets; the claims are taken as they are and must already be deeply immutable. */
    public AccessToken {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /** A token of whose sender nothing is proven. */
    public AccessToken(
            String issuer,
            Optional<String> subject,
            Optional<String> clientId,
            SubjectKind actor,
            Set<String> scopes,
            Set<String> roles,
            Instant expiresAt,
            Map<String, @Nullable Object> claims) {
        this(issuer, subject, clientId, actor, scopes, roles, expiresAt, claims, new Confirmation.None());
    }

    /** A token of unknown provenance. */
    public AccessToken(
            String issuer,
            Optional<String> subject,
            Optional<String> clientId,
            SubjectKind actor,
            Set<String> scopes,
            Set<String> roles,
            Instant expiresAt,
            Map<String, @Nullable Object> claims,
            Confirmation confirmation) {
        this(issuer, subject, clientId, actor, scopes, roles, expiresAt, claims, confirmation, Provenance.UNKNOWN);
    }

    /** The same token, whose sender has proven to be the one that it is bound to. */
    public AccessToken confirmedBy(Confirmation proven) {
        return new AccessToken(issuer, subject, clientId, actor, scopes, roles, expiresAt, claims, proven, provenance);
    }

    /** The same token, of which it is known where what it says comes from. */
    public AccessToken from(Provenance known) {
        return new AccessToken(issuer, subject, clientId, actor, scopes, roles, expiresAt, claims, confirmation, known);
    }

    /** Whether the token grants a scope, compared to the letter. */
    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /** Whether the token states a role, compared to the letter. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /**
     * Whether its bearer is in a role, as containers ask it: {@code *} is nobody's role, {@code **} is that of everybody who is
     * authenticated (Servlet 6.0 §13.3), and any other is one that the token states.
     */
    public boolean isInRole(String role) {
        return !role.equals("*") && (role.equals("**") || hasRole(role));
    }

    /** The scheme under which it was sent: {@code DPoP} with a proof of its key (RFC 9449 §7.1), {@code Bearer} otherwise. */
    public String scheme() {
        return confirmation.bindings().contains(Binding.DPOP) ? "DPoP" : "Bearer";
    }

    /** Its identifier, {@code jti}. */
    public Optional<String> tokenId() {
        return text("jti");
    }

    /** Whom the token is meant for, {@code aud}; empty where it does not say. */
    public List<String> audiences() {
        Object audience = claims.get("aud");
        if (audience instanceof String single) {
            return List.of(single);
        }
        return audience instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The text of a claim; empty where it is missing or is no text. */
    public Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Shows nothing of the token, so that it can't reach a log by accident. */
    @Override
    public String toString() {
        return "AccessToken[claims not shown]";
    }
}
