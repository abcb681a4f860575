package io.tokenguard.internal.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Digests are reused, never shared, and keep nothing of a token. */
class SuffixHasherTest {
    private static final String TOKEN = "header.claims.".concat("s".repeat(86));
    private static final String OTHER = "header.claims.".concat("t".repeat(86));

    private static final SuffixHash NONE = SuffixHash.of(ByteBuffer.wrap(new byte[32]));

    private final List<WatchedDigest> digests = new ArrayList<>();
    private final SuffixHasher hashes = new SuffixHasher(this::newDigest);

    private MessageDigest newDigest() {
        digests.add(new WatchedDigest());
        return digests.get(digests.size() - 1);
    }

    private static SuffixHash sha256(String token) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(token.substring(token.length() - 43).getBytes(US_ASCII));
        return SuffixHash.of(ByteBuffer.wrap(hash));
    }

    @Test
    void hashesTheLast43Characters() throws NoSuchAlgorithmException {
        assertThat(hashes.hash(TOKEN, 43)).isEqualTo(sha256(TOKEN));
        assertThat(hashes.isHash(sha256(TOKEN), TOKEN, 43)).isTrue();
        assertThat(hashes.isHash(sha256(OTHER), TOKEN, 43)).isFalse();
    }

    /** The low half of the character is that of another one. */
    @Test
    void hashesNothingOutsideAscii() throws NoSuchAlgorithmException {
        String foreign = TOKEN.substring(1) + (char) ('s' + 0x100);
        assertThat(hashes.hash(foreign, 43)).isNull();
        assertThat(hashes.isHash(sha256(TOKEN), foreign, 43)).isFalse();
        assertThat(hashes.hash("\u0080".repeat(43), 43)).isNull();
        assertThat(hashes.hash("\u007f".repeat(43), 43)).isNotNull();
    }

    @Test
    void aThreadUsesTheSameDigestAgain() {
        assertThat(hashes.hash(TOKEN, 43)).isNotNull();
        assertThat(hashes.hash(OTHER, 43)).isNotNull();
        assertThat(hashes.isHash(NONE, TOKEN, 43)).isFalse();
        assertThat(hashes.hash(TOKEN, 43)).isNotNull();
        assertThat(digests).hasSize(1);
    }

    @Test
    void aDigestInUseIsNotUsedByAnother() throws NoSuchAlgorithmException {
        SuffixHash unused = hashes.hash(TOKEN, 43);
        List<SuffixHash> inner = new ArrayList<>();
        digests.get(0).before(() -> {
            inner.add(hashes.hash(OTHER, 43));
            inner.add(hashes.hash(OTHER, 43));
        });
        assertThat(hashes.hash(TOKEN, 43)).isEqualTo(sha256(TOKEN));
        assertThat(inner).hasSize(2).allSatisfy(hash -> assertThat(hash).isEqualTo(sha256(OTHER)));
        assertThat(digests).as("one for each use at the same time").hasSize(3);
        assertThat(hashes.hash(TOKEN, 43)).isEqualTo(sha256(TOKEN));
        assertThat(digests).hasSize(3);
    }

    @Test
    void anotherThreadHasADigestOfItsOwn() {
        SuffixHash unused = hashes.hash(TOKEN, 43);
        digests.get(0)
                .before(() -> inAnotherPlace(() -> {
                    SuffixHash first = hashes.hash(OTHER, 43);
                    assertThat(hashes.hash(OTHER, 43)).isEqualTo(first);
                }));
        assertThat(hashes.hash(TOKEN, 43)).isNotNull();
        assertThat(digests).hasSize(2);
    }

    /** Runs something in a thread that does not have this one's place. */
    @SuppressWarnings("deprecation") // the number of a thread, also on platforms without threadId
    private static void inAnotherPlace(Runnable task) {
        Thread thread = new Thread(task);
        while (thread.getId() % 16 == Thread.currentThread().getId() % 16) {
            thread = new Thread(task);
        }
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void keepsNothingOfAToken() {
        assertThat(hashes.hash(TOKEN, 43)).isNotNull();
        assertThat(digests.get(0).given()).hasSize(43).containsOnly(0);
        assertThat(digests.get(0).resets()).isPositive();
        assertThat(hashes.isHash(NONE, TOKEN, 43)).isFalse();
        assertThat(digests.get(0).given()).hasSize(43).containsOnly(0);
        assertThat(digests.get(0).resets()).isPositive();
    }
}
