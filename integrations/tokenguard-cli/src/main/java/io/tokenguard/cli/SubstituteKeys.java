package io.tokenguard.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Replaces the issuers' keys by one that signs the token again, so that everything but key and signature can be checked
 * without a network.
 *
 * @param configuration the configuration
 * @param token the token
 */
record SubstituteKeys(Configuration configuration, DecodedToken token) {
    private static final List<String> REPLACED = List.of("jwks-uri", "jwks-file", "metadata-uri", "metadata-issuer");

    /**
     * Does something with the configuration and the token that is signed again.
     *
     * @return the result; empty if the token's algorithm is not one that can be used
     */
    <T> Optional<T> apply(BiFunction<Configuration, DecodedToken, T> action) {
        return TrialKey.of(token).map(key -> key.inFile(file -> action.apply(withKeysOf(file), key.signed())));
    }

    /** Does something with the configuration and a key that has signed nothing. */
    <T> T applyUnsigned(Function<Configuration, T> action) {
        return TrialKey.unsigned(token).inFile(file -> action.apply(withKeysOf(file)));
    }

    /** Whether the token is one that a configured secret can verify, so that no key is needed. */
    boolean isVerifiedBySecret() {
        return token.algorithm().startsWith("HS")
                && configuration.issuerPrefixes().stream().anyMatch(this::hasSecret);
    }

    private boolean hasSecret(String prefix) {
        return configuration.properties().containsKey(prefix + TrialKey.SECRET);
    }

    private Configuration withKeysOf(Path file) {
        Map<String, String> changed = new HashMap<>();
        configuration.issuerPrefixes().stream()
                .filter(prefix -> !hasSecret(prefix))
                .forEach(prefix -> changed.put(prefix + TrialKey.PUBLIC, file.toString()));
        return configuration
                .without(key -> REPLACED.stream().anyMatch(name -> key.endsWith("." + name))
                        || (key.contains(".jwks.") && !key.endsWith(".cache-ttl")))
                .with(changed);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "SubstituteKeys[not shown]";
    }
}
