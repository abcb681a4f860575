package io.tokenguard;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a heap dump of this process, and looks for texts in one. Texts are masked, so that the search itself is not found. */
final class DumpSearch {
    private static final byte MASK = 0x55;

    private DumpSearch() {}

    /** Dumps what is reachable. */
    static void dump(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
    }

    static byte[] masked(String text) {
        byte[] masked = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK;
        }
        return masked;
    }

    /** Texts of ASCII lie in a dump as they are, a byte for a character. */
    static boolean occurs(byte[] masked, int from, int to, Path dump) throws IOException {
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
