package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A heap dump of the process holds no token that could be used. */
class HeapDumpTest {
    private static final int HIDDEN = 43;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES256", "ES512", "EDDSA"})
    void holdsTheTokenButForTheEndOfItsSignature(TestAlgorithm algorithm) throws IOException {
        try (TestIssuer issuer =
                        TestIssuer.builder().keys(TestKey.generate(algorithm)).start();
                TokenGuard guard = guarding(issuer).build()) {
            byte[] masked = use(guard, issuer);
            Path dump = folder.resolve("heap.hprof");
            DumpSearch.dump(dump);
            int end = masked.length - HIDDEN;
            assertThat(DumpSearch.occurs(masked, end - HIDDEN, end, dump))
                    .as("what is shown")
                    .isTrue();
            assertThat(DumpSearch.occurs(masked, end, masked.length, dump))
                    .as("the end")
                    .isFalse();
            assertThat(DumpSearch.occurs(masked, end, end + 16, dump))
                    .as("a part of the end")
                    .isFalse();
            assertThat(DumpSearch.occurs(masked, masked.length - 16, masked.length, dump))
                    .as("another part of the end")
                    .isFalse();
            Files.delete(dump);
        }
    }

    /** Uses a token several times and keeps of it only what cannot be found in a dump. */
    private static byte[] use(TokenGuard guard, TestIssuer issuer) {
        String token = issuer.token().sign();
        for (int i = 0; i < 3; i++) {
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
        }
        return DumpSearch.masked(token);
    }
}
