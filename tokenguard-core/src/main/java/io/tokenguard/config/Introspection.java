package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How an issuer is asked about tokens (RFC 7662). Immutable: each method returns a new value.
 *
 * @param uri where the endpoint is; empty where the issuer's metadata say (RFC 8414 §2). Default: by metadata
 * @param client how this API shows who asks. No default
 * @param mode which tokens are asked about. Default: {@link IntrospectionMode#OPAQUE_ONLY}
 * @param cacheTtl how long a good answer is remembered, never past the token's end. Default: 15 s; 0 to 15 s. A token that is
 *     revoked may serve that long
 * @param timeout how long one call may take, body included. Default: 1 s; 50 ms to 1 s. A request waits that long
 * @param wantsSignedAnswers whether answers have to be signed (RFC 9701). Default: they need not be
 * @param tokenPrefix what the issuer's opaque tokens begin with; empty where that does not tell them. Default: empty
 * @param acceptedWithout what an answer may lack, of {@code iss}, {@code aud} and {@code exp}. Default: nothing
 * @see io.tokenguard.TrustedIssuerBuilder#introspection(Introspection)
 */
public record Introspection(
        Optional<URI> uri,
        ClientAuthentication client,
        IntrospectionMode mode,
        Duration cacheTtl,
        Duration timeout,
        boolean wantsSignedAnswers,
        String tokenPrefix,
        Set<String> acceptedWithout) {
    private static final Duration LONGEST_TTL = Duration.ofSeconds(15);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(1);
    private static final Set<String> MAY_LACK = Set.of("iss", "aud", "exp");
    private static final int LONGEST_PREFIX = 64;

    /** Copies the set. */
    public Introspection {
        acceptedWithout = Set.copyOf(acceptedWithout);
    }

    /** Asks where the issuer's metadata say (RFC 8414 §2, {@code introspection_endpoint}). */
    public static Introspection as(ClientAuthentication client) {
        return new Introspection(
                Optional.empty(),
                client,
                IntrospectionMode.OPAQUE_ONLY,
                LONGEST_TTL,
                LONGEST_CALL,
                false,
                "",
                Set.of());
    }

    /** Asks at an address, https or on this machine. */
    public static Introspection at(URI endpoint, ClientAuthentication client) {
        return as(client).at(endpoint);
    }

    /** Where the endpoint is: an address, https or on this machine. */
    public Introspection at(URI endpoint) {
        return new Introspection(
                Optional.of(endpoint),
                client,
                mode,
                cacheTtl,
                timeout,
                wantsSignedAnswers,
                tokenPrefix,
                acceptedWithout);
    }

    /** How this API shows who asks. */
    public Introspection client(ClientAuthentication chosen) {
        return new Introspection(
                uri, chosen, mode, cacheTtl, timeout, wantsSignedAnswers, tokenPrefix, acceptedWithout);
    }

    /** Which tokens are asked about. */
    public Introspection mode(IntrospectionMode chosen) {
        return new Introspection(
                uri, client, chosen, cacheTtl, timeout, wantsSignedAnswers, tokenPrefix, acceptedWithout);
    }

    /**
     * How long a good answer is remembered.
     *
     * @throws ConfigurationException if it is more than 15 s
     */
    public Introspection cacheTtl(Duration ttl) {
        Duration bounded = Bounds.between("tokenguard.introspection.cache-ttl", ttl, Duration.ZERO, LONGEST_TTL);
        return new Introspection(uri, client, mode, bounded, timeout, wantsSignedAnswers, tokenPrefix, acceptedWithout);
    }

    /**
     * How long one call may take, body included.
     *
     * @throws ConfigurationException if it is less than 50 ms or more than 1 s
     */
    public Introspection timeout(Duration longest) {
        Duration bounded =
                Bounds.between("tokenguard.introspection.timeout", longest, Duration.ofMillis(50), LONGEST_CALL);
        return new Introspection(
                uri, client, mode, cacheTtl, bounded, wantsSignedAnswers, tokenPrefix, acceptedWithout);
    }

    /** Asks for answers that the issuer has signed with its keys, and takes no others (RFC 9701). */
    public Introspection signedAnswers() {
        return new Introspection(uri, client, mode, cacheTtl, timeout, true, tokenPrefix, acceptedWithout);
    }

    /**
     * What the issuer's opaque tokens begin with: tells whom to ask where several issuers are asked.
     *
     * @throws ConfigurationException if it is longer than 64 characters, or not of such as tokens have, or one that signed
     *     tokens begin with
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
        return new Introspection(uri, client, mode, cacheTtl, timeout, wantsSignedAnswers, start, acceptedWithout);
    }

    private static boolean isTokenCharacter(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "-._~+/".indexOf(c) >= 0;
    }

    /**
     * Accepts answers that lack some of {@code iss}, {@code aud} and {@code exp} (RFC 7662 §2.2 demands none). Without
     * {@code aud} gives up that a token for another API is refused; without {@code exp}, that a token comes to an end: it is
     * then asked about again after 15 s at the latest.
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
        return new Introspection(
                uri, client, mode, cacheTtl, timeout, wantsSignedAnswers, tokenPrefix, Set.of(members));
    }

    /** Shows the mode only. */
    @Override
    public String toString() {
        return "Introspection[" + mode + "]";
    }
}
