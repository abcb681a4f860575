package io.tokenguard.internal.authorization;

import io.tokenguard.access.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The named lists of a configuration, each in a file that may change while the guard runs. Thread-safe. */
public final class NamedLists {
    /** No lists. */
    public static final NamedLists NONE = new NamedLists(Map.of());

    private final Map<String, ListFile> files;
    private final AtomicBoolean isReloading = new AtomicBoolean();

    private NamedLists(Map<String, ListFile> files) {
        this.files = Map.copyOf(files);
    }

    /**
     * Reads all lists.
     *
     * @param files the files by the name of their list
     * @param networks the lists whose entries must be networks
     * @throws ConfigurationException if a file can't be read or is malformed
     */
    public static NamedLists open(Map<String, Path> files, Set<String> networks) {
        Map<String, ListFile> opened = new TreeMap<>();
        files.forEach((name, file) -> opened.put(name, new ListFile(key(name), file, networks.contains(name))));
        return new NamedLists(opened);
    }

    /** The setting of a list. */
    public static String key(String name) {
        return "tokenguard.lists." + name + ".file";
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Reads all files again, unless another thread does. May block. */
    public void reload() {
        if (isReloading.compareAndSet(false, true)) {
            try {
                files.values().forEach(ListFile::reload);
            } finally {
                isReloading.set(false);
            }
        }
    }

    Optional<NamedList> find(String name) {
        return Optional.ofNullable(files.get(name)).map(ListFile::content);
    }
}
