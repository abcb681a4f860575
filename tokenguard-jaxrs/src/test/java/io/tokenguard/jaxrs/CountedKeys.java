package io.tokenguard.jaxrs;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One key, which is asked for once for each time that a token is judged. */
final class CountedKeys implements KeySource {
    private final VerificationKey key;
    private final AtomicInteger count = new AtomicInteger();

    CountedKeys(TestKey key) {
        this.key = new VerificationKey(key.kid(), SignatureAlgorithm.RS256, key.publicKey());
    }

    @Override
    public VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) {
        count.incrementAndGet();
        return key;
    }

    int count() {
        return count.get();
    }
}
