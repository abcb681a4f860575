package io.tokenguard.internal.jose;

import io.tokenguard.testkit.TestEncryption;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jose4j.lang.JoseException;

/**
 * Prints how long tokens take that can't be decrypted, in units of one whose tag was changed. A sender could otherwise find out
 * whether the key or the content was wrong (RFC 7516 §11.5).
 */
final class DecryptionTimes {
    private static final int ROUNDS = 300;
    private static final long ROUND_NANOS = 4_000_000;
    private static final int TOKENS = 32;
    private static final String TEXT = "x".repeat(1_000);
    private static final String REFERENCE = "changed tag";

    private final AlternatingTimes times = new AlternatingTimes(ROUNDS, ROUND_NANOS);
    private final TestEncryption own;
    private final TokenDecrypter decrypter;

    private DecryptionTimes(TestEncryption own) throws MalformedException {
        this.own = own;
        this.decrypter = TokenDecrypter.read(own.privateJwk().getBytes(StandardCharsets.US_ASCII));
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("Java " + Runtime.version().feature());
        for (String[] names : List.of(
                new String[] {"RSA-OAEP-256", "A256GCM"},
                new String[] {"RSA-OAEP-256", "A128CBC-HS256"},
                new String[] {"ECDH-ES", "A256GCM"},
                new String[] {"ECDH-ES+A256KW", "A256GCM"})) {
            new DecryptionTimes(TestEncryption.generate(names[0], names[1])).print(names);
        }
    }

    private void print(String[] names) throws MalformedException {
        TestEncryption other = TestEncryption.generate(names[0], names[1]).header("kid", own.kid());
        add("decrypted", () -> own.encrypt(TEXT));
        add("for another key", () -> other.encrypt(TEXT));
        add("unknown kid", () -> own.header("kid", "unknown").encrypt(TEXT));
        if (!names[0].equals("ECDH-ES")) {
            add("changed encrypted key", () -> changed(own.encrypt(TEXT), 1));
        }
        add("changed vector", () -> changed(own.encrypt(TEXT), 2));
        add("changed ciphertext", () -> changed(own.encrypt(TEXT), 3));
        add(REFERENCE, () -> changed(own.encrypt(TEXT), 4));
        if (names[0].startsWith("RSA")) {
            add("encrypted key above the modulus", () -> aboveModulus(own.encrypt(TEXT)));
        }
        if (names[0].startsWith("RSA") && names[1].equals("A128CBC-HS256")) {
            add("bad padding", this::badlyPadded);
        }
        times.measure();
        double reference = times.quantile(REFERENCE, 0.5);
        for (String name : times.names()) {
            System.out.printf(
                    "%s %s | %s | %.3f (%.3f to %.3f) | %.1f us%n",
                    names[0],
                    names[1],
                    name,
                    times.quantile(name, 0.5) / reference,
                    times.quantile(name, 0.25) / reference,
                    times.quantile(name, 0.75) / reference,
                    times.quantile(name, 0.5));
        }
    }

    private void add(String name, Supplier<String> token) {
        boolean isGood = name.equals("decrypted");
        List<String> tokens = Stream.generate(token).limit(TOKENS).toList();
        times.add(name, new BooleanSupplier() {
            private int next;

            @Override
            public boolean getAsBoolean() {
                next = (next + 1) % TOKENS;
                return isDecrypted(tokens.get(next)) == isGood;
            }
        });
    }

    private boolean isDecrypted(String token) {
        try {
            return decrypter.decrypt(token).equals(TEXT);
        } catch (MalformedException failed) {
            return false;
        }
    }

    private String badlyPadded() {
        try {
            return BadPadding.forKey(own);
        } catch (GeneralSecurityException | JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String changed(String good, int part) {
        return changed(good, part, bytes -> bytes[bytes.length - 1] ^= 1);
    }

    private static String aboveModulus(String good) {
        return changed(good, 1, bytes -> Arrays.fill(bytes, (byte) -1));
    }

    private static String changed(String good, int part, Consumer<byte[]> change) {
        String[] parts = good.split("\\.", -1);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
        change.accept(bytes);
        parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return String.join(".", parts);
    }
}
