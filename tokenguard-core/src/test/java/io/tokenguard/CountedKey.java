package io.tokenguard;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A key source with one RS256 key, which counts how often a signature is verified with it, and which can be withdrawn. */
final class CountedKey implements KeySource {
    private final TestKey key;
    private final AtomicInteger verifications = new AtomicInteger();
    private final AtomicBoolean isNew = new AtomicBoolean();
    private Optional<VerificationKey> published;

    CountedKey(TestKey key) {
        this.key = key;
        publish(key.kid());
    }

    /** Publishes the key, as another object each time, as every load of a key set does. */
    void publish(String keyId) {
        published = Optional.of(new VerificationKey(
                keyId, SignatureAlgorithm.RS256, new Counted((RSAPublicKey) key.publicKey(), this::count)));
    }

    void publishInstead(TestKey other) {
        published = Optional.of(new VerificationKey(
                key.kid(), SignatureAlgorithm.RS256, new Counted((RSAPublicKey) other.publicKey(), this::count)));
    }

    void withdraw() {
        published = Optional.empty();
    }

    /** Whoever verifies reads the modulus, once or more. */
    private void count() {
        if (isNew.getAndSet(false)) {
            verifications.incrementAndGet();
        }
    }

    int verifications() {
        return verifications.get();
    }

    @Override
    public VerificationKey find(String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        isNew.set(true);
        return published.orElseThrow(() -> new RefusedException(RefusalReason.KEY_UNKNOWN));
    }

    /** No provider knows this class: each has to read it for each verification. */
    private record Counted(RSAPublicKey key, Runnable reading) implements RSAPublicKey {
        @Override
        public BigInteger getPublicExponent() {
            return key.getPublicExponent();
        }

        @Override
        public String getAlgorithm() {
            return key.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return key.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return key.getEncoded();
        }

        @Override
        public BigInteger getModulus() {
            reading.run();
            return key.getModulus();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Counted counted && key.equals(counted.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }
}
