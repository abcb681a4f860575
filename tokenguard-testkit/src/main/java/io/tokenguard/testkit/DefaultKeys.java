package io.tokenguard.testkit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The keys of issuers that were set up without any: one {@code RS256} and one {@code ES256} key. Making an RSA key takes a
 * noticeable fraction of a second, so the RSA keys of closed issuers are used again. Two open issuers never share a key, and
 * the next {@value #RESTING} issuers do not get the key of one that was just closed. Thread-safe.
 */
final class DefaultKeys {
    private static final int RESTING = 8;

    /** Shared by all issuers of this process. */
    static final DefaultKeys OF_PROCESS = new DefaultKeys();

    private final Queue<TestKey> resting = new ArrayDeque<>();

    private DefaultKeys() {}

    List<TestKey> take() {
        return List.of(takeRsaKey(), TestKey.generate(TestAlgorithm.ES256));
    }

    private TestKey takeRsaKey() {
        synchronized (resting) {
            if (resting.size() > RESTING) {
                return resting.remove();
            }
        }
        return TestKey.generate(TestAlgorithm.RS256);
    }

    void giveBack(List<TestKey> taken) {
        synchronized (resting) {
            taken.stream().filter(key -> key.algorithm() == TestAlgorithm.RS256).forEach(resting::add);
        }
    }
}
