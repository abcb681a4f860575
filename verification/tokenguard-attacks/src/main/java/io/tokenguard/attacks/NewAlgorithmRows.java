package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Stages E and G for algorithms that have to be named: Ed448, ES256K and ML-DSA, as far as this process can make keys for them. */
final class NewAlgorithmRows {
    private static final Map<NewAlgorithm, KeyPair> ISSUER = generate();
    private static final Map<NewAlgorithm, KeyPair> ATTACKER = generate();

    private NewAlgorithmRows() {}

    static List<AttackRow> rows() {
        return List.of(e32(), g11());
    }

    private static Map<NewAlgorithm, KeyPair> generate() {
        Map<NewAlgorithm, KeyPair> keys = new EnumMap<>(NewAlgorithm.class);
        NewAlgorithm.available().forEach(algorithm -> keys.put(algorithm, algorithm.generate()));
        return keys;
    }

    private static KeyPair pair(Map<NewAlgorithm, KeyPair> keys, NewAlgorithm algorithm) {
        return Objects.requireNonNull(keys.get(algorithm));
    }

    /** Publishes all keys before the first token, so that all attacks can share a guard. */
    private static void publish(AttackBench bench) {
        if (!bench.issuer().jwksJson().contains(NewAlgorithm.ED448.name())) {
            ISSUER.forEach((algorithm, pair) -> {
                Map<String, Object> members = algorithm.members(pair);
                members.put("kid", algorithm.name());
                bench.issuer().publishJwk(TestJson.write(members));
            });
        }
    }

    /** A token under a name, with the signature of the issuer's key. */
    private static CompactToken signed(AttackBench bench, NewAlgorithm key, String name) {
        return signed(bench, key, name, ISSUER);
    }

    private static CompactToken signed(
            AttackBench bench, NewAlgorithm key, String name, Map<NewAlgorithm, KeyPair> signers) {
        publish(bench);
        CompactToken token =
                CompactToken.parse(bench.token().header("kid", key.name()).unsigned(name));
        return token.withSignature(key.sign(pair(signers, key), token.signingInput()));
    }

    private static AttackRow e32() {
        AttackRow.Builder row = row(
                        "E32",
                        "A key of a new algorithm serves only that algorithm",
                        "RFC 8725 §3.1, RFC 9864 §2, RFC 9964 §3",
                        invalidToken("KEY_UNUSABLE"))
                .under(GuardProfile.NEW_ALGORITHMS);
        for (NewAlgorithm key : NewAlgorithm.available()) {
            for (String name : otherNames(key)) {
                row.token(
                        key.joseName() + " key as " + name,
                        bench -> signed(bench, key, name).compact());
            }
            row.token("ES256 key as " + key.joseName(), bench -> {
                publish(bench);
                return bench.token(TestAlgorithm.ES256)
                        .header("alg", key.joseName())
                        .sign();
            });
        }
        row.expecting(invalidToken("ALGORITHM_NOT_ALLOWED"));
        for (NewAlgorithm key : NewAlgorithm.available()) {
            row.token("public " + key.joseName() + " key as a secret", bench -> {
                signed(bench, key, key.joseName());
                return bench.token()
                        .header("kid", key.name())
                        .signWith(pair(ISSUER, key).getPublic().getEncoded(), "HS256");
            });
        }
        return row.build();
    }

    private static List<String> otherNames(NewAlgorithm key) {
        List<String> names = new ArrayList<>(List.of("ES256", "EdDSA", "Ed25519", "RS256"));
        NewAlgorithm.available().stream()
                .filter(other -> other != key)
                .map(NewAlgorithm::joseName)
                .forEach(names::add);
        return names;
    }

    private static AttackRow g11() {
        AttackRow.Builder row = row(
                        "G11",
                        "A signature of a new algorithm is exact, and of this token",
                        "RFC 8032 §5.2.7, RFC 8812 §3.2, FIPS 204 §5.3",
                        invalidToken("SIGNATURE_INVALID"))
                .under(GuardProfile.NEW_ALGORITHMS);
        NewAlgorithm.available().forEach(algorithm -> forge(row, algorithm));
        row.expecting(invalidToken("TOKEN_MALFORMED"));
        NewAlgorithm.available()
                .forEach(algorithm -> row.token(
                        "no signature, " + algorithm.joseName(),
                        bench -> good(bench, algorithm).withSignature("").compact()));
        row.expecting(pass());
        NewAlgorithm.available()
                .forEach(algorithm -> row.token(
                        "good, " + algorithm.joseName(),
                        bench -> good(bench, algorithm).compact()));
        return row.build();
    }

    private static CompactToken good(AttackBench bench, NewAlgorithm algorithm) {
        return signed(bench, algorithm, algorithm.joseName());
    }

    private static void forge(AttackRow.Builder row, NewAlgorithm algorithm) {
        String name = ", " + algorithm.joseName();
        row.token("first bit" + name, bench -> good(bench, algorithm).flipBit(0).compact());
        row.token("middle bit" + name, bench -> flipped(good(bench, algorithm), 2));
        row.token("last bit" + name, bench -> flipped(good(bench, algorithm), 1));
        row.token("one octet less" + name, bench -> resized(good(bench, algorithm), -1));
        row.token("one octet more" + name, bench -> resized(good(bench, algorithm), 1));
        row.token("zeros" + name, bench -> {
            CompactToken token = good(bench, algorithm);
            return token.withSignature(new byte[token.signatureBytes().length]).compact();
        });
        row.token(
                "of another token" + name,
                bench -> good(bench, algorithm)
                        .withSignature(good(bench, algorithm).signature())
                        .compact());
        row.token(
                "made by another key" + name,
                bench ->
                        signed(bench, algorithm, algorithm.joseName(), ATTACKER).compact());
    }

    /** With the last bit of a part of the signature inverted. */
    private static String flipped(CompactToken token, int part) {
        return token.flipBit(token.signatureBytes().length * Byte.SIZE / part - 1)
                .compact();
    }

    private static String resized(CompactToken token, int octets) {
        byte[] signature = token.signatureBytes();
        return token.withSignature(Arrays.copyOf(signature, signature.length + octets))
                .compact();
    }
}
