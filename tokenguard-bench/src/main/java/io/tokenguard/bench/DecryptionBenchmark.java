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
    private static final int ENCRYPTED_KEY = 1;

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
        NONE,
        ENCRYPTED_FOR_ANOTHER_KEY,
        CHANGED_KEY,
        CHANGED_VECTOR,
        CHANGED_TEXT,
        CHANGED_TAG
    }

    /** Makes the key and the token. */
    @Setup(Level.Trial)
    public void start() throws MalformedException {
        String[] names = encryption.split(" ");
        TestEncryption own = TestEncryption.generate(names[0], names[1]);
        TestEncryption other = TestEncryption.generate(names[0], names[1]).header("kid", own.kid());
        decrypter = TokenDecrypter.read(own.privateJwk().getBytes(StandardCharsets.US_ASCII));
        String text = "x".repeat(1_000);
        token = failure == Failure.ENCRYPTED_FOR_ANOTHER_KEY ? other.encrypt(text) : changed(own.encrypt(text));
        if (decrypt().equals(text) != (failure == Failure.NONE)) {
            throw new IllegalStateException(failure + " was not found");
        }
    }

    /** The parts of a token follow one another as the constants do. Without an encrypted key, the next part is changed. */
    private String changed(String good) {
        if (failure == Failure.NONE) {
            return good;
        }
        String[] parts = good.split("\\.", -1);
        int part = failure.ordinal() - Failure.CHANGED_KEY.ordinal() + ENCRYPTED_KEY;
        part = parts[part].isEmpty() ? part + 1 : part;
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
