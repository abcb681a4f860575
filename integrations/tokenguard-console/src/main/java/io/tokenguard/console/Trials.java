package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.GuardStats.Outcomes;
import io.tokenguard.access.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Requirements that operators try on rules: they refuse nothing, and their refusals are counted. Thread-safe. */
final class Trials {
    /** The members of a body that starts one. */
    static final Set<String> START = Set.of("rule", "requirement");

    /** The members of a body that ends one. */
    static final Set<String> END = Set.of("rule");

    private static final int LONGEST_REQUIREMENT = 2000;
    private static final Outcomes NOTHING = new Outcomes("", 0, 0, 0, 0);

    private final Acts acts;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();

    Trials(Acts acts) {
        this.acts = acts;
    }

    /**
     * Since when the console counts a trial: since its start, or since the console first saw one that the application's code
     * started.
     *
     * @param requirement what is tried
     * @param before what the rule had decided before
     */
    private record Begun(Instant at, AccessRequirement requirement, Outcomes before) {}

    /** Starts a trial. */
    FeedAnswer start(JsonObject body, AccessToken operator) throws MalformedException {
        String rule = body.require("rule");
        String text = body.require("requirement");
        if (text.length() > LONGEST_REQUIREMENT) {
            throw new MalformedException("'requirement' has more than " + LONGEST_REQUIREMENT + " characters");
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("rule", rule);
        details.put("requirement", text);
        boolean unused = acts.begun("start-trial", operator, details, () -> {
            guard().startTrial(rule, AccessRequirement.parse(text));
            return true;
        });
        begun.remove(rule);
        acts.record("start-trial", operator, "done", details);
        return all();
    }

    /** Ends a trial. */
    FeedAnswer end(JsonObject body, AccessToken operator) throws MalformedException {
        String rule = body.require("rule");
        Map<String, String> details = new LinkedHashMap<>();
        details.put("rule", rule);
        boolean wasOn = acts.begun("end-trial", operator, details, () -> guard().endTrial(rule));
        begun.remove(rule);
        details.put("was_on", String.valueOf(wasOn));
        acts.record("end-trial", operator, "done", details);
        return all();
    }

    /** All rules, with what is tried on them. */
    FeedAnswer all() {
        Map<String, AccessRequirement> started = guard().trials();
        Map<String, Outcomes> outcomes = outcomes();
        follow(started, outcomes);
        List<Map<String, Object>> rules = guard().rules().stream()
                .map(rule -> document(rule, started.containsKey(rule.name()), outcomes))
                .toList();
        return Answer.json(200, Map.of("rules", rules));
    }

    /** Begins to count trials that are new. */
    private void follow(Map<String, AccessRequirement> started, Map<String, Outcomes> outcomes) {
        begun.entrySet().removeIf(trial -> !trial.getValue().requirement().equals(started.get(trial.getKey())));
        started.forEach((rule, requirement) -> begun.computeIfAbsent(
                rule, name -> new Begun(acts.clock().instant(), requirement, outcomes.getOrDefault(name, NOTHING))));
    }

    private Map<String, Object> document(Route rule, boolean isStarted, Map<String, Outcomes> outcomes) {
        Outcomes now = outcomes.getOrDefault(rule.name(), NOTHING);
        Optional<AccessRequirement> candidate = rule.requirement().reportOnly();
        Optional<Begun> start = Optional.ofNullable(begun.get(rule.name()));
        Outcomes before = start.map(Begun::before).orElse(NOTHING);
        boolean isCounted = candidate.isPresent();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule", rule.name());
        document.put("requirement", rule.requirement().enforced().notation());
        document.put("tried", candidate.map(AccessRequirement::notation));
        document.put("configured", candidate.isPresent() && !isStarted);
        document.put("since", start.map(Begun::at));
        document.put("granted", counted(isCounted, now.granted() - before.granted()));
        document.put("wouldRefuse", counted(isCounted, now.wouldRefuse() - before.wouldRefuse()));
        return document;
    }

    private static Optional<Long> counted(boolean isCounted, long count) {
        return isCounted ? Optional.of(count) : Optional.empty();
    }

    private Map<String, Outcomes> outcomes() {
        return guard().stats().decisions().byRoute().stream()
                .collect(Collectors.toMap(Outcomes::label, outcomes -> outcomes, (one, other) -> one));
    }

    private TokenGuard guard() {
        return acts.guard();
    }
}
