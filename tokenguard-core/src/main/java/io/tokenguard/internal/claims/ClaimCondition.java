package io.tokenguard.internal.claims;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a claim: it is present ({@code azp}), absent ({@code !nonce}), or has a value ({@code typ=Bearer}).
 *
 * @param claim the claim's name, or a JSON Pointer to a value in it (RFC 6901)
 * @param value the expected text, whole number or boolean; null if any value will do
 * @param isNegated whether the claim must be absent
 */
record ClaimCondition(String claim, @Nullable String value, boolean isNegated) {
    /** Claims in which servers state the kind of a token. */
    private static final Set<String> KIND_CLAIMS = Set.of(
            "typ", "token_use", "token_type", "token_usage", "tty", "purpose", "tokenName", "tokenType", "tok_type");

    private static final Set<String> ACCESS_TOKEN_KINDS = Set.of(
            "Bearer",
            "bearer",
            "DPoP",
            "access",
            "access_token",
            "access-token",
            "at",
            "AT",
            "at+jwt",
            "application/at+jwt");

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException if it names no claim or no value
     */
    static ClaimCondition of(String text) {
        boolean isNegated = text.startsWith("!");
        String statement = isNegated ? text.substring(1) : text;
        int equals = statement.indexOf('=');
        String claim = (equals < 0 ? statement : statement.substring(0, equals)).strip();
        String value = equals < 0 ? null : statement.substring(equals + 1).strip();
        if (claim.isEmpty() || (value != null && (value.isEmpty() || isNegated))) {
            throw new IllegalArgumentException(text);
        }
        return new ClaimCondition(claim, value, isNegated);
    }

    boolean holds(ClaimReader claims) {
        if (value == null) {
            return claims.has(claim) != isNegated;
        }
        return claims.hasValue(claim, Set.of(value));
    }

    String describe(ClaimReader claims) {
        if (!claims.has(claim)) {
            return "no " + claim;
        }
        Object found = claims.value(claim);
        boolean isShown =
                value != null && (found instanceof String || found instanceof Long || found instanceof Boolean);
        return isShown ? claim + "=" + found : claim;
    }

    /** Whether the value states that the token is an access token. No ID token has such a value. */
    boolean isProofOfKind() {
        return value != null && KIND_CLAIMS.contains(claim) && ACCESS_TOKEN_KINDS.contains(value);
    }

    /** RFC 7662 §2.2: every answer names the client in {@code client_id}, and has the scopes in {@code scope}. */
    boolean isOtherInAnswers() {
        return value == null && (claim.equals("client_id") || claim.equals("scp"));
    }

    @Override
    public String toString() {
        return (isNegated ? "!" : "") + claim + (value == null ? "" : "=" + value);
    }
}
