package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.bounds.Durations;
import io.tokenguard.internal.bounds.HttpNames;
import io.tokenguard.internal.bounds.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which scripts of other origins can use the API.
 *
 * @param origins the origins whose scripts can read answers
 * @param methods the methods that answers to preflights allow; empty if preflights are not answered
 * @param headers the header fields that answers to preflights allow; empty for the usual ones
 * @param exposed further header fields of answers that scripts can read
 * @param maxAge how long browsers may keep the answer to a preflight; empty for the usual time
 * @param allowsCredentials whether browsers may send cookies and client certificates
 */
public record CorsSettings(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        Optional<Duration> maxAge,
        boolean allowsCredentials) {
    /** No scripts of other origins. */
    public static final CorsSettings NONE =
            new CorsSettings(List.of(), List.of(), List.of(), List.of(), Optional.empty(), false);

    private static final String ORIGINS = "tokenguard.cors.allowed-origins";
    private static final String METHODS = "tokenguard.cors.allowed-methods";
    private static final String HEADERS = "tokenguard.cors.allowed-headers";
    private static final String EXPOSED = "tokenguard.cors.exposed-headers";
    private static final String MAX_AGE = "tokenguard.cors.max-age";
    private static final String CREDENTIALS = "tokenguard.cors.allow-credentials";

    /** Copies the lists. */
    public CorsSettings {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    /** The same for these origins. */
    public CorsSettings from(String... allowed) {
        return new CorsSettings(Origins.check(ORIGINS, allowed), methods, headers, exposed, maxAge, allowsCredentials);
    }

    /** The same with these methods. */
    public CorsSettings forMethods(String... allowed) {
        return new CorsSettings(
                origins, HttpNames.methods(METHODS, allowed), headers, exposed, maxAge, allowsCredentials);
    }

    /** The same with these header fields of requests. */
    public CorsSettings withHeaders(String... allowed) {
        return new CorsSettings(
                origins, methods, HttpNames.fields(HEADERS, allowed), exposed, maxAge, allowsCredentials);
    }

    /** The same with these further header fields of answers. */
    public CorsSettings exposing(String... further) {
        return new CorsSettings(
                origins, methods, headers, HttpNames.fields(EXPOSED, further), maxAge, allowsCredentials);
    }

    /** The same with another time. */
    public CorsSettings keptFor(Duration time) {
        Duration checked = Bounds.between(MAX_AGE, time, Duration.ZERO, Duration.ofHours(24));
        return new CorsSettings(origins, methods, headers, exposed, Optional.of(checked), allowsCredentials);
    }

    /** The same with credentials. */
    public CorsSettings withCredentials() {
        return new CorsSettings(origins, methods, headers, exposed, maxAge, true);
    }

    /** Whether preflights are answered. */
    public boolean answersPreflights() {
        return !methods.isEmpty();
    }

    /**
     * Requires settings that have an effect together.
     *
     * @param passesPreflight whether preflights are let through to the application
     * @throws ConfigurationException if one contradicts another, or has no effect without another
     */
    void check(boolean passesPreflight) {
        boolean isAnythingSet = answersPreflights() || !headers.isEmpty() || !exposed.isEmpty() || maxAge.isPresent();
        if (origins.isEmpty() && (isAnythingSet || allowsCredentials)) {
            throw ConfigurationException.missing(
                    ORIGINS,
                    "name the origins whose scripts may use the API; the other keys of tokenguard.cors need it");
        }
        if (allowsCredentials && origins.contains("*")) {
            throw ConfigurationException.of(
                    CREDENTIALS, true, "browsers refuse it together with " + ORIGINS + " = *; name the origins");
        }
        if (answersPreflights() && passesPreflight) {
            throw ConfigurationException.of(
                    "tokenguard.pass-cors-preflight",
                    true,
                    "with " + METHODS + ", preflights are answered here; remove one of the two keys");
        }
        if (!answersPreflights()) {
            requireNoPreflightSettings();
        }
        if (!headers.isEmpty() && headers.stream().noneMatch("Authorization"::equalsIgnoreCase)) {
            throw ConfigurationException.of(
                    HEADERS,
                    String.join(", ", headers),
                    "it replaces the default Authorization, DPoP, Content-Type, and scripts could send no token; add"
                            + " Authorization");
        }
    }

    private void requireNoPreflightSettings() {
        String remedy = "it has no effect, because preflights are not answered here; set " + METHODS + ", or remove it";
        if (!headers.isEmpty()) {
            throw ConfigurationException.of(HEADERS, String.join(", ", headers), remedy);
        }
        if (!exposed.isEmpty()) {
            throw ConfigurationException.of(EXPOSED, String.join(", ", exposed), remedy);
        }
        if (maxAge.isPresent()) {
            throw ConfigurationException.of(MAX_AGE, Durations.write(maxAge.get()), remedy);
        }
    }
}
