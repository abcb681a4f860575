package io.tokenguard.internal.keys;

import io.tokenguard.internal.jose.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The last good key set of one issuer in a file, and what the issuer's metadata selected. An application that starts while the
 * issuer is unreachable uses it. Only its owner can write the file; one that others can write, or that is incomplete, is
 * ignored.
 */
public final class KeySnapshot {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int DIGEST_BYTES = 32;
    /** The time, and the length of the selected name. */
    private static final int HEAD_BYTES = Long.BYTES + 1;

    private final Path file;
    private final String issuer;
    private final FetchLimits limits;
    private final Optional<MetadataSelection> selection;

    /**
     * A snapshot.
     *
     * @param folder where it is; one file for each issuer
     * @param issuer whose keys they are
     * @param limits of a key set
     * @param selection what its metadata select; empty if nothing depends on them
     */
    public KeySnapshot(Path folder, String issuer, FetchLimits limits, Optional<MetadataSelection> selection) {
        this.file =
                folder.resolve(HexFormat.of().formatHex(Sha256.of(issuer.getBytes(StandardCharsets.UTF_8))) + ".jwks");
        this.issuer = issuer;
        this.limits = limits;
        this.selection = selection;
    }

    /** Whether this process can write a folder, and no other user can. */
    public static boolean canKeep(Path folder) {
        try {
            return Files.isDirectory(folder) && Files.isWritable(folder) && isWrittenByOwnerOnly(folder);
        } catch (IOException | UnsupportedOperationException unreadable) {
            return false;
        }
    }

    private static boolean isWrittenByOwnerOnly(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().noneMatch(BY_OTHERS::contains);
    }

    /** A saved key set. */
    record Saved(LoadedKeys keys, Instant at) {}

    /**
     * Replaces the saved key set, atomically. Keeps it if it is newer: another process, or a later configuration of this one,
     * may have saved it while the disk blocked.
     *
     * @param at when the document was loaded
     * @param wall the time of day; a saved key set from the future is replaced
     */
    void save(byte[] document, Instant at, Clock wall) throws IOException {
        byte[] name = selectedName().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer content = ByteBuffer.allocate(HEAD_BYTES + name.length + document.length)
                .putLong(at.toEpochMilli())
                .put((byte) name.length)
                .put(name)
                .put(document);
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), "keys", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.write(fresh, withDigest(content.array()));
            if (isNewerThan(at, wall)) {
                return;
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private boolean isNewerThan(Instant at, Clock wall) throws IOException {
        try {
            return content()
                    .map(KeySnapshot::savedAt)
                    .filter(saved -> saved.isAfter(at) && !saved.isAfter(wall.instant()))
                    .isPresent();
        } catch (FetchException unusable) {
            return false;
        }
    }

    /** Names of dialects are short; the file has one byte for the length. */
    private String selectedName() {
        String name = selection.map(MetadataSelection::current).orElse("");
        return name.length() <= Byte.MAX_VALUE ? name : "";
    }

    /** Reads the saved key set; empty if there is none. */
    Optional<Saved> read() throws IOException, FetchException {
        Optional<byte[]> content = content();
        return content.isEmpty() ? Optional.empty() : Optional.of(parse(content.get()));
    }

    /** The content of the file; empty if there is none. */
    private Optional<byte[]> content() throws IOException, FetchException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!isWrittenByOwnerOnly(file)) {
            throw new FetchException("snapshot can be written by other users");
        }
        if (Files.size(file) > (long) limits.largest() + HEAD_BYTES + Byte.MAX_VALUE + DIGEST_BYTES) {
            throw new FetchException("snapshot is larger than the limit");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length <= DIGEST_BYTES + HEAD_BYTES) {
            throw new FetchException("snapshot is incomplete");
        }
        byte[] content = Arrays.copyOfRange(bytes, DIGEST_BYTES, bytes.length);
        if (!MessageDigest.isEqual(withDigest(content), bytes)) {
            throw new FetchException("snapshot is incomplete");
        }
        return Optional.of(content);
    }

    private static Instant savedAt(byte[] content) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(content).getLong());
    }

    private Saved parse(byte[] content) throws FetchException {
        int nameEnd = HEAD_BYTES + Byte.toUnsignedInt(content[Long.BYTES]);
        if (nameEnd >= content.length) {
            throw new FetchException("snapshot is incomplete");
        }
        String name = new String(content, HEAD_BYTES, nameEnd - HEAD_BYTES, StandardCharsets.US_ASCII);
        byte[] document = Arrays.copyOfRange(content, nameEnd, content.length);
        Saved saved = new Saved(KeySetLoader.read(document, Optional.empty(), limits.mostKeys()), savedAt(content));
        if (!name.isEmpty()) {
            selection.ifPresent(waiting -> waiting.restore(name));
        }
        return saved;
    }

    /** The digest covers the issuer too, so that one issuer's file can't replace another's. */
    private byte[] withDigest(byte[] content) {
        byte[] name = issuer.getBytes(StandardCharsets.UTF_8);
        byte[] digest = Sha256.of(ByteBuffer.allocate(name.length + 1 + content.length)
                .put(name)
                .put((byte) 0)
                .put(content)
                .array());
        return ByteBuffer.allocate(DIGEST_BYTES + content.length)
                .put(digest)
                .put(content)
                .array();
    }
}
