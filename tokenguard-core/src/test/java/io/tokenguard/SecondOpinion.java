package io.tokenguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.JwksDecryptionKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** What jose4j says about a token, with the keys and the settings of a guard. */
final class SecondOpinion {
    private static final int MOST_SETS = 100;

    /** Most attacks have the same key set, and jose4j takes longer to read it than to verify a token. */
    private static final Map<String, List<JsonWebKey>> READ = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<JsonWebKey>> eldest) {
            return size() > MOST_SETS;
        }
    });

    private static final String[] DEFAULTS = {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"
    };
    private static final String PREFIX = "tokenguard.";
    private static final int DAY_MINUTES = 24 * 60;

    private final Map<String, String> properties;
    private final Function<String, String> keySets;

    /**
     * An opinion.
     *
     * @param properties the guard's properties
     * @param keySets the key set that an issuer publishes now
     */
    SecondOpinion(Map<String, String> properties, Function<String, String> keySets) {
        this.properties = properties;
        this.keySets = keySets;
    }

    /** Whether the token is accepted as one of a trusted issuer. */
    boolean accepts(String token, Instant now) {
        return properties.keySet().stream()
                .filter(key -> key.endsWith("issuer-uri"))
                .map(key -> key.substring(0, key.length() - "issuer-uri".length()))
                .anyMatch(prefix -> accepts(prefix, token, now));
    }

    private Optional<String> setting(String prefix, String key) {
        return Optional.ofNullable(properties.getOrDefault(prefix + key, properties.get(PREFIX + key)));
    }

    private boolean accepts(String prefix, String token, Instant now) {
        try {
            return consumer(prefix, now).process(token).getJwtClaims() != null;
        } catch (InvalidJwtException | JoseException | RuntimeException refused) {
            return false;
        }
    }

    private JwtConsumer consumer(String prefix, Instant now) throws JoseException {
        String issuer = setting(prefix, "issuer-uri").orElseThrow();
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                .setAllowedClockSkewInSeconds(setting(prefix, "clock-skew").isPresent() ? 0 : 30)
                .setRequireExpirationTime()
                .setMaxFutureValidityInMinutes(DAY_MINUTES
                        * setting(prefix, "max-token-lifetime")
                                .map(SecondOpinion::days)
                                .orElse(1))
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, list(setting(prefix, "audiences").orElseThrow()))
                .setVerificationKeyResolver(keys(prefix, issuer))
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT,
                        setting(prefix, "algorithms").map(SecondOpinion::list).orElse(defaults(prefix)));
        setting(prefix, "max-token-age").ifPresent(age -> builder.setIssuedAtRestrictions(30, 90));
        boolean isStandard = setting(prefix, "dialect").orElse("rfc9068").equals("rfc9068");
        if (isStandard) {
            builder.setRequireIssuedAt().setRequireSubject().setRequireJwtId();
        }
        if (isStandard && setting(prefix, "token-types").isEmpty()) {
            builder.setExpectedType(true, "at+jwt");
        }
        setting(prefix, "decryption-key-file").ifPresent(file -> decrypting(builder, Path.of(file)));
        return builder.build();
    }

    private String[] defaults(String prefix) {
        return setting(prefix, "hmac-secret-file").isPresent() ? new String[] {"HS256", "HS384", "HS512"} : DEFAULTS;
    }

    private static int days(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf('d')));
    }

    private static String[] list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).toArray(String[]::new);
    }

    private VerificationKeyResolver keys(String prefix, String issuer) throws JoseException {
        Optional<String> secret = setting(prefix, "hmac-secret-file");
        if (secret.isPresent()) {
            Key key = new HmacKey(text(Path.of(secret.get())).strip().getBytes(StandardCharsets.UTF_8));
            return (jws, nesting) -> key;
        }
        List<JsonWebKey> keys = read(keySets.apply(issuer));
        VerificationKeyResolver found = new JwksVerificationKeyResolver(keys);
        return (jws, nesting) -> {
            Key key = found.resolveKey(jws, nesting);
            if (key instanceof SecretKey) {
                throw new UnresolvableKeyException("a secret from the network");
            }
            return key;
        };
    }

    private static List<JsonWebKey> read(String set) throws JoseException {
        List<JsonWebKey> known = READ.get(set);
        if (known == null) {
            known = List.copyOf(new JsonWebKeySet(set).getJsonWebKeys());
            READ.put(set, known);
        }
        return known;
    }

    private static void decrypting(JwtConsumerBuilder builder, Path file) {
        try {
            builder.setDecryptionKeyResolver(new JwksDecryptionKeyResolver(read(text(file))))
                    .setJweAlgorithmConstraints(new AlgorithmConstraints(
                            ConstraintType.PERMIT, "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"))
                    .setJweContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(
                            ConstraintType.PERMIT, "A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512"));
        } catch (JoseException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
