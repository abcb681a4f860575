package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.token.LikelyDialect;
import io.tokenguard.internal.token.LikelyKind;
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
 * @param clock the time to try them at, if the token names none
 */
record AcceptingSettings(DecodedToken token, Clock clock) {
    private static final String ALGORITHMS = "tokenguard.algorithms";
    private static final String AUDIENCES = "tokenguard.audiences";
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
    record Suggestion(Map<String, String> properties, Optional<String> problem, List<String> notes) {
        boolean isAccepted() {
            return problem.isEmpty();
        }
    }

    /** The server that the token looks like; empty if no claim shows one. */
    Optional<LikelyDialect> product() {
        return token.claims().flatMap(LikelyDialect::of);
    }

    /**
     * The properties that accept the token, or else those that come nearest; empty if it names no issuer. None for other tokens
     * than access tokens.
     */
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
        List<Suggestion> tried = new ArrayList<>(attempts(candidates.ofServer()));
        if (tried.stream().noneMatch(Suggestion::isAccepted)) {
            Optional<LikelyKind> other = token.claims().flatMap(LikelyKind::of);
            if (other.isPresent()) {
                return other.map(kind -> new Suggestion(Map.of(), Optional.of(kind.hint()), List.of()));
            }
            tried.addAll(attempts(candidates.ofAnyServer()));
        }
        return tried.stream()
                .filter(Suggestion::isAccepted)
                .findFirst()
                .or(() -> tried.stream().findFirst())
                .map(found -> checked(found, candidates));
    }

    /** No properties make up for an audience that is not this API's. */
    private static Suggestion checked(Suggestion found, TokenCandidates candidates) {
        List<String> notes = new ArrayList<>(found.notes());
        if (candidates.own().size() > 1) {
            notes.add(AUDIENCES + ": the token names several audiences (" + listed(candidates.own())
                    + "): check that this is the one of this API");
        }
        if (candidates.others().isEmpty()) {
            return new Suggestion(found.properties(), found.problem(), notes);
        }
        String others = "the audience " + listed(candidates.others()) + " is that of another API";
        if (candidates.own().isEmpty()) {
            return new Suggestion(found.properties(), Optional.of(others + ": " + candidates.remedy()), notes);
        }
        notes.add(AUDIENCES + ": " + others + ": never accept it here");
        return new Suggestion(found.properties(), found.problem(), notes);
    }

    private static String listed(List<String> audiences) {
        return SafeText.finding(String.join(", ", audiences));
    }

    private List<Suggestion> attempts(List<Map<String, String>> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        TrialKey key = TrialKey.ofAny(token);
        return key.inFile(file -> {
            Map<String, String> ofKey = Map.of("tokenguard." + key.setting(), file.toString());
            List<Suggestion> tried = new ArrayList<>();
            for (Map<String, String> candidate : candidates) {
                Suggestion suggestion = attempt(candidate, key, ofKey);
                tried.add(suggestion);
                if (suggestion.isAccepted()) {
                    break;
                }
            }
            return tried;
        });
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
                .orElseGet(() -> time("exp").map(end -> end.minusSeconds(60)).orElseGet(clock::instant));
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
