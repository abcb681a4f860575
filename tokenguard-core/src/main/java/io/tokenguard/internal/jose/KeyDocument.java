package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of a document in each form in which they are published: a JWK set (RFC 7517 §5), one JWK, PEM, or a JSON object
 * that maps key IDs to PEM. Takes time in proportion to the size of the document and, for each key, a bounded time.
 */
public final class KeyDocument {
    private KeyDocument() {}

    /**
     * Reads a document.
     *
     * @param document its text, in UTF-8
     * @param name the key ID of keys in PEM; empty if only their thumbprints are
     * @param mostKeys the greatest number of keys
     * @return its public signature keys, good and refused
     * @throws MalformedException if it has none of these forms, or is too large
     */
    public static List<PublishedKey> read(byte[] document, String name, int mostKeys) throws MalformedException {
        if (isPem(document)) {
            return PemKeys.read(new String(document, StandardCharsets.ISO_8859_1), name, mostKeys);
        }
        Map<String, @Nullable Object> object = JsonReader.readObject(
                document, JsonLimits.DOCUMENT.withItems(mostKeys).withMembers(mostKeys));
        if (object.containsKey("keys")) {
            return JwkReader.readMembers(object.get("keys"), mostKeys);
        }
        return object.containsKey("kty") || object.containsKey("x5c")
                ? JwkReader.readMembers(List.of(object), mostKeys)
                : readMap(object, mostKeys);
    }

    /** The greatest number of entries that so many keys may have: a key in PEM may have two key IDs. */
    public static int mostEntries(int mostKeys) {
        return 2 * mostKeys;
    }

    /** Text that is not JSON, and has a PEM block: there may be comments before it. */
    private static boolean isPem(byte[] document) {
        int first = 0;
        while (first < document.length && document[first] <= ' ' && document[first] >= 0) {
            first++;
        }
        return first < document.length
                && document[first] != '{'
                && document[first] != '['
                && PemText.isPem(new String(document, StandardCharsets.ISO_8859_1));
    }

    private static List<PublishedKey> readMap(Map<String, @Nullable Object> object, int mostKeys)
            throws MalformedException {
        if (object.size() > mostKeys) {
            throw MalformedException.limit("too many keys");
        }
        List<PublishedKey> keys = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            if (!(entry.getValue() instanceof String text) || !PemText.isPem(text)) {
                throw MalformedException.syntax("no JWK set, JWK, PEM, or key IDs with PEM");
            }
            keys.addAll(PemKeys.read(text, entry.getKey(), 1));
        }
        if (keys.isEmpty()) {
            throw MalformedException.syntax("JWK set without keys");
        }
        return keys;
    }
}
