package io.tokenguard.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.internal.limits.Limit;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * Names the bucket of a sender for a shared store: a SHA-256 hash in base64url, so that the store has no names of users. Another
 * rate of a limit has other buckets.
 */
final class BucketName {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private BucketName() {}

    /**
     * A name.
     *
     * @param sender a {@link SenderKey} or a {@link Network}
     */
    static String of(Limit limit, Object sender) {
        MessageDigest hash = Fingerprint.sha256();
        List<String> parts = sender instanceof SenderKey key
                ? List.of(
                        key.issuer(),
                        key.kind().name(),
                        key.value().getClass().getSimpleName(),
                        key.value().toString())
                : List.of(sender.toString());
        add(hash, limit.name());
        add(hash, limit.toString());
        parts.forEach(part -> add(hash, part));
        return TEXT.encodeToString(hash.digest());
    }

    /** With its length, so that no text can continue in the next part. */
    private static void add(MessageDigest hash, String part) {
        hash.update((part.length() + ":" + part).getBytes(UTF_8));
    }
}
