package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Preset;
import io.tokenguard.internal.request.CookieDefense;
import io.tokenguard.internal.settings.CookieSettings;
import io.tokenguard.internal.settings.CorsSettings;
import io.tokenguard.internal.settings.GuardSettings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What is required of requests with a token in a cookie, and of the other settings beside it. */
final class CookieRules {
    private static final String COOKIE = "tokenguard.credentials.cookie";
    private static final String USUAL_FIELD = "X-CSRF-Token";

    private CookieRules() {}

    /** The names of all cookies that may contain a token. */
    static Set<String> names(GuardSettings settings) {
        Set<String> names = new LinkedHashSet<>();
        settings.issuers()
                .forEach(issuer -> issuer.tokens().credentials().cookie().ifPresent(names::add));
        return names;
    }

    static CookieDefense defense(GuardSettings settings) {
        CookieSettings cookies = settings.api().requests().cookies();
        return new CookieDefense(
                Set.copyOf(cookies.origins()),
                cookies.acceptsSameSite(),
                cookies.proofField().orElse(USUAL_FIELD),
                cookies.customField());
    }

    /**
     * Checks the settings against each other.
     *
     * @throws ConfigurationException if one has no effect, contradicts the cookie, or opens it to scripts of other origins
     */
    static void check(GuardSettings settings) {
        Optional<String> name = names(settings).stream().findFirst();
        if (name.isEmpty()) {
            requireNothingSet(settings.api().requests().cookies());
            return;
        }
        requireNoPreset(settings, name.get());
        if (settings.binding().dpop().mode() == BindingMode.REQUIRED) {
            throw ConfigurationException.of(
                    COOKIE,
                    name.get(),
                    "tokenguard.dpop.mode is 'required', and tokens with DPoP are accepted in the Authorization field only"
                            + " (RFC 9449 section 7.1); set it to supported, or remove the cookie");
        }
        requireSameOrigins(
                settings.api().answers().cors(), settings.api().requests().cookies());
    }

    private static void requireNothingSet(CookieSettings cookies) {
        if (!cookies.isEmpty()) {
            throw ConfigurationException.missing(
                    COOKIE, "name the cookie; the keys of tokenguard.cookie have no effect without it");
        }
    }

    /** MCP (authorization, token requirements) and FAPI 2.0 §5.3.3 accept tokens in the Authorization field only. */
    private static void requireNoPreset(GuardSettings settings, String name) {
        for (Preset preset : new Preset[] {Preset.MCP, Preset.FAPI2}) {
            if (settings.isPreset(preset)) {
                throw ConfigurationException.of(
                        COOKIE,
                        name,
                        "it requires tokens in the Authorization field; leave it out; tokenguard.preset is '"
                                + preset.settingName() + "'");
            }
        }
    }

    /** A script that may read answers with the user's cookie acts in the user's name: both lists must say so. */
    private static void requireSameOrigins(CorsSettings cors, CookieSettings cookies) {
        if (!cors.allowsCredentials()) {
            return;
        }
        for (String origin : cors.origins()) {
            if (!cookies.origins().contains(origin)) {
                throw ConfigurationException.of(
                        "tokenguard.cors.allow-credentials",
                        true,
                        "scripts of " + origin + " could read answers to requests with the cookie; add it to "
                                + CookieSettings.ORIGINS + " if they may, or remove this key");
            }
        }
    }
}
