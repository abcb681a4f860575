package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Valid and invalid signatures with known results. A provider that gets one of them wrong is not used. Immutable. */
final class KnownAnswers {
    private static final int MOST_KEYS = 100;

    private static final String FILE = "known-answers.txt";

    private final Map<SignatureAlgorithm, List<Answer>> answers;

    private KnownAnswers(Map<SignatureAlgorithm, List<Answer>> answers) {
        this.answers = answers;
    }

    /**
     * A signature and its known result.
     *
     * @param name what it tests
     * @param key the key
     * @param signed the signed bytes
     * @param signature the signature
     * @param isGood whether it is valid
     */
    @SuppressWarnings("ArrayRecordComponent") // never written
    record Answer(String name, VerificationKey key, byte[] signed, byte[] signature, boolean isGood) {
        boolean isGivenBy(PreparedKey prepared) {
            try {
                return prepared.verify(signed, signature) == isGood;
            } catch (GeneralSecurityException | IOException | RuntimeException refused) {
                return !isGood;
            } catch (LinkageError broken) {
                return false;
            }
        }
    }

    /** Reads the file: a key set in the first line, then one signature per line. */
    static KnownAnswers read() {
        try (InputStream file = Objects.requireNonNull(KnownAnswers.class.getResourceAsStream(FILE))) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            return new KnownAnswers(answers(keys(lines.get(0)), lines.subList(1, lines.size())));
        } catch (IOException | MalformedException unreadable) {
            throw new UncheckedIOException(new IOException("the library's own file " + FILE, unreadable));
        }
    }

    private static Map<String, PublishedKey> keys(String set) throws MalformedException {
        Map<String, PublishedKey> keys = new HashMap<>();
        JwkReader.readSet(set.getBytes(StandardCharsets.US_ASCII), MOST_KEYS)
                .forEach(key -> keys.put(key.keyId(), key));
        return keys;
    }

    private static Map<SignatureAlgorithm, List<Answer>> answers(Map<String, PublishedKey> keys, List<String> lines)
            throws MalformedException {
        Map<SignatureAlgorithm, List<Answer>> answers = new EnumMap<>(SignatureAlgorithm.class);
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            SignatureAlgorithm algorithm = SignatureAlgorithm.valueOf(words[0]);
            VerificationKey key =
                    Objects.requireNonNull(keys.get(words[1])).uses().get(algorithm);
            if (key != null) {
                answers.computeIfAbsent(algorithm, none -> new ArrayList<>()).add(answer(key, words));
            }
        }
        return answers;
    }

    /** Algorithm, key ID, result, what it tests, signed bytes, and signature. */
    private static Answer answer(VerificationKey key, String[] words) throws MalformedException {
        return new Answer(
                words[3],
                key,
                Base64Url.decode(words[4], 0, words[4].length()),
                Base64Url.decode(words[5], 0, words[5].length()),
                words[2].equals("good"));
    }

    /** None if no provider in this JVM reads the keys, as some for FIPS read no Edwards keys. */
    List<Answer> of(SignatureAlgorithm algorithm) {
        return answers.getOrDefault(algorithm, List.of());
    }

    /**
     * What a provider gets wrong; empty if nothing. Verifies all signatures twice in a row with one prepared key, as no
     * result may depend on those before it.
     */
    Optional<String> mistakeOf(SignatureScheme scheme, SignatureAlgorithm algorithm) {
        if (scheme instanceof HmacScheme hmac) {
            return hmac.mistake();
        }
        if (of(algorithm).isEmpty()) {
            return Optional.of("no provider in this JVM reads its keys");
        }
        try {
            PreparedKey key = scheme.prepare(of(algorithm).get(0).key().publicKey());
            return Stream.of(of(algorithm), of(algorithm))
                    .flatMap(List::stream)
                    .filter(answer -> !answer.isGivenBy(key))
                    .map(Answer::name)
                    .findFirst();
        } catch (LinkageError broken) {
            return Optional.of("it does not run");
        }
    }
}
