package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.HttpNames;
import io.tokenguard.internal.bounds.Origins;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is required of requests with a token in a cookie.
 *
 * @param origins further origins that may send them
 * @param acceptsSameSite whether all origins of the same site may
 * @param proofField the field with the proof; empty for the usual one
 * @param customField a field that is enough without a proof
 */
public record CookieSettings(
        List<String> origins, boolean acceptsSameSite, Optional<String> proofField, Optional<String> customField) {
    /** The API's own origin, and the usual field. */
    public static final CookieSettings NONE = new CookieSettings(List.of(), false, Optional.empty(), Optional.empty());

    /** The property of the origins. */
    public static final String ORIGINS = "tokenguard.cookie.allowed-origins";

    private static final String PROOF_FIELD = "tokenguard.cookie.csrf-field";
    private static final String CUSTOM_FIELD = "tokenguard.cookie.accept-custom-field";

    private static final Pattern SECURE =
            Pattern.compile("https://.+|http://(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]+)?");

    private static final Pattern PROOF = Pattern.compile("(?:x-|my-)?[a-z0-9-]*(?:csrf|xsrf|forgery)[a-z0-9-]*");

    /** Those that no proxy is known to add. */
    private static final Pattern OWN = Pattern.compile(
            "x-(?!forwarded|real-|request-|correlation-|original-|amz|envoy-|b3-|cloud-|azure-|client-|cluster-)[a-z0-9-]+");

    /** Web views of Android add it to each request. */
    private static final Set<String> ADDED = Set.of("x-requested-with");

    /** Copies the origins. */
    public CookieSettings {
        origins = List.copyOf(origins);
    }

    /** The same for these origins. */
    public CookieSettings from(String... allowed) {
        List<String> checked = Origins.check(ORIGINS, allowed);
        for (String origin : checked) {
            if (!SECURE.matcher(origin).matches()) {
                throw ConfigurationException.of(
                        ORIGINS,
                        origin,
                        "name origins with https, or http on this machine: anyone on the network can write the pages of"
                                + " others, and * lets every site act in the user's name");
            }
        }
        return new CookieSettings(checked, acceptsSameSite, proofField, customField);
    }

    /** The same for all origins of the site. */
    public CookieSettings fromSameSite() {
        return new CookieSettings(origins, true, proofField, customField);
    }

    /** The same with the proof in another field. */
    public CookieSettings provenIn(String name) {
        if (!PROOF.matcher(checked(PROOF_FIELD, name)).matches()) {
            throw ConfigurationException.of(
                    PROOF_FIELD,
                    name,
                    "name a header field for this purpose alone, such as X-CSRF-Token or X-XSRF-Token");
        }
        return new CookieSettings(origins, acceptsSameSite, Optional.of(name), customField);
    }

    /** The same with a field that is enough. */
    public CookieSettings withCustomField(String name) {
        String lower = checked(CUSTOM_FIELD, name);
        if (!OWN.matcher(lower).matches() || ADDED.contains(lower)) {
            throw ConfigurationException.of(
                    CUSTOM_FIELD,
                    name,
                    "name a header field that begins with X- and that neither browsers nor proxies add by themselves, such as"
                            + " X-CSRF; web views of Android add X-Requested-With");
        }
        return new CookieSettings(origins, acceptsSameSite, proofField, Optional.of(name));
    }

    private static String checked(String key, String name) {
        return HttpNames.fields(key, name).get(0).toLowerCase(Locale.ROOT);
    }

    /** Whether nothing is set. On JDK 17, {@code equals} of a record keeps its class loader alive after an undeployment. */
    public boolean isEmpty() {
        return origins.isEmpty() && !acceptsSameSite && proofField.isEmpty() && customField.isEmpty();
    }
}
