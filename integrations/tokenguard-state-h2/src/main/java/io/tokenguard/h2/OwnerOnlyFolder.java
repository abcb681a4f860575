package io.tokenguard.h2;

import io.tokenguard.access.ConfigurationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder that only its owner can read and write, as the files in it. Where the file system has no such permissions, its own
 * rules apply.
 *
 * @param path the folder
 */
record OwnerOnlyFolder(Path path) {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    /**
     * Creates the folder, or takes permissions on it from others.
     *
     * @throws ConfigurationException if it can't be created, or is open to everyone and can't be closed
     */
    void prepare() {
        if (Files.isRegularFile(path)) {
            throw refused("this is a file and not a folder; name a folder");
        }
        try {
            Files.createDirectories(path, attributes(FOLDER));
            if (hasPermissions()) {
                close();
            }
        } catch (IOException | SecurityException failure) {
            throw refused(
                    "the folder can't be created or read (" + failure.getClass().getSimpleName()
                            + "); name a folder that the user of this process may write to");
        }
    }

    private void close() throws IOException {
        if (Files.getPosixFilePermissions(path).equals(FOLDER)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, FOLDER);
        } catch (IOException notOwner) {
            // A volume of a container often belongs to root and is open to the process by its group.
            if (Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
                throw refused(
                        "everyone can use the folder, and its permissions can't be changed; run chmod 700 as its owner");
            }
        }
    }

    /** Creates a file that only its owner can read, unless it exists. */
    void createFile(String name) {
        Path file = path.resolve(name);
        try {
            Files.createFile(file, attributes(FILE));
        } catch (FileAlreadyExistsException known) {
            protect(file);
        } catch (IOException failure) {
            throw refused("no file can be created in the folder ("
                    + failure.getClass().getSimpleName() + "); let the user of this process write to it");
        }
    }

    private void protect(Path file) {
        try {
            if (hasPermissions()) {
                Files.setPosixFilePermissions(file, FILE);
            }
        } catch (IOException failure) {
            throw refused("the permissions of " + file.getFileName() + " can't be changed ("
                    + failure.getClass().getSimpleName() + "); make the user of this process its owner");
        }
    }

    private boolean hasPermissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return hasPermissions()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** The folder can't be used. */
    ConfigurationException refused(String remedy) {
        return ConfigurationException.of(FolderState.KEY, path, remedy);
    }
}
