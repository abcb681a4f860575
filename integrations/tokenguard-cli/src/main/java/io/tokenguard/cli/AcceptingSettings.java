package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Refusal;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.token.LikelyDialect;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds properties that accept a token, by trying them with the guard. Key and signature are not checked.
 *
 * @param token the token
 */
record AcceptingSettings(DecodedToken token) {
    /**
     * Properties, and whether they accept the token.
     *
     * @param properties the properties, in the order to show them
     * @param refusal why the token is refused with them; empty if it is accepted
     */
    record Suggestion(Map<String, String> properties, Optional<Refusal> refusal) {}

    /** The server that the token looks like; empty if no claim shows one. */
    Optional<LikelyDialect> product() {
        return token.claims().flatMap(LikelyDialect::of);
    }

    /** The first properties that accept the token, or else those that come nearest; empty if it names no issuer. */
    Optional<Suggestion> find() {
        if (token.claim("iss").isEmpty()) {
            return Optional.empty();
        }
        List<Suggestion> tried = candidates().stream()
                .flatMap(properties -> attempt(properties).stream())
                .toList();
        return tried.stream()
                .filter(one -> one.refusal().isEmpty())
                .findFirst()
                .or(() -> tried.stream().findFirst());
    }

    private List<Map<String, String>> candidates() {
        List<Map<String, String>> all = new ArrayList<>();
        product().ifPresent(found -> all.add(with(Map.of("tokenguard.dialect", found.dialect()))));
        all.add(with(Map.of()));
        all.add(with(Map.of("tokenguard.dialect", "generic")));
        token.header()
                .map(header -> header.get("typ"))
                .ifPresent(type -> all.add(
                        with(Map.of("tokenguard.dialect", "generic", "tokenguard.token-types", type.toString()))));
        return all;
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("tokenguard.issuer-uri", token.claim("iss"));
        properties.put("tokenguard.audiences", audience());
        properties.putAll(new TreeMap<>(more));
        return properties;
    }

    private String audience() {
        @Nullable Object named = token.claims().map(claims -> claims.get("aud")).orElse(null);
        Object first = named instanceof List<?> list && !list.isEmpty() ? list.get(0) : named;
        return first instanceof String text && !text.isBlank() ? text : "https://api.example.com";
    }

    private Optional<Suggestion> attempt(Map<String, String> properties) {
        Clock inTime = Clock.fixed(timeOfUse(), ZoneOffset.UTC);
        try {
            return new SubstituteKeys(new Configuration(properties), token)
                    .apply((keyed, signed) -> new Suggestion(
                            shown(properties),
                            new GuardTrial(keyed, inTime)
                                    .ask(new Question(signed, Optional.empty(), Optional.empty()))
                                    .filter(refusal -> refusal.reason().stage()
                                            != io.tokenguard.access.RefusalReason.Stage.POSSESSION)));
        } catch (ConfigurationException unusable) {
            return Optional.empty();
        }
    }

    private static Map<String, String> shown(Map<String, String> properties) {
        Map<String, String> shown = new LinkedHashMap<>();
        properties.forEach((key, value) -> shown.put(key, SafeText.path(value)));
        return shown;
    }

    /** A time at which the token is valid, if there is one. */
    private Instant timeOfUse() {
        return time("iat")
                .or(() -> time("nbf"))
                .orElseGet(() -> time("exp").map(end -> end.minusSeconds(60)).orElse(Instant.EPOCH));
    }

    private Optional<Instant> time(String claim) {
        return token.claims()
                .map(claims -> claims.get(claim))
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .filter(seconds -> seconds > 0 && seconds < 253_402_300_799L)
                .map(Instant::ofEpochSecond);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "AcceptingSettings[not shown]";
    }
}
