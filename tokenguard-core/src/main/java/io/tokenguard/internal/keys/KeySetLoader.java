package io.tokenguard.internal.keys;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyDocument;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.jose.PublishedKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Loads the current keys of one issuer. */
@FunctionalInterface
interface KeySetLoader {
    /** Only the issuer can publish a usable key. */
    FetchRemedy NO_SETTING = new FetchRemedy("the issuer has to publish a usable signature key", List.of());

    /** Starts to load and returns at once; fails with a {@link FetchException}. */
    CompletableFuture<LoadedKeys> load();

    /** Reads a document; one without a usable key is refused, because it would silence the issuer. */
    static LoadedKeys read(byte[] document, Optional<Duration> maxAge, int mostKeys) throws FetchException {
        try {
            return new LoadedKeys(usable(KeyDocument.read(document, "", mostKeys)), document, maxAge);
        } catch (MalformedException malformed) {
            throw new FetchException("not a key set: " + malformed.getMessage());
        }
    }

    /** The keys, of which at least one is usable. */
    static KeySet usable(List<PublishedKey> published) throws FetchException {
        KeySet keys = new KeySet(published);
        if (keys.isEmpty()) {
            String left = keys.leftOut(EnumSet.allOf(SignatureAlgorithm.class));
            throw new FetchException(
                    "EMPTY_KEY_SET: no usable key in the set" + (left.isEmpty() ? "" : "; left out: " + left),
                    NO_SETTING);
        }
        return keys;
    }
}
