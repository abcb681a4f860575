package io.tokenguard.internal.claims;

import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The claims that revocations match, beside issuer and client. If one has another type, no revocation could match the token,
 * so the claim is malformed.
 */
public final class RevocationClaims {
    private static final List<String> IDENTIFIERS = List.of("jti", "sid", "sub");

    private RevocationClaims() {}

    /**
     * Requires each of them to be absent or of its type.
     *
     * @throws RefusedException if one is not
     */
    public static void require(ClaimReader claims) throws RefusedException {
        for (String name : IDENTIFIERS) {
            Optional<String> unused = claims.identifier(name);
        }
        OptionalLong unused = claims.numericDate("iat");
    }
}
