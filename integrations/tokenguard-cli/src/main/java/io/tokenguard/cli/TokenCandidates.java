package io.tokenguard.cli;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.settings.IssuerAddress;
import io.tokenguard.internal.token.LikelyDialect;
import io.tokenguard.internal.token.OthersAudience;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Properties that may accept a token, by what it contains. Not tried yet.
 *
 * @param token the token
 * @param product the server that it looks like
 */
record TokenCandidates(DecodedToken token, Optional<LikelyDialect> product) {
    private static final String PLACEHOLDER = "https://api.example.com";
    private static final String GENERIC = "generic";
    private static final String STANDARD = "rfc9068";
    private static final String TYPES = "tokenguard.token-types";
    private static final String DIALECT = "tokenguard.dialect";
    private static final String REQUIRED = "tokenguard.required-claims";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@+-]{1,200}");
    private static final Set<String> OF_ID_TOKENS = Set.of("google", "firebase");

    /** Who owns a token, by the dialect or the issuer that gives tokens for any audience to everyone; the stablest first. */
    private static final Map<String, List<String>> OWNERS = Map.of(
            "github-actions", List.of("repository_owner_id", "repository_owner"),
            "gitlab-ci", List.of("namespace_id", "namespace_path"),
            "aws-sts", List.of("/https:~1~1sts.amazonaws.com~1/aws_account", "sub"),
            "google", List.of("email", "sub"),
            "https://app.terraform.io", List.of("terraform_organization_id", "terraform_organization_name"),
            "https://agent.buildkite.com", List.of("organization_id", "organization_slug"));

    /**
     * Those of the dialects that the claims or the address select, the likeliest first. Their rules tell access tokens from
     * other tokens, also if the type is another.
     */
    List<Map<String, String>> ofServer() {
        Set<String> selected = selected();
        List<Map<String, String>> all = new ArrayList<>();
        selected.forEach(dialect -> all.add(with(dialect, Map.of())));
        if (!selected.isEmpty()) {
            all.add(with("", Map.of()));
            selected.forEach(dialect -> all.add(with(dialect, Map.of(TYPES, type()))));
        }
        return all;
    }

    /** Those for a server that is not recognized; empty if one is: if its dialect refuses the token, it is none for APIs. */
    List<Map<String, String>> ofAnyServer() {
        return selected().isEmpty()
                ? List.of(with("", Map.of()), with(GENERIC, Map.of()), with(GENERIC, Map.of(TYPES, type())))
                : List.of();
    }

    private String type() {
        return token.header()
                .map(header -> header.get("typ"))
                .map(Object::toString)
                .orElse("none");
    }

    /** Those for a token without audience and subject, about which the issuer has to be asked. */
    Map<String, String> lightweight() {
        Map<String, String> properties = new LinkedHashMap<>(with(LikelyDialect.KEYCLOAK, Map.of()));
        properties.put("tokenguard.introspection.mode", "always");
        properties.put("tokenguard.introspection.client-id", "CLIENT");
        properties.put("tokenguard.introspection.client-secret-file", "/run/secrets/client-secret");
        return properties;
    }

    /** The dialect of the product and that of the address; empty if neither is recognized. */
    private Set<String> selected() {
        Set<String> dialects = new LinkedHashSet<>();
        product.ifPresent(found -> dialects.add(found.dialect()));
        dialects.add(IssuerAddress.dialectOf(token.claim("iss")).settingName());
        dialects.remove(STANDARD);
        return dialects;
    }

    /** The audiences that the token names, or the client that stands for them. */
    private List<String> named() {
        return Stream.of("aud", "client_id", "azp")
                .map(name -> texts(token.claims()
                                .<Object>map(claims -> claims.get(name))
                                .orElse(null))
                        .filter(text -> !text.isBlank())
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The audiences that may be this API's. */
    List<String> own() {
        return named().stream().filter(audience -> !isOfServer(audience)).toList();
    }

    /** The audiences of the server's own APIs. */
    List<String> others() {
        return named().stream().filter(this::isOfServer).toList();
    }

    /** What to do so that the server issues tokens for this API. */
    String remedy() {
        return OthersAudience.remedy(selected().stream().findFirst().orElse(""));
    }

    private boolean isOfServer(String audience) {
        String issuer = token.claim("iss");
        return Stream.concat(selected().stream(), Stream.of(""))
                .anyMatch(dialect -> OthersAudience.includes(audience, dialect, issuer));
    }

    private String audience() {
        return own().stream().findFirst().orElse(PLACEHOLDER);
    }

    /** Its client is no audience. */
    private boolean isLightweight() {
        return token.claims().filter(LikelyDialect::isLightweight).isPresent();
    }

    private static Stream<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(TokenCandidates::texts);
        }
        return value instanceof String text ? Stream.of(text) : Stream.of();
    }

    private Map<String, String> with(String dialect, Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("tokenguard.issuer-uri", token.claim("iss"));
        properties.put("tokenguard.audiences", isLightweight() ? PLACEHOLDER : audience());
        if (!dialect.isEmpty()) {
            properties.put(DIALECT, dialect);
        }
        owner(dialect).ifPresent(rule -> properties.put(REQUIRED, rule));
        if (OF_ID_TOKENS.contains(dialect)) {
            properties.put("tokenguard.accept-id-tokens", "true");
        }
        properties.putAll(more);
        SignatureAlgorithm.named(token.algorithm())
                .filter(algorithm -> !SignatureAlgorithm.defaults().contains(algorithm))
                .filter(algorithm -> algorithm != SignatureAlgorithm.HS256)
                .ifPresent(unusual -> properties.put("tokenguard.algorithms", token.algorithm()));
        return properties;
    }

    private Optional<String> owner(String dialect) {
        String issuer = token.claim("iss").replaceFirst("/$", "");
        String byAddress = IssuerAddress.dialectOf(token.claim("iss")).settingName();
        return Stream.of(dialect, issuer, byAddress)
                .flatMap(name -> OWNERS.getOrDefault(name, List.of()).stream())
                .flatMap(claim -> value(claim).stream().map(value -> claim + "=" + value))
                .findFirst();
    }

    /** A claim that can be written in a rule as it is. */
    private Optional<String> value(String claim) {
        @Nullable Object value = token.claims().map(claims -> of(claims, claim)).orElse(null);
        return Optional.ofNullable(value)
                .filter(found -> found instanceof String || found instanceof Long)
                .map(Object::toString)
                .filter(text -> PLAIN.matcher(text).matches());
    }

    /** A claim, or, after a slash, a member of one (RFC 6901). */
    private static @Nullable Object of(Map<String, @Nullable Object> claims, String name) {
        if (!name.startsWith("/")) {
            return claims.get(name);
        }
        @Nullable Object value = claims;
        for (String step : name.substring(1).split("/", -1)) {
            value = value instanceof Map<?, ?> map
                    ? map.get(step.replace("~1", "/").replace("~0", "~"))
                    : null;
        }
        return value;
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "TokenCandidates[not shown]";
    }
}
