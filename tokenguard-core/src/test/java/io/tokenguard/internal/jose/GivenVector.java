package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A test vector that others have published: a signature and its known result.
 *
 * @param name the file that says where it comes from, its key, and what it tests
 * @param algorithm the algorithm
 * @param answer the signature and its result in the context
 * @param context the context (FIPS 204 §5.3); JOSE has the empty one only (RFC 9964 §4)
 */
@SuppressWarnings("ArrayRecordComponent") // never written
record GivenVector(String name, SignatureAlgorithm algorithm, KnownAnswers.Answer answer, byte[] context) {
    private static final List<String> FILES =
            List.of("ml-dsa-nist", "ml-dsa-wycheproof", "ed448-wycheproof", "es256k-wycheproof");
    private static final int MOST_KEYS = 1_000;

    static List<GivenVector> all() {
        return FILES.stream().flatMap(GivenVector::of).toList();
    }

    private static Stream<GivenVector> of(String file) {
        try (InputStream text =
                Objects.requireNonNull(GivenVector.class.getResourceAsStream("vectors/" + file + ".txt"))) {
            List<String> lines = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            Map<String, PublishedKey> keys = new HashMap<>();
            JwkReader.readSet(lines.get(0).getBytes(StandardCharsets.US_ASCII), MOST_KEYS)
                    .forEach(key -> keys.put(key.keyId(), key));
            return lines.stream().skip(1).map(line -> of(file, line.split(" ", -1), keys));
        } catch (IOException | MalformedException unreadable) {
            throw new UncheckedIOException(new IOException(file, unreadable));
        }
    }

    private static GivenVector of(String file, String[] words, Map<String, PublishedKey> keys) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.valueOf(words[0]);
        PublishedKey key = Objects.requireNonNull(keys.get(words[1]));
        return new GivenVector(
                file + " " + words[1] + " " + words[3],
                algorithm,
                new KnownAnswers.Answer(
                        words[3],
                        Objects.requireNonNull(key.uses().get(algorithm), key.flaw()),
                        bytes(words[4]),
                        bytes(words[5]),
                        words[2].equals("good")),
                bytes(words[6]));
    }

    private static byte[] bytes(String word) {
        try {
            return word.equals("-") ? new byte[0] : Base64Url.decode(word, 0, word.length());
        } catch (MalformedException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    boolean hasContext() {
        return context.length > 0;
    }

    /** Whether a token with it is accepted. */
    boolean isGoodInJose() {
        return answer.isGood() && !hasContext();
    }

    @Override
    public String toString() {
        return name;
    }
}
