package io.tokenguard;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.settings.IssuerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A token of a real issuer, and what has to come of it.
 *
 * @param token header, claims, introspection answer, or the text of an opaque token
 * @param expected the settings, and the result with them
 */
record IssuerSample(Map<String, ?> token, Map<String, ?> expected) {
    private static final JsonLimits LIMITS = new JsonLimits(32, 1_024, 1_024, 65_536, 40);

    /** All of them, in their order; some are listed with more than one set of settings. */
    static Stream<IssuerSample> all() {
        Map<String, Map<String, ?>> tokens = read("issuers.json").stream()
                .collect(Collectors.toMap(token -> (String) token.get("name"), UnaryOperator.identity()));
        return read("issuers-expected.json").stream()
                .map(expected -> new IssuerSample(tokenOf(expected, tokens), expected));
    }

    /** The token stands in the other list, unless it stands beside what is expected of it. */
    @SuppressWarnings("unchecked")
    private static Map<String, ?> tokenOf(Map<String, ?> expected, Map<String, Map<String, ?>> tokens) {
        return expected.get("token") instanceof Map<?, ?> own
                ? (Map<String, ?>) own
                : Objects.requireNonNull(tokens.get(expected.get("name")), () -> "" + expected.get("name"));
    }

    /** A sample, whatever it is listed with, as the token of an issuer that runs in a test. */
    static IssuerSample of(String name, String issuer, String audiences) {
        Map<String, ?> token = Stream.concat(
                        read("issuers.json").stream().filter(sample -> name.equals(sample.get("name"))),
                        all().filter(sample -> name.equals(sample.expected.get("name")))
                                .map(IssuerSample::token))
                .findFirst()
                .orElseThrow();
        return new IssuerSample(
                token, Map.of("name", name, "settings", Map.of("issuer-uri", issuer, "audiences", audiences)));
    }

    /** Other tokens that an issuer gives to clients: ID tokens, and refresh tokens that are signed. */
    Stream<Map<String, ?>> otherTokens() {
        String name = (String) Objects.requireNonNull(expected.get("name"));
        return read("id-tokens.json").stream()
                .filter(other -> ((List<?>) Objects.requireNonNull(other.get("of")))
                        .stream().anyMatch(prefix -> name.startsWith((String) prefix)));
    }

    /** Such a token for the audience of this one. */
    IssuerSample asOther(Map<String, ?> other) {
        Map<String, Object> issued = new LinkedHashMap<>(other);
        issued.put("issuerPath", token.get("issuerPath"));
        return new IssuerSample(issued, expected);
    }

    /** The members of a list in a resource. */
    @SuppressWarnings("unchecked")
    static List<Map<String, ?>> read(String resource) {
        try (InputStream bytes = IssuerSample.class.getResourceAsStream(resource)) {
            String list = new String(Objects.requireNonNull(bytes).readAllBytes(), StandardCharsets.UTF_8);
            byte[] object = ("{\"all\":" + list + "}").getBytes(StandardCharsets.UTF_8);
            return (List<Map<String, ?>>) JsonReader.readObject(object, LIMITS).get("all");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MalformedException malformed) {
            throw new AssertionError(resource, malformed);
        }
    }

    Map<String, ?> header() {
        return object("header");
    }

    String algorithm() {
        return (String) header().get("alg");
    }

    /** Its claims at a time; an issuer that the sample leaves open is the configured one. */
    Map<String, Object> claimsAt(long now) {
        Map<String, Object> claims = new LinkedHashMap<>(timed(object("claims"), now));
        if (claims.get("iss") == null || "(the issuer)".equals(claims.get("iss"))) {
            claims.put("iss", issuerOfTokens());
        }
        if (expected.containsKey("withoutIssuer")) {
            claims.remove("iss");
        }
        claims.computeIfPresent("aud", (name, audience) -> "(this API)".equals(audience) ? audience() : audience);
        return claims;
    }

    private String audience() {
        return settings().getOrDefault("audiences", "none").split(",", 2)[0];
    }

    /** What its issuer answers about it; empty where nobody is asked. */
    Optional<Map<String, Object>> answerAt(long now) {
        Object stated = expected.get("answer");
        return (stated == null ? token.get("introspectionAnswer") : stated) instanceof Map<?, ?> answer
                ? Optional.of(timed(answer, now))
                : Optional.empty();
    }

    /** The token where it can't be made here: it is opaque, or encrypted. */
    Optional<String> text() {
        return Optional.ofNullable((String) token.get("token"));
    }

    String issuer() {
        String path = (String) token.get("issuerPath");
        return settings().getOrDefault("issuer-uri", "https://issuer.example.com" + path);
    }

    /** The dialect that its settings or its address choose. */
    String dialect() {
        String named = settings().get("dialect");
        return named == null ? IssuerAddress.dialectOf(issuer()).settingName() : named;
    }

    private String issuerOfTokens() {
        return issuer().replace("{tenantid}", settings().getOrDefault("tenants", ""));
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(expected.get("settings")))
                .forEach((key, value) -> settings.put((String) key, (String) value));
        return settings;
    }

    Optional<String> refusal() {
        return Optional.ofNullable((String) expected.get("refused"));
    }

    Optional<String> text(String member) {
        return Optional.ofNullable((String) expected.get(member));
    }

    List<?> list(String member) {
        return (List<?>) Objects.requireNonNullElse(expected.get(member), List.of());
    }

    private Map<String, ?> object(String member) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (token.get(member) instanceof Map<?, ?> object) {
            object.forEach((name, value) -> members.put((String) name, value));
        }
        return members;
    }

    private static Map<String, Object> timed(Map<?, ?> members, long now) {
        Map<String, Object> timed = new LinkedHashMap<>();
        members.forEach((name, value) -> timed.put((String) name, timed(value, now)));
        return timed;
    }

    /** A date is written as {@code now}, and seconds before or after; others may be texts of digits. */
    private static Object timed(Object value, long now) {
        if (value instanceof Map<?, ?> members) {
            return timed(members, now);
        }
        if (!(value instanceof String text) || !text.startsWith("now")) {
            return "1795790015".equals(value) ? Long.toString(now + 300) : value;
        }
        return now + (text.length() == 3 ? 0 : Long.parseLong(text.substring(3)));
    }

    @Override
    public String toString() {
        return expected.get("name") + text("with").map(with -> ", " + with).orElse("");
    }
}
