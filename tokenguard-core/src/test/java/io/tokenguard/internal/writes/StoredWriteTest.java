package io.tokenguard.internal.writes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IdempotentWrite.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredWriteTest {
    private static final BodyHash.Hashed HASHED = new BodyHash.Hashed(3, true, "hash");

    @Test
    void whatIsWrittenIsRead() {
        Answer answer = new Answer(201, Map.of("Link", List.of("<a>", "<b>")), "body".getBytes(UTF_8));
        StoredWrite read = StoredWrite.read(new StoredWrite(HASHED, Optional.of(answer)).write())
                .orElseThrow();
        assertThat(read.request()).isEqualTo(HASHED);
        assertThat(read.answer()).get().usingRecursiveComparison().isEqualTo(answer);
        StoredWrite silent = new StoredWrite(HASHED, Optional.empty());
        assertThat(StoredWrite.read(silent.write())).contains(silent);
    }

    @Test
    void otherTextIsNoRecord() {
        String good = new StoredWrite(HASHED, Optional.of(new Answer(201, Map.of(), new byte[9]))).write();
        for (int end = 0; end < good.length() - 1; end++) {
            assertThat(StoredWrite.read(good.substring(0, end))).isEmpty();
        }
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            bytes = i % 2 == 0 || bytes.length == 0 ? bytes : withVersion(bytes);
            assertThat(StoredWrite.read(Base64.getUrlEncoder().encodeToString(bytes)))
                    .isNotNull();
        }
        assertThat(StoredWrite.read("!")).isEmpty();
    }

    private static byte[] withVersion(byte[] bytes) {
        bytes[0] = 1;
        return bytes;
    }

    private static boolean isSame(BodyHash.Hashed first, String query, String head, String rest) throws IOException {
        InputStream further = new ByteArrayInputStream(rest.getBytes(UTF_8));
        return BodyHash.isSame(first, query, head.getBytes(UTF_8), further);
    }

    @Test
    void aWholeBodyIsTheSameOnlyToItsEnd() throws IOException {
        BodyHash.Hashed first = BodyHash.of("q", "abc".getBytes(UTF_8), true).end();
        assertThat(isSame(first, "q", "abc", "")).isTrue();
        assertThat(isSame(first, "q", "a", "bc")).isTrue();
        assertThat(isSame(first, "q", "abc", "d")).isFalse();
        assertThat(isSame(first, "q", "ab", "")).isFalse();
        assertThat(isSame(first, "q", "abd", "")).isFalse();
        assertThat(isSame(first, "", "abc", "")).isFalse();
    }

    @Test
    void aLongBodyIsTheSameAsFarAsItWasRead() throws IOException {
        BodyHash hash = BodyHash.of("", "ab".getBytes(UTF_8), false);
        hash.add("xcdx".getBytes(UTF_8), 1, 2);
        BodyHash.Hashed first = hash.end();
        assertThat(isSame(first, "", "ab", "cdef")).isTrue();
        assertThat(isSame(first, "", "ab", "cx")).isFalse();
        assertThat(isSame(first, "", "ab", "c")).isFalse();
    }
}
