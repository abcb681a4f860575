package io.tokenguard.internal.writes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads keys and binds them to their senders. */
final class WriteKeys {
    private static final String FIELD = "Idempotency-Key";
    private static final int LONGEST = 255;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private WriteKeys() {}

    /**
     * A key that belongs to its sender.
     *
     * @param holder the hash of the sender
     * @param key the hash of sender, method, path and key
     */
    record Bound(String holder, String key) {}

    /**
     * The key: a string of RFC 9651 §3.3.3, of 1 to 255 characters, without parameters.
     *
     * @return empty if the request has none
     * @throws RefusedException if it is malformed or sent twice
     */
    static Optional<String> read(IncomingRequest request) throws RefusedException {
        List<String> lines = request.headers().valuesOf(FIELD);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (lines.size() > 1) {
            throw WriteRefusals.malformed("more than one field");
        }
        return Optional.of(unquoted(lines.get(0).strip()));
    }

    private static String unquoted(String text) throws RefusedException {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            throw WriteRefusals.malformed("not a string in quotation marks");
        }
        StringBuilder key = new StringBuilder(text.length());
        int end = text.length() - 1;
        for (int i = 1; i < end; i++) {
            boolean isEscaped = text.charAt(i) == '\\';
            i += isEscaped ? 1 : 0;
            char meant = text.charAt(i);
            boolean needsEscape = meant == '"' || meant == '\\';
            if (i == end || isEscaped != needsEscape || meant < ' ' || meant > '~') {
                throw WriteRefusals.malformed("characters that must not be there");
            }
            key.append(meant);
        }
        if (key.isEmpty() || key.length() > LONGEST) {
            throw WriteRefusals.malformed("not 1 to 255 characters");
        }
        return key.toString();
    }

    /**
     * Binds a key to the token's issuer, subject and client, and to method and path.
     *
     * @throws RefusedException if the token has neither a subject nor a client
     */
    static Bound bind(String key, AccessToken token, IncomingRequest request) throws RefusedException {
        String subject = token.subject().orElse("");
        String client = token.clientId().orElse("");
        if (subject.isEmpty() && client.isEmpty()) {
            throw WriteRefusals.malformed("the token has neither a subject nor a client to bind it to");
        }
        String holder = hash(token.issuer(), subject, client);
        return new Bound(holder, hash(holder, request.method(), Route.normalPath(request.path()), key));
    }

    /** A length before each text keeps texts apart. */
    private static String hash(String... texts) {
        MessageDigest digest = BodyHash.sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            digest.update((bytes.length + ":").getBytes(UTF_8));
            digest.update(bytes);
        }
        return TEXT.encodeToString(digest.digest());
    }
}
