package io.tokenguard.cli;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the issuers' keys by one that signs the token again, so that everything but key and signature can be checked
 * without a network. The new signature exists in this process only.
 *
 * @param configuration the configuration
 * @param token the token
 */
record SubstituteKeys(Configuration configuration, DecodedToken token) {
    private static final List<String> REPLACED = List.of("jwks-uri", "jwks-file", "metadata-uri", "metadata-issuer");
    private static final String SECRET = "hmac-secret-file";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /**
     * Does something with the configuration and the token that is signed again.
     *
     * @return the result; empty if the token's algorithm is not one that can be used
     */
    <T> Optional<T> apply(BiFunction<Configuration, DecodedToken, T> action) {
        return key().map(key -> with(key, keyed -> action.apply(keyed, signedBy(key))));
    }

    /** Does something with the configuration and a key that has signed nothing. */
    <T> T applyUnsigned(Function<Configuration, T> action) {
        return with(TestKey.generate(TestAlgorithm.ES256), action);
    }

    /** Whether the token is one that a configured secret can verify, so that no key is needed. */
    boolean isVerifiedBySecret() {
        return String.valueOf(token.header().orElse(Map.of()).get("alg")).startsWith("HS")
                && configuration.issuerPrefixes().stream().anyMatch(this::hasSecret);
    }

    private boolean hasSecret(String prefix) {
        return configuration.properties().containsKey(prefix + SECRET);
    }

    private <T> T with(TestKey key, Function<Configuration, T> action) {
        Path file = fileOf(key);
        try {
            return action.apply(withKeysOf(file));
        } finally {
            delete(file);
        }
    }

    private Optional<TestKey> key() {
        Map<String, @Nullable Object> header = token.header().orElse(Map.of());
        return Arrays.stream(TestAlgorithm.values())
                .filter(algorithm -> algorithm.joseName().equals(header.get("alg")))
                .filter(TestAlgorithm::isAvailable)
                .findFirst()
                .map(algorithm -> header.get("kid") instanceof String kid && !kid.isEmpty()
                        ? TestKey.generate(algorithm, kid)
                        : TestKey.generate(algorithm));
    }

    private DecodedToken signedBy(TestKey key) {
        String signed = token.parts().get(0) + "." + token.parts().get(1);
        byte[] signature = key.sign(key.algorithm(), signed.getBytes(StandardCharsets.US_ASCII));
        return DecodedToken.of(signed + "." + TEXT.encodeToString(signature));
    }

    private Configuration withKeysOf(Path file) {
        Map<String, String> changed = new HashMap<>();
        configuration.issuerPrefixes().stream()
                .filter(prefix -> !hasSecret(prefix))
                .forEach(prefix -> changed.put(prefix + "jwks-file", file.toString()));
        return configuration
                .without(key -> REPLACED.stream().anyMatch(name -> key.endsWith("." + name))
                        || (key.contains(".jwks.") && !key.endsWith(".cache-ttl")))
                .with(changed);
    }

    private static Path fileOf(TestKey key) {
        try {
            Path file = Files.createTempFile("tokenguard", ".jwks");
            return Files.writeString(file, "{\"keys\":[" + key.publicJwk() + "]}");
        } catch (IOException unwritable) {
            throw new UsageException(
                    "The folder for temporary files is not writable: pass -Djava.io.tmpdir=FOLDER to java");
        }
    }

    private static void delete(Path file) {
        try {
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException undeletable) {
            file.toFile().deleteOnExit();
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "SubstituteKeys[not shown]";
    }
}
