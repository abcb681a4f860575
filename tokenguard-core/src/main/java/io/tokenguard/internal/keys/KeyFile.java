package io.tokenguard.internal.keys;

import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.KeyDocument;
import io.tokenguard.internal.jose.KeyFileForm;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.PublishedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads keys from a file, or from all files of a folder, which may change while the application runs. Keys in PEM have the name
 * of their file, without its extension, as key ID, and their thumbprint as another. Unchanged files are not parsed again.
 */
final class KeyFile implements KeySetLoader {
    private static final byte[] NOT_SAVED = {};

    private final Path path;
    private final FetchLimits limits;
    private volatile @Nullable Content last;

    /**
     * A loader.
     *
     * @param path the file or folder
     * @param limits for all files together
     */
    KeyFile(Path path, FetchLimits limits) {
        this.path = path;
        this.limits = limits;
    }

    /** A file with keys. */
    @SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals
    private record Document(Path file, byte[] text) {
        boolean isSame(Document other) {
            return file.equals(other.file) && Arrays.equals(text, other.text);
        }
    }

    private record Content(List<Document> documents, KeySet keys) {
        boolean isOf(List<Document> others) {
            boolean isSame = documents.size() == others.size();
            for (int i = 0; isSame && i < others.size(); i++) {
                isSame = documents.get(i).isSame(others.get(i));
            }
            return isSame;
        }
    }

    @Override
    public CompletableFuture<LoadedKeys> load() {
        try {
            return CompletableFuture.completedFuture(new LoadedKeys(keys(documents()), NOT_SAVED, Optional.empty()));
        } catch (NoSuchFileException missing) {
            return CompletableFuture.failedFuture(new FetchException("file does not exist"));
        } catch (IOException unreadable) {
            return CompletableFuture.failedFuture(new FetchException("file can't be read"));
        } catch (FetchException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private KeySet keys(List<Document> documents) throws FetchException {
        Content known = last;
        if (known != null && known.isOf(documents)) {
            return known.keys;
        }
        List<PublishedKey> keys = new ArrayList<>();
        for (Document document : documents) {
            keys.addAll(read(document));
            if (keys.size() > KeyDocument.mostEntries(limits.mostKeys())) {
                throw new FetchException("files with too many keys; raise jwks.max-keys");
            }
        }
        Content content = new Content(documents, KeySetLoader.usable(keys));
        last = content;
        return content.keys;
    }

    private List<Document> documents() throws IOException, FetchException {
        List<Document> documents = new ArrayList<>();
        long left = limits.largest();
        for (Path file : files()) {
            left -= Files.size(file);
            if (left < 0) {
                throw new FetchException("file is larger than the limit; raise jwks.max-size");
            }
            documents.add(new Document(file, ByteOrderMark.without(Files.readAllBytes(file))));
        }
        return documents;
    }

    /** Hidden files are left out: Kubernetes keeps the versions of a volume in some. */
    private List<Path> files() throws IOException, FetchException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(
                            file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .filter(Files::isRegularFile)
                    .limit(limits.mostKeys() + 1L)
                    .sorted()
                    .toList();
            if (files.size() > limits.mostKeys()) {
                throw new FetchException("folder with too many files; raise jwks.max-keys");
            }
            return files;
        }
    }

    private List<PublishedKey> read(Document document) throws FetchException {
        String name = String.valueOf(document.file.getFileName());
        int dot = name.lastIndexOf('.');
        try {
            Optional<String> mistake = KeyFileForm.mistake(document.text);
            if (mistake.isPresent()) {
                throw new FetchException(mistake.get() + ": " + SafeText.value(name));
            }
            return KeyDocument.read(document.text, dot > 0 ? name.substring(0, dot) : name, limits.mostKeys());
        } catch (MalformedException malformed) {
            throw new FetchException("not a key set: " + malformed.getMessage() + ", in " + SafeText.value(name));
        }
    }
}
