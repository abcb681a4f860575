package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.tokenguard.internal.store.FailureLog;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nonce secret of all nodes (RFC 9449 §8): created once, by the first node, and restored if it is lost. Written by one
 * thread, read by all.
 */
final class SharedSecret {
    private static final int BYTES = 32;
    private static final int LONGEST = 128;
    private static final int SHORTEST = 32;

    private final String key;
    private final FailureLog<Concern> failures;
    private volatile @Nullable String text;

    SharedSecret(String key, FailureLog<Concern> failures) {
        this.key = key;
        this.failures = failures;
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    void read(RedisSession session) throws InterruptedException {
        try {
            String known = text;
            Answer.of(session.commands().set(key, known == null ? random() : known, SetArgs.Builder.nx()));
            String found = Answer.of(session.commands().getrange(key, 0, LONGEST));
            if (found == null || found.length() < SHORTEST || found.length() > LONGEST) {
                failures.begin(Concern.SECRET, Failure.SECRET_UNREADABLE);
                return;
            }
            text = found;
            failures.end(Concern.SECRET);
        } catch (RedisException refused) {
            failures.begin(Concern.SECRET, Failure.of(refused));
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
