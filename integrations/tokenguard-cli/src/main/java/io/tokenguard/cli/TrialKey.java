package io.tokenguard.cli;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A new key that has signed a token again, so that everything but key and signature can be checked without a network. Exists
 * in this process only.
 *
 * @param signed the token with the new signature
 * @param setting the property that names a file with the key, without its prefix
 * @param content the content of that file
 */
record TrialKey(DecodedToken signed, String setting, String content) {
    static final String PUBLIC = "jwks-file";
    static final String SECRET = "hmac-secret-file";

    private static final int SECRET_BYTES = 64;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** A key pair for the token's own algorithm; empty if that is not one of those that the testkit has. */
    static Optional<TrialKey> of(DecodedToken token) {
        return Arrays.stream(TestAlgorithm.values())
                .filter(algorithm -> algorithm.joseName().equals(token.algorithm()))
                .filter(TestAlgorithm::isAvailable)
                .findFirst()
                .map(algorithm -> of(token, algorithm));
    }

    /** A key or secret for the token's algorithm, or for ES256 if no provider here has it. */
    static TrialKey ofAny(DecodedToken token) {
        return of(token)
                .orElseGet(() -> SignatureAlgorithm.named(token.algorithm())
                        .map(algorithm -> algorithm.isHmac() ? bySecret(token, algorithm) : byAnother(token))
                        .orElseGet(() -> unsigned(token)));
    }

    /** A key that has signed nothing. */
    static TrialKey unsigned(DecodedToken token) {
        return new TrialKey(token, PUBLIC, keySet(TestKey.generate(TestAlgorithm.ES256)));
    }

    /** Whether the token is of an algorithm that was replaced, because no provider here has it. */
    boolean isOfAnotherAlgorithm(DecodedToken token) {
        return !signed.algorithm().equals(token.algorithm());
    }

    private static TrialKey of(DecodedToken token, TestAlgorithm algorithm) {
        Object kid = token.header().orElse(Map.of()).get("kid");
        TestKey key = kid instanceof String name && !name.isEmpty()
                ? TestKey.generate(algorithm, name)
                : TestKey.generate(algorithm);
        return new TrialKey(
                signed(token, key.sign(algorithm, input(token).getBytes(StandardCharsets.US_ASCII))),
                PUBLIC,
                keySet(key));
    }

    private static TrialKey byAnother(DecodedToken token) {
        Map<String, @Nullable Object> header =
                new LinkedHashMap<>(token.header().orElse(Map.of()));
        header.put("alg", TestAlgorithm.ES256.joseName());
        String text = TEXT.encodeToString(JsonText.of(header).getBytes(StandardCharsets.UTF_8));
        return of(DecodedToken.of(text + "." + token.parts().get(1) + "."), TestAlgorithm.ES256);
    }

    private static TrialKey bySecret(DecodedToken token, SignatureAlgorithm algorithm) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = TEXT.encodeToString(random);
        try {
            String name = algorithm.name().replace("HS", "HmacSHA");
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), name));
            return new TrialKey(
                    signed(token, mac.doFinal(input(token).getBytes(StandardCharsets.US_ASCII))), SECRET, secret);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + algorithm, impossible);
        }
    }

    private static String input(DecodedToken token) {
        return token.parts().get(0) + "." + token.parts().get(1);
    }

    private static DecodedToken signed(DecodedToken token, byte[] signature) {
        return DecodedToken.of(input(token) + "." + TEXT.encodeToString(signature));
    }

    private static String keySet(TestKey key) {
        return "{\"keys\":[" + key.publicJwk() + "]}";
    }

    /** Does something with a file that has the key, and deletes it. */
    <T> T inFile(Function<Path, T> action) {
        Path file = written();
        try {
            return action.apply(file);
        } finally {
            delete(file);
        }
    }

    private Path written() {
        try {
            return Files.writeString(Files.createTempFile("tokenguard", ".key"), content);
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
        return "TrialKey[not shown]";
    }
}
