package io.tokenguard.internal.authorization;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A named list in a file. Read at start and again later; a file that is wrong then changes nothing. */
final class ListFile {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");
    private static final int LARGEST = 8 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String key;
    private final Path file;
    private final boolean areNetworks;
    private volatile NamedList content;
    private byte[] last;
    private String failure = "";

    /**
     * Reads a file.
     *
     * @param key the setting, for messages
     * @param areNetworks whether each entry must be an address or a range
     * @throws ConfigurationException if it can't be read, is larger than 8 MiB, or is malformed
     */
    ListFile(String key, Path file, boolean areNetworks) {
        this.key = key;
        this.file = file;
        this.areNetworks = areNetworks;
        this.last = bytes();
        this.content = read(last);
    }

    NamedList content() {
        return content;
    }

    /** Reads the file again. Logs a failure once, and a change. For one thread at a time. */
    void reload() {
        try {
            byte[] bytes = bytes();
            if (!Arrays.equals(bytes, last)) {
                NamedList fresh = read(bytes);
                requireEntries(fresh);
                last = bytes;
                content = fresh;
                LOG.info(
                        "{}: the list has changed; it has {} entries",
                        key,
                        fresh.names().size());
            }
            failure = "";
        } catch (ConfigurationException wrong) {
            String message = String.valueOf(wrong.getMessage());
            if (!message.equals(failure)) {
                failure = message;
                LOG.error("{}. The list as it was read before stays in use", message);
            }
        }
    }

    /** A file that is being written, or was truncated by a full disk, is empty for a while. */
    private void requireEntries(NamedList fresh) {
        if (fresh.names().isEmpty() && !content.names().isEmpty()) {
            throw ConfigurationException.because(
                    key,
                    "has no entry left, and had " + content.names().size(),
                    "write the entries again; to empty the list, keep one entry that matches nothing, or restart");
        }
    }

    private byte[] bytes() {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw ConfigurationException.of(key, file, "the file is larger than 8 MiB; shorten the list");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw ConfigurationException.of(key, file, "name a file that can be read, with one entry a line");
        }
    }

    private NamedList read(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return NamedList.read(key, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, areNetworks);
        } catch (CharacterCodingException notUtf8) {
            throw ConfigurationException.of(key, file, "write the file in UTF-8, with one entry a line");
        }
    }
}
