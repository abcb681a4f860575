package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A heap dump of the process holds no token that could be used. */
class HeapDumpTest {
    private static final int HIDDEN = 43;
    private static final byte MASK = 0x55;

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
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
            int end = masked.length - HIDDEN;
            assertThat(occurs(masked, end - HIDDEN, end, dump))
                    .as("what is shown")
                    .isTrue();
            assertThat(occurs(masked, end, masked.length, dump)).as("the end").isFalse();
            assertThat(occurs(masked, end, end + 16, dump))
                    .as("a part of the end")
                    .isFalse();
            assertThat(occurs(masked, masked.length - 16, masked.length, dump))
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
        byte[] masked = token.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK;
        }
        return masked;
    }

    /** Texts of ASCII lie in a dump as they are, a byte for a character. */
    private static boolean occurs(byte[] masked, int from, int to, Path dump) throws IOException {
        byte[] wanted = Arrays.copyOfRange(masked, from, to);
        int[] border = borders(wanted);
        int matched = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(dump), 1 << 20)) {
            byte[] block = new byte[1 << 20];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                for (int i = 0; i < read; i++) {
                    byte next = (byte) (block[i] ^ MASK);
                    while (matched > 0 && wanted[matched] != next) {
                        matched = border[matched - 1];
                    }
                    matched += wanted[matched] == next ? 1 : 0;
                    if (matched == wanted.length) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** For each beginning, the length of its longest proper beginning that it also ends with (Knuth, Morris, Pratt). */
    private static int[] borders(byte[] wanted) {
        int[] border = new int[wanted.length];
        for (int i = 1, length = 0; i < wanted.length; i++) {
            while (length > 0 && wanted[i] != wanted[length]) {
                length = border[length - 1];
            }
            length += wanted[i] == wanted[length] ? 1 : 0;
            border[i] = length;
        }
        return border;
    }
}
