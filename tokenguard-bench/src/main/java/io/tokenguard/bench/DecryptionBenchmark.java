package io.tokenguard.bench;

import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.TokenDecrypter;
import io.tokenguard.testkit.TestEncryption;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Do all failures to decrypt a token take the same time? A sender could otherwise find out whether the key or the content was wrong
 * (RFC 7516 §11.5).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecryptionBenchmark {
    /** How the token is encrypted. */
    @Param({"RSA-OAEP-256 A256GCM", "RSA-OAEP-256 A128CBC-HS256", "ECDH-ES A256GCM", "ECDH-ES+A256KW A256GCM"})
    public String encryption;

    /** What is wrong with it. */
    @Param
    public Failure failure;

    private TokenDecrypter decrypter;
    private String token;

    /** What can be wrong with a token whose header and lengths are right. */
    public enum Failure {
        NONE(0),
        ENCRYPTED_FOR_ANOTHER_KEY(0),
        CHANGED_KEY(1),
        CHANGED_VECTOR(2),
        CHANGED_TEXT(3),
        CHANGED_TAG(4);

        private final int changedPart;

        Failure(int changedPart) {
            this.changedPart = changedPart;
        }
    }

    /** Makes the key and the token. */
    @Setup(Level.Trial)
    public void start() throws MalformedException {
        String[] names = encryption.split(" ", -1);
        TestEncryption own = TestEncryption.generate(names[0], names[1]);
        TestEncryption other = TestEncryption.generate(names[0], names[1]).header("kid", own.kid());
        decrypter = TokenDecrypter.read(own.privateJwk().getBytes(StandardCharsets.US_ASCII));
        String text = "x".repeat(1_000);
        token = failure == Failure.ENCRYPTED_FOR_ANOTHER_KEY ? other.encrypt(text) : changed(own.encrypt(text));
        if (decrypt().equals(text) != (failure == Failure.NONE)) {
            throw new IllegalStateException(failure + " was not found");
        }
    }

    /** Without an encrypted key, the next part is changed. */
    private String changed(String good) {
        if (failure == Failure.NONE) {
            return good;
        }
        String[] parts = good.split("\\.", -1);
        int part = parts[failure.changedPart].isEmpty() ? failure.changedPart + 1 : failure.changedPart;
        byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
        bytes[0] ^= 1;
        parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return String.join(".", parts);
    }

    /** One token. */
    @Benchmark
    public String decrypt() {
        try {
            return decrypter.decrypt(token);
        } catch (MalformedException failed) {
            return failed.getMessage();
        }
    }
}
