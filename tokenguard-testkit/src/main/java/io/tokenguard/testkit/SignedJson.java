package io.tokenguard.testkit;

import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Verifies what clients sign: request objects and DPoP proofs. */
final class SignedJson {
    /** What clients may sign with. */
    static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA");

    private static final AlgorithmConstraints ALLOWED =
            new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new));

    private SignedJson() {}

    /** A verified payload, and the key in the header if there is one. */
    record Verified(Map<String, @Nullable Object> claims, Optional<PublicJsonWebKey> key) {}

    /** The payload, if it is signed with this key by the algorithm that the key is for. */
    static Optional<Map<String, @Nullable Object>> verify(
            String compact, Key key, String algorithm, Predicate<@Nullable String> type) {
        return verify(compact, type, jws -> algorithm.equals(jws.getAlgorithmHeaderValue()) ? key : null)
                .map(Verified::claims);
    }

    /** The payload, if it is signed with the key in its header, which has no private member. */
    static Optional<Verified> verifyByOwnKey(String compact, Predicate<@Nullable String> type) {
        return verify(compact, type, jws -> publicKey(jws.getJwkHeader()))
                .filter(verified -> verified.key().isPresent());
    }

    private interface KeyChoice {
        @Nullable
        Key of(JsonWebSignature jws) throws JoseException;
    }

    /** The library has unchecked exceptions for some malformed texts. */
    private static Optional<Verified> verify(String compact, Predicate<@Nullable String> type, KeyChoice keys) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(ALLOWED);
            jws.setCompactSerialization(compact);
            Key key = keys.of(jws);
            jws.setKey(key);
            if (key == null || !type.test(jws.getHeader("typ")) || !jws.verifySignature()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Verified(JsonUtil.parseJson(jws.getPayload()), Optional.ofNullable(jws.getJwkHeader())));
        } catch (JoseException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static @Nullable Key publicKey(@Nullable PublicJsonWebKey jwk) {
        return jwk == null || jwk.getPrivateKey() != null ? null : jwk.getPublicKey();
    }
}
