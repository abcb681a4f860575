package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How tokens are introspected at their issuer (RFC 7662). Immutable: each method returns a new value.
 *
 * @param uri the introspection endpoint; empty to take it from the issuer's metadata (RFC 8414 §2). Default: empty
 * @param client how this API authenticates to the introspection endpoint. No default
 * @param mode which tokens are introspected. Default: {@link Mode#OPAQUE_ONLY}
 * @param tokenPrefix the prefix of the issuer's opaque tokens; empty if they have none. Default: empty
 * @param answers which answers are accepted, and how long they are cached
 * @param load limits on calls and waiting requests, and the grace while the endpoint fails
 * @see io.tokenguard.TrustedIssuerBuilder#introspection(Introspection)
 */
public record Introspection(
        Optional<URI> uri, ClientAuthentication client, Mode mode, String tokenPrefix, Answers answers, Load load) {
    private static final Duration USUAL_TTL = Duration.ofSeconds(15);
    private static final Duration LONGEST_TTL = Duration.ofMinutes(10);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(10);
    private static final Set<String> MAY_LACK = Set.of("iss", "aud", "exp");
    private static final int LONGEST_PREFIX = 64;

    /** Uses the endpoint in the issuer's metadata ({@code introspection_endpoint}, RFC 8414 §2). */
    public static Introspection as(ClientAuthentication client) {
        return new Introspection(
                Optional.empty(),
                client,
                Mode.OPAQUE_ONLY,
                "",
                new Answers(USUAL_TTL, false, Set.of()),
                new Load(USUAL_TIMEOUT, 32, 1_000, Duration.ZERO));
    }

    /** Uses this endpoint: https, or http on this machine. */
    public static Introspection at(URI endpoint, ClientAuthentication client) {
        return as(client).at(endpoint);
    }

    /** Sets the endpoint: https, or http on this machine. */
    public Introspection at(URI endpoint) {
        return new Introspection(Optional.of(endpoint), client, mode, tokenPrefix, answers, load);
    }

    /** How this API authenticates to the introspection endpoint. */
    public Introspection client(ClientAuthentication chosen) {
        return new Introspection(uri, chosen, mode, tokenPrefix, answers, load);
    }

    /** Which tokens are introspected. */
    public Introspection mode(Mode chosen) {
        return new Introspection(uri, client, chosen, tokenPrefix, answers, load);
    }

    /**
     * How long an active answer is cached. A revoked token may be accepted for that long.
     *
     * @throws ConfigurationException if it is negative or more than 10 min
     */
    public Introspection cacheTtl(Duration ttl) {
        Duration bounded = Bounds.between("tokenguard.introspection.cache-ttl", ttl, Duration.ZERO, LONGEST_TTL);
        return with(new Answers(bounded, answers.areSigned, answers.acceptedWithout));
    }

    /**
     * How long a request waits for a free call and for its answer, body included.
     *
     * @throws ConfigurationException if it is less than 50 ms or more than 10 s
     */
    public Introspection timeout(Duration longest) {
        Duration bounded =
                Bounds.between("tokenguard.introspection.timeout", longest, Duration.ofMillis(50), LONGEST_TIMEOUT);
        return with(new Load(bounded, load.maxCalls, load.maxWaiting, load.outageGrace));
    }

    /**
     * How many calls to the endpoint run at once; further requests wait for a free one. A quarter is kept for tokens that were
     * active in the last minutes, and a quarter for all others. Default: 32.
     *
     * @throws ConfigurationException if it is less than 2 or more than 1 000
     */
    public Introspection maxCalls(int most) {
        return with(new Load(load.timeout, most, load.maxWaiting, load.outageGrace));
    }

    /**
     * How many requests may wait for a free call or for an answer; further ones get 503 at once. Each holds a thread of the
     * server. A quarter is kept for tokens that were active in the last minutes. Default: 1 000.
     *
     * @throws ConfigurationException if it is less than 2 or more than 100 000
     */
    public Introspection maxWaiting(int most) {
        return with(new Load(load.timeout, load.maxCalls, most, load.outageGrace));
    }

    /**
     * How much longer than {@link #cacheTtl} an active answer is used while the endpoint can't be reached or fails, never past
     * the token's expiry. Default: 0, then such requests get 503. Cost: during an outage, a revoked token may be accepted for
     * that much longer.
     *
     * @throws ConfigurationException if it is negative or more than 10 min
     */
    public Introspection outageGrace(Duration grace) {
        return with(new Load(load.timeout, load.maxCalls, load.maxWaiting, grace));
    }

    private Introspection with(Load changed) {
        return new Introspection(uri, client, mode, tokenPrefix, answers, changed);
    }

    private Introspection with(Answers changed) {
        return new Introspection(uri, client, mode, tokenPrefix, changed, load);
    }

    /** How long an active answer is cached. */
    public Duration cacheTtl() {
        return answers.cacheTtl;
    }

    /** Whether answers must be signed (RFC 9701). */
    public boolean wantsSignedAnswers() {
        return answers.areSigned;
    }

    /** Which of {@code iss}, {@code aud} and {@code exp} an answer may lack. */
    public Set<String> acceptedWithout() {
        return answers.acceptedWithout;
    }

    /** How long a request waits for a free call and for its answer, body included. */
    public Duration timeout() {
        return load.timeout;
    }

    /**
     * Which answers are accepted, and how long they are cached.
     *
     * @param cacheTtl how long an active answer is cached, never past the token's expiry. Default: 15 s; 0 to 10 min. A revoked
     *     token may be accepted for that long
     * @param areSigned whether answers must be signed (RFC 9701). Default: no
     * @param acceptedWithout which of {@code iss}, {@code aud} and {@code exp} an answer may lack. Default: none
     */
    public record Answers(Duration cacheTtl, boolean areSigned, Set<String> acceptedWithout) {
        /** Copies the set. */
        public Answers {
            acceptedWithout = Set.copyOf(acceptedWithout);
        }
    }

    /**
     * Limits on calls and waiting requests, and the grace while the endpoint fails.
     *
     * @param timeout see {@link #timeout(Duration)}
     * @param maxCalls see {@link #maxCalls(int)}
     * @param maxWaiting see {@link #maxWaiting(int)}
     * @param outageGrace see {@link #outageGrace(Duration)}
     */
    public record Load(Duration timeout, int maxCalls, int maxWaiting, Duration outageGrace) {
        /** Checks the ranges. */
        public Load {
            maxCalls = Bounds.between("tokenguard.introspection.max-calls", maxCalls, 2, 1_000);
            maxWaiting = Bounds.between("tokenguard.introspection.max-waiting", maxWaiting, 2, 100_000);
            outageGrace =
                    Bounds.between("tokenguard.introspection.outage-grace", outageGrace, Duration.ZERO, LONGEST_GRACE);
        }
    }

    /** Requests answers signed with the issuer's keys, and accepts no others (RFC 9701). */
    public Introspection signedAnswers() {
        return with(new Answers(answers.cacheTtl, true, answers.acceptedWithout));
    }

    /**
     * The prefix of the issuer's opaque tokens. It selects the issuer if several issuers are configured with introspection.
     *
     * @throws ConfigurationException if it is longer than 64 characters, has characters that tokens can't have, or is one that
     *     signed tokens begin with
     */
    public Introspection tokenPrefix(String start) {
        boolean isPart = start.length() >= 2
                && start.length() <= LONGEST_PREFIX
                && start.chars().allMatch(Introspection::isTokenCharacter);
        if (!isPart || start.startsWith("ey")) {
            throw ConfigurationException.of(
                    "tokenguard.introspection.token-prefix",
                    start,
                    "set 2 to 64 letters, digits and -._~+/ that no signed token begins with, as they do with ey");
        }
        return new Introspection(uri, client, mode, start, answers, load);
    }

    private static boolean isTokenCharacter(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "-._~+/".indexOf(c) >= 0;
    }

    /**
     * Accepts answers that lack some of {@code iss}, {@code aud} and {@code exp} (RFC 7662 §2.2 requires none). Without
     * {@code aud}, tokens for other APIs are accepted; without {@code exp}, a token has no end: it is
     * then introspected again after the cache time.
     *
     * @throws ConfigurationException if another one is named
     */
    public Introspection acceptAnswersWithout(String... members) {
        for (String member : members) {
            if (!MAY_LACK.contains(member)) {
                throw ConfigurationException.of(
                        "tokenguard.introspection.accept-answers-without", member, "name some of iss, aud and exp");
            }
        }
        return with(new Answers(answers.cacheTtl, answers.areSigned, Set.of(members)));
    }

    /** Shows the mode only. */
    @Override
    public String toString() {
        return "Introspection[" + mode + "]";
    }

    /** Which tokens are introspected (RFC 7662). */
    public enum Mode {
        /** Opaque tokens only; signed tokens are validated locally. */
        OPAQUE_ONLY("opaque-only"),
        /** All tokens: signed tokens are validated locally and introspected too. */
        ALWAYS("always");

        private final String settingName;

        Mode(String settingName) {
            this.settingName = settingName;
        }

        /** Its name in properties. */
        public String settingName() {
            return settingName;
        }
    }
}
