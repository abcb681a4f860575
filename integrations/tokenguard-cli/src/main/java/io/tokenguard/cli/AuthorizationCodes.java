package io.tokenguard.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Codes that were given out: each for one use within a minute, at most 1 000. Thread-safe. */
final class AuthorizationCodes {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MOST = 1_000;
    private static final int LENGTH = 32;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    AuthorizationCodes(Clock clock) {
        this.clock = clock;
    }

    /**
     * What a code stands for.
     *
     * @param client the client
     * @param subject the user
     * @param scope the scopes, separated by spaces
     * @param redirectUri where the code was sent
     * @param challenge the S256 challenge (RFC 7636 section 4.2)
     */
    record Grant(String client, String subject, String scope, String redirectUri, String challenge) {
        private boolean isFor(FormRequest request) {
            return client.equals(request.client())
                    && redirectUri.equals(request.value("redirect_uri"))
                    && challenge.equals(challengeOf(request.value("code_verifier")));
        }
    }

    private record Entry(Instant end, Grant grant) {}

    synchronized String issue(Grant grant) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        String code = TEXT.encodeToString(bytes);
        if (entries.size() >= MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(code, new Entry(clock.instant().plus(LIFETIME), grant));
        return code;
    }

    /** The grant of the code in a request; empty if it is unknown, used, expired, or not for this request. */
    synchronized Optional<Grant> redeem(FormRequest request) {
        return Optional.ofNullable(entries.remove(request.value("code")))
                .filter(entry -> clock.instant().isBefore(entry.end()))
                .map(Entry::grant)
                .filter(grant -> grant.isFor(request));
    }

    private static String challengeOf(String verifier) {
        try {
            return TEXT.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
