package io.tokenguard.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** The statuses of the tokens of one issuer, two bits each (draft-ietf-oauth-status-list §4). Thread-safe. */
final class StatusRegister {
    private static final int SIZE = 4_096;
    private static final int BITS = 2;
    private static final int MOST = 3;
    private static final int EACH = Byte.SIZE / BITS;

    private final byte[] statuses = new byte[SIZE / EACH];

    synchronized void set(int index, int status) {
        if (status < 0 || status > MOST) {
            throw new IllegalArgumentException("A status is 0 to " + MOST + ", not " + status);
        }
        requireIndex(index);
        int shift = index % EACH * BITS;
        int others = statuses[index / EACH] & ~(MOST << shift);
        statuses[index / EACH] = (byte) (others | status << shift);
    }

    /** The claim {@code status} of a token. */
    static Map<String, Object> reference(int index, URI list) {
        requireIndex(index);
        return Map.of("status_list", Map.of("idx", index, "uri", list.toString()));
    }

    private static void requireIndex(int index) {
        if (index < 0 || index >= SIZE) {
            throw new IllegalArgumentException("An index is 0 to " + (SIZE - 1) + ", not " + index);
        }
    }

    /** The claim {@code status_list}. */
    synchronized Map<String, Object> claim() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Deflater strongest = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, strongest)) {
            out.write(statuses);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            strongest.end();
        }
        return Map.of("bits", BITS, "lst", CompactToken.encode(compressed.toByteArray()));
    }
}
