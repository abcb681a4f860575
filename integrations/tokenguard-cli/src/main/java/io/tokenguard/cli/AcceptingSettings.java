package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
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
import java.util.regex.Pattern;

/**
 * Finds properties that accept a token, by trying them with the guard. Key and signature are not checked.
 *
 * @param token the token
 */
record AcceptingSettings(DecodedToken token) {
    private static final String ALGORITHMS = "tokenguard.algorithms";
    private static final String KEYS = "tokenguard.jwks-uri";

    /** Issuers whose key set the guard finds by their metadata: over https, or on this machine. */
    private static final Pattern WITH_METADATA =
            Pattern.compile("https://|http://(localhost|127\\.[0-9.]+|\\[::1])([:/]|$)");

    /**
     * Properties, and whether they accept the token.
     *
     * @param properties the properties, in the order to show them
     * @param problem why the token is not accepted with them; empty if it is
     * @param notes what to know or to do beside
     */
    record Suggestion(Map<String, String> properties, Optional<String> problem, List<String> notes) {}

    /** The server that the token looks like; empty if no claim shows one. */
    Optional<LikelyDialect> product() {
        return token.claims().flatMap(LikelyDialect::of);
    }

    /** The first properties that accept the token, or else those that come nearest; empty if it names no issuer. */
    Optional<Suggestion> find() {
        if (token.claim("iss").isEmpty()) {
            return Optional.empty();
        }
        TokenCandidates candidates = new TokenCandidates(token, product());
        if (token.claims().filter(LikelyDialect::isLightweight).isPresent()) {
            return Optional.of(new Suggestion(
                    shown(candidates.lightweight()),
                    Optional.of("not tried: only introspection has audience and subject of a lightweight access token"),
                    List.of()));
        }
        TrialKey key = TrialKey.ofAny(token);
        return key.inFile(file -> {
            Map<String, String> ofKey = Map.of("tokenguard." + key.setting(), file.toString());
            return best(candidates.all(), key, ofKey);
        });
    }

    private Optional<Suggestion> best(List<Map<String, String>> candidates, TrialKey key, Map<String, String> ofKey) {
        List<Suggestion> tried = new ArrayList<>();
        for (Map<String, String> candidate : candidates) {
            Suggestion suggestion = attempt(candidate, key, ofKey);
            if (suggestion.problem().isEmpty()) {
                return Optional.of(suggestion);
            }
            tried.add(suggestion);
        }
        return tried.stream().findFirst();
    }

    private Suggestion attempt(Map<String, String> properties, TrialKey key, Map<String, String> ofKey) {
        Map<String, String> complete = new LinkedHashMap<>(properties);
        Map<String, String> shown = shown(properties);
        if (key.isOfAnotherAlgorithm(token)) {
            complete.remove(ALGORITHMS);
        }
        complete.putAll(ofKey);
        if (key.setting().equals(TrialKey.SECRET)) {
            shown.put("tokenguard." + TrialKey.SECRET, "/run/secrets/issuer-secret");
        } else if (!WITH_METADATA.matcher(token.claim("iss")).lookingAt()) {
            shown.put(KEYS, "https://KEYS");
        }
        return new Suggestion(shown, problem(new Configuration(complete), key.signed()), notes(shown));
    }

    private Optional<String> problem(Configuration configuration, DecodedToken signed) {
        Clock inTime = Clock.fixed(timeOfUse(), ZoneOffset.UTC);
        try {
            return new GuardTrial(configuration, inTime)
                    .ask(new Question(signed, Optional.empty(), Optional.empty()))
                    .filter(refusal -> refusal.reason().stage() != RefusalReason.Stage.POSSESSION)
                    .map(AcceptingSettings::inOneLine);
        } catch (ConfigurationException unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }

    private static String inOneLine(Refusal refusal) {
        return refusal.reason() + ", found " + refusal.found() + ", expected " + refusal.expected()
                + (refusal.hint().isEmpty() ? "" : "; " + refusal.hint());
    }

    private static List<String> notes(Map<String, String> properties) {
        List<String> notes = new ArrayList<>();
        if (properties.containsKey("tokenguard." + TrialKey.SECRET)) {
            notes.add("tokenguard.hmac-secret-file: name the file with the secret that the issuer signs with");
        }
        if (properties.containsKey(KEYS)) {
            notes.add(KEYS
                    + ": name the address of the key set: the issuer is no https address at which it could be found");
        }
        if (ProviderNeeds.isOfBouncyCastle(properties.getOrDefault(ALGORITHMS, ""))) {
            notes.add("tokenguard.algorithms: " + properties.get(ALGORITHMS) + " " + ProviderNeeds.REMEDY);
        }
        if (properties.containsKey("tokenguard.required-claims")) {
            notes.add(
                    "tokenguard.required-claims: anyone can get a token of this issuer for any audience; check that this"
                            + " names the owner whose tokens are to be accepted");
        }
        return notes;
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
