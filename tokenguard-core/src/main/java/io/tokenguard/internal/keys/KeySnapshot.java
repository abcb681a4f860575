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
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The last loaded key set of one issuer, in a file, so that an application can start while the issuer is unreachable. Only
 * its owner can write the file; one that others can write, or that is incomplete, is ignored.
 */
public final class KeySnapshot {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int DIGEST_BYTES = 32;

    private final Path file;
    private final String issuer;
    private final int largest;

    /**
     * A snapshot.
     *
     * @param folder its folder; one file per issuer
     * @param issuer the issuer of the keys
     * @param largest the greatest number of bytes of a key set
     */
    public KeySnapshot(Path folder, String issuer, int largest) {
        this.file =
                folder.resolve(HexFormat.of().formatHex(Sha256.of(issuer.getBytes(StandardCharsets.UTF_8))) + ".jwks");
        this.issuer = issuer;
        this.largest = largest;
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

    /** Replaces the saved key set, atomically. */
    void save(byte[] document, Instant at) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + document.length)
                .putLong(at.toEpochMilli())
                .put(document);
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), "keys", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.write(fresh, withDigest(content.array()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Reads the saved key set; empty if there is none. */
    Optional<Saved> read() throws IOException, FetchException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!isWrittenByOwnerOnly(file)) {
            throw new FetchException("snapshot can be written by other users");
        }
        if (Files.size(file) > (long) largest + Long.BYTES + DIGEST_BYTES) {
            throw new FetchException("snapshot is larger than the limit");
        }
        return Optional.of(parse(Files.readAllBytes(file)));
    }

    private Saved parse(byte[] bytes) throws FetchException {
        if (bytes.length <= DIGEST_BYTES + Long.BYTES) {
            throw new FetchException("snapshot is incomplete");
        }
        byte[] content = Arrays.copyOfRange(bytes, DIGEST_BYTES, bytes.length);
        if (!MessageDigest.isEqual(withDigest(content), bytes)) {
            throw new FetchException("snapshot is incomplete");
        }
        Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(content).getLong());
        byte[] document = Arrays.copyOfRange(content, Long.BYTES, content.length);
        return new Saved(KeySetLoader.read(document, Optional.empty()), at);
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
