package io.tokenguard.attacks;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The keys of all benches, made once: RSA keys take their time. */
final class AttackKeys {
    private static final Map<TestAlgorithm, TestKey> ISSUER = make("issuer-");
    private static final Map<TestAlgorithm, TestKey> ATTACKER = make("attacker-");

    private AttackKeys() {}

    /** The issuer's key for an algorithm. Ed25519 has one key under both of its names. */
    static TestKey issuer(TestAlgorithm algorithm) {
        return get(ISSUER, algorithm);
    }

    /** A key that the issuer has never seen. */
    static TestKey attacker(TestAlgorithm algorithm) {
        return get(ATTACKER, algorithm);
    }

    /** The issuer's keys; ES256, which is quick, comes first and so becomes the current one. */
    static TestKey[] ofIssuer() {
        return withQuickestFirst(ISSUER);
    }

    static TestKey[] ofAttacker() {
        return withQuickestFirst(ATTACKER);
    }

    private static TestKey[] withQuickestFirst(Map<TestAlgorithm, TestKey> keys) {
        return keys.entrySet().stream()
                .sorted((one, other) ->
                        Boolean.compare(other.getKey() == TestAlgorithm.ES256, one.getKey() == TestAlgorithm.ES256))
                .map(Map.Entry::getValue)
                .toArray(TestKey[]::new);
    }

    private static TestKey get(Map<TestAlgorithm, TestKey> keys, TestAlgorithm algorithm) {
        TestKey key = keys.get(algorithm == TestAlgorithm.ED25519 ? TestAlgorithm.EDDSA : algorithm);
        if (key == null) {
            throw new IllegalStateException("No key for " + algorithm);
        }
        return key;
    }

    private static Map<TestAlgorithm, TestKey> make(String prefix) {
        Map<TestAlgorithm, TestKey> keys = new EnumMap<>(TestAlgorithm.class);
        TestAlgorithm.defaults().stream()
                .filter(algorithm -> algorithm != TestAlgorithm.ED25519)
                .forEach(algorithm -> keys.put(algorithm, make(prefix, algorithm, keys)));
        return keys;
    }

    /** One RSA key does for the three hashes of an algorithm: what keeps them apart is {@code alg}. */
    private static TestKey make(String prefix, TestAlgorithm algorithm, Map<TestAlgorithm, TestKey> made) {
        String name = algorithm.joseName();
        String family = name.replaceFirst("\\d+$", "256");
        return name.startsWith("E") || name.equals(family)
                ? TestKey.generate(algorithm, prefix + name)
                : TestKey.fromPrivateJwk(Objects.requireNonNull(made.get(TestAlgorithm.valueOf(family)))
                        .withKid(prefix + name)
                        .privateJwk()
                        .replace("\"alg\":\"" + family + "\"", "\"alg\":\"" + name + "\""));
    }
}
