package io.tokenguard.internal.theft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SipHash-2-4, by the vectors of its authors: the key 00 01 … 0f, and the input 00 01 02 … of each length. */
class KeyedHashTest {
    private static final KeyedHash HASH = new KeyedHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** The bytes 00 01 02 … as little-endian UTF-16. */
    private static String input(int bytes) {
        byte[] input = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            input[i] = (byte) i;
        }
        return new String(input, StandardCharsets.UTF_16LE);
    }

    @ParameterizedTest
    @CsvSource({
        "0,726fdb47dd0e0e31",
        "2,0d6c8009d9a94f5a",
        "8,93f5f5799a932462",
        "14,f723ca908e7af2ee",
        "16,3f2acc7f57c29bdb"
    })
    void hashesAsItsAuthorsSay(int bytes, String hash) {
        assertThat(HASH.of(input(bytes))).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }

    @Test
    void givesAnotherHashWithAnotherKey() {
        assertThat(KeyedHash.ofThisProcess().of("203.0.113.0"))
                .isNotEqualTo(KeyedHash.ofThisProcess().of("203.0.113.0"));
    }
}
