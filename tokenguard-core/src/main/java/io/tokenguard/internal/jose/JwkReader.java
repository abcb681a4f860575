package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads key sets (RFC 7517 §5). Of a key that breaks a rule, or is no public signature key, it keeps the key ID and the reason
 * only. A bad key does not affect the others.
 */
public final class JwkReader {
    static final int LONGEST_KEY_ID = 256;
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

    private static final String LEAKED = "private key published";

    private JwkReader() {}

    /**
     * Reads a set. Takes time in proportion to the size of the text and, for each key, a bounded time for its checks.
     *
     * @param document the JSON text of the set
     * @param mostKeys the greatest number of entries
     * @return its keys, usable or not, in their order
     * @throws MalformedException if it is no key set, or too large
     */
    public static List<PublishedKey> readSet(byte[] document, int mostKeys) throws MalformedException {
        return readMembers(
                JsonReader.readObject(document, JsonLimits.DOCUMENT.withItems(mostKeys))
                        .get("keys"),
                mostKeys);
    }

    static List<PublishedKey> readMembers(@Nullable Object keys, int mostKeys) throws MalformedException {
        if (!(keys instanceof List<?> members)) {
            throw MalformedException.syntax("JWK set without keys");
        }
        if (members.size() > mostKeys) {
            throw MalformedException.limit("JWK set with too many keys");
        }
        List<Map<?, ?>> jwks = new ArrayList<>();
        for (Object member : members) {
            if (member instanceof Map<?, ?> jwk) {
                jwks.add(jwk);
            }
        }
        Set<PublicKey> leaked = leakedKeys(jwks);
        return jwks.stream()
                .map(jwk -> readKey(jwk, leaked)
                        .orElseGet(() -> PublishedKey.idle(nameOf(jwk), "kty is not used here, or kid is no text")))
                .toList();
    }

    private static String nameOf(Map<?, ?> jwk) {
        return jwk.get("kid") instanceof String name && name.length() <= LONGEST_KEY_ID ? name : "";
    }

    /**
     * Reads a public key from a proof's header (RFC 7515 §4.1.3), by the rules for published keys.
     *
     * @param jwk the key's members
     * @return the key; rejected if it breaks a rule, or is of a type that verifies nothing here
     */
    public static PublishedKey readKey(Map<?, ?> jwk) {
        return readKey(jwk, Set.of()).orElseGet(() -> PublishedKey.refused("", "key of another kind"));
    }

    /** Keys whose private part is in the set: anyone can sign with them, even if the set also contains them without it. */
    private static Set<PublicKey> leakedKeys(List<Map<?, ?>> jwks) {
        return jwks.stream()
                .filter(JwkReader::showsPrivateHalf)
                .flatMap(jwk -> Stream.ofNullable(build(jwk, JwkMembers.publicMembersOf(jwk.get("kty")))))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean showsPrivateHalf(Map<?, ?> jwk) {
        return PRIVATE_MEMBERS.stream().anyMatch(jwk::containsKey);
    }

    /** A key; empty if its type could never verify a token here. */
    private static Optional<PublishedKey> readKey(Map<?, ?> jwk, Set<PublicKey> leaked) {
        Set<String> members = JwkMembers.publicMembersOf(jwk.get("kty"));
        Object keyId = jwk.containsKey("kid") ? jwk.get("kid") : "";
        boolean isCertificateOnly = JwkMembers.isCertificateOnly(jwk);
        if ((members.isEmpty() && !isCertificateOnly) || !(keyId instanceof String name)) {
            return Optional.empty();
        }
        if (name.length() > LONGEST_KEY_ID) {
            return Optional.empty();
        }
        if (showsPrivateHalf(jwk)) {
            return Optional.of(PublishedKey.refused(name, LEAKED));
        }
        PublicKey key = isCertificateOnly ? JwkMembers.certifiedKey(jwk) : build(jwk, members);
        return Optional.of(readPublicKey(name, jwk, key, leaked));
    }

    private static PublishedKey readPublicKey(
            String name, Map<?, ?> jwk, @Nullable PublicKey key, Set<PublicKey> leaked) {
        if (key == null) {
            return PublishedKey.refused(
                    name, JwkMembers.unusedKindOf(jwk).orElse("public members missing or malformed"));
        }
        if (leaked.contains(key)) {
            return PublishedKey.refused(name, LEAKED);
        }
        Optional<String> flaw = KeyRules.flawOf(key).or(() -> JwkMembers.certificateFlawOf(jwk.get("x5c"), key));
        return flaw.map(rule -> PublishedKey.refused(name, rule)).orElseGet(() -> verifying(name, jwk, key));
    }

    private static PublishedKey verifying(String name, Map<?, ?> jwk, PublicKey key) {
        Set<SignatureAlgorithm> algorithms = algorithmsOf(jwk, key);
        PublishedKey published = algorithms.isEmpty()
                ? PublishedKey.idle(
                        name,
                        isForVerification(jwk) ? "alg is not used here, or is not of the key" : "not for signatures")
                : PublishedKey.usable(name, key, algorithms);
        return published.certifiedBy(CertificateThumbprints.of(jwk));
    }

    private static boolean isForVerification(Map<?, ?> jwk) {
        boolean isForSignatures = !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
        boolean mayVerify = !jwk.containsKey("key_ops")
                || (jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"));
        return isForSignatures && mayVerify;
    }

    private static @Nullable PublicKey build(Map<?, ?> jwk, Set<String> members) {
        Map<String, Object> parameters = new HashMap<>();
        for (String member : members) {
            if (!(jwk.get(member) instanceof String text)) {
                return null;
            }
            parameters.put(member, text);
        }
        try {
            if (!JwkMembers.areWellFormed(parameters)) {
                return null;
            }
            if ("AKP".equals(jwk.get("kty"))) {
                return MlDsaKeys.read(parameters);
            }
            if ("secp256k1".equals(jwk.get("crv"))) {
                return Secp256k1PublicKey.read(parameters);
            }
            if ("OKP".equals(jwk.get("kty")) && PlatformProvider.forKeys("OKP") == null) {
                return EdwardsPublicKey.read(parameters);
            }
            return PublicJsonWebKey.Factory.newPublicJwk(parameters, PlatformProvider.forKeys(jwk.get("kty")))
                    .getPublicKey();
        } catch (JoseException | MalformedException | RuntimeException malformed) {
            // Both exceptions contain the key's text in their message: they are neither logged nor wrapped.
            return null;
        }
    }

    private static Set<SignatureAlgorithm> algorithmsOf(Map<?, ?> jwk, PublicKey key) {
        if (!isForVerification(jwk)) {
            return Set.of();
        }
        Set<SignatureAlgorithm> possible = KeyRules.algorithmsFor(key);
        if (!jwk.containsKey("alg")) {
            return possible;
        }
        return jwk.get("alg") instanceof String name
                ? SignatureAlgorithm.named(name)
                        .filter(possible::contains)
                        .map(Set::of)
                        .orElse(Set.of())
                : Set.of();
    }
}
