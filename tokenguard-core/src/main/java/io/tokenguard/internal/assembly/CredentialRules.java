package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Credentials;
import io.tokenguard.internal.issuers.IssuerTemplate;
import io.tokenguard.internal.request.CredentialCookie;
import io.tokenguard.internal.request.CredentialField;
import io.tokenguard.internal.request.CredentialPlaces;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Where requests may carry their tokens, by the settings of all issuers. */
final class CredentialRules {
    private CredentialRules() {}

    /**
     * Requires trusted proxies where header fields count only from them.
     *
     * @throws ConfigurationException if no request could use a field
     */
    static void check(GuardSettings settings) {
        boolean hasProxies = !settings.api().requests().proxies().isEmpty();
        for (IssuerSettings issuer : settings.issuers()) {
            Credentials credentials = issuer.tokens().credentials();
            if (!hasProxies && !credentials.headers().isEmpty() && !credentials.fromAnyAddress()) {
                throw ConfigurationException.of(
                        issuer.keyPrefix() + "credentials.header",
                        String.join(",", credentials.headers()),
                        "it counts only in requests from trusted proxies, and tokenguard.trusted-proxies is empty; list the"
                                + " proxies that add the field there");
            }
        }
    }

    /** The places of all issuers. A field from any address for one issuer is a field of its own. */
    static CredentialPlaces places(GuardSettings settings) {
        Map<String, List<IssuerSettings>> byName = new LinkedHashMap<>();
        for (IssuerSettings issuer : settings.issuers()) {
            issuer.tokens()
                    .credentials()
                    .headers()
                    .forEach(name -> byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                            .add(issuer));
        }
        List<CredentialField> fields = new ArrayList<>();
        byName.forEach((name, issuers) -> fields.add(field(name, issuers)));
        return new CredentialPlaces(
                fields,
                cookies(settings),
                settings.api().requests().proxies(),
                settings.api().requests().readsProtocols());
    }

    private static List<CredentialCookie> cookies(GuardSettings settings) {
        Map<String, Predicate<String>> byName = new LinkedHashMap<>();
        for (IssuerSettings issuer : settings.issuers()) {
            issuer.tokens().credentials().cookie().ifPresent(name -> byName.merge(name, isOf(issuer), Predicate::or));
        }
        return byName.entrySet().stream()
                .map(cookie -> new CredentialCookie(cookie.getKey(), cookie.getValue()))
                .toList();
    }

    private static CredentialField field(String name, List<IssuerSettings> issuers) {
        Predicate<String> accepts = issuers.stream()
                .map(CredentialRules::isOf)
                .reduce(Predicate::or)
                .orElseThrow();
        return new CredentialField(
                name,
                accepts,
                issuers.stream()
                        .anyMatch(issuer -> issuer.tokens().credentials().fromAnyAddress()));
    }

    /** An issuer that is known by its introspection endpoint only may answer for any. */
    private static Predicate<String> isOf(IssuerSettings issuer) {
        if (issuer.isUnnamed()) {
            return name -> true;
        }
        return issuer.isTemplate()
                ? IssuerTemplate.of(issuer.keyPrefix() + "issuer-uri", issuer.issuer())::matches
                : issuer.issuer()::equals;
    }

    /** The cookies that an adapter hides from the application; none if it shows credentials. */
    static Set<String> hiddenCookies(GuardSettings settings) {
        return settings.hidesCredentials() ? CookieRules.names(settings) : Set.of();
    }

    /** The fields that an adapter hides from the application; a token among subprotocols is hidden in any case. */
    static Set<String> hidden(GuardSettings settings) {
        Set<String> names = new LinkedHashSet<>();
        CredentialPlaces places = places(settings);
        if (places.readsProtocols()) {
            names.add("sec-websocket-protocol");
        }
        if (settings.hidesCredentials()) {
            names.add("authorization");
            places.others().forEach(field -> names.add(field.name()));
        }
        return Set.copyOf(names);
    }
}
