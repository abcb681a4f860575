package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEncryption;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a token was decrypted and cached, its signed text is nowhere in the heap, nor any part of its signature. */
class DecryptedHeapTest {
    private static final int PART = 16;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"RSA-OAEP-256, A256GCM", "ECDH-ES, A128CBC-HS256", "ECDH-ES+A256KW, A128GCM"})
    void holdsNothingOfTheSignedToken(String algorithm, String content) throws IOException, InterruptedException {
        TestEncryption api = TestEncryption.generate(algorithm, content);
        try (TestIssuer issuer = TestIssuer.builder()
                .audience(GuardedIssuer.AUDIENCE)
                .keys(TestKey.generate(TestAlgorithm.RS256))
                .start()) {
            String signed = issuer.token().tokenId("found-in-the-dump").sign();
            String encrypted = api.encrypt(signed);
            byte[] dump = dumpOf(issuer, api, encrypted);
            CompactToken parts = CompactToken.parse(signed);
            assertThat(found(List.of("found-in-the-dump", encrypted.substring(PART, 2 * PART)), dump))
                    .as("the claims, and what was sent")
                    .hasSize(2);
            assertThat(found(cut(parts.payload()), dump)).as("its payload").isEmpty();
            assertThat(found(cut(parts.signature()), dump)).as("its signature").isEmpty();
        }
    }

    private static List<String> cut(String text) {
        return IntStream.rangeClosed(0, text.length() / PART - 1)
                .mapToObj(part -> text.substring(part * PART, (part + 1) * PART))
                .toList();
    }

    /** Those of some texts that a dump has, by their first eight octets. Texts of ASCII lie in it as they are, an octet for a character. */
    private static Set<String> found(List<String> texts, byte[] dump) {
        Map<Long, String> wanted = new HashMap<>();
        boolean[] ends = new boolean[1 << Byte.SIZE];
        for (String text : texts) {
            byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
            wanted.put(ByteBuffer.wrap(octets).getLong(), text);
            ends[octets[Long.BYTES - 1]] = true;
        }
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int i = 0; i < dump.length; i++) {
            window = (window << Byte.SIZE) | (dump[i] & 0xff);
            String text = ends[dump[i] & 0xff] ? wanted.get(window) : null;
            if (text != null && isAt(i - Long.BYTES + 1, text, dump)) {
                found.add(text);
            }
        }
        return found;
    }

    private static boolean isAt(int start, String text, byte[] dump) {
        return new String(dump, start, Math.min(text.length(), dump.length - start), StandardCharsets.ISO_8859_1)
                .equals(text);
    }

    private byte[] dumpOf(TestIssuer issuer, TestEncryption api, String token)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path dump = folder.resolve("heap.hprof");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DecryptingProcess.class.getName(),
                        issuer.issuer(),
                        Files.writeString(folder.resolve("keys.json"), issuer.jwksJson())
                                .toString(),
                        Files.writeString(folder.resolve("own.json"), api.privateJwk())
                                .toString(),
                        dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var input = process.getOutputStream()) {
            input.write((token + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(process.waitFor()).as(() -> read(output)).isZero();
        return Files.readAllBytes(dump);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
