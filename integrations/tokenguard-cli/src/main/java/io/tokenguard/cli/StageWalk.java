package io.tokenguard.cli;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The stages of a decision about a token, with the result of each. The guard itself decides.
 *
 * @param configuration the configuration
 * @param question the request
 * @param readable the token, or the signed token inside
 * @param clock the time of the decision
 */
record StageWalk(Configuration configuration, Question question, DecodedToken readable, Clock clock) {
    private static final Set<Stage> OF_REQUESTS = EnumSet.of(Stage.REQUEST, Stage.CREDENTIALS);
    private static final Set<String> DECIDING = Set.of("rule", "expected", "settings", "answer");
    private static final Pattern OF_NETWORK = Pattern.compile("\\bfrom [0-9a-fA-F:.@]");
    private static final Set<RefusalReason> WITHOUT_PROOF = EnumSet.of(
            RefusalReason.BINDING_DOWNGRADE,
            RefusalReason.BINDING_MISSING,
            RefusalReason.BINDING_MISMATCH,
            RefusalReason.NONCE_REQUIRED);

    /**
     * The results in the order of the stages.
     *
     * @param isOffline whether to load no keys
     */
    List<Step> steps(boolean isOffline) {
        Optional<Refusal> refusal = isOffline ? Optional.empty() : new GuardTrial(configuration, clock).ask(question);
        if (!isOffline && refusal.filter(StageWalk::isWithoutKeys).isEmpty()) {
            return steps(refusal, stage -> stepOf(stage, refusal));
        }
        Step key = isOffline
                ? Step.of("key", Mark.UNKNOWN, "not checked: --offline loads no keys")
                : stepOf(Stage.KEY, refusal);
        SubstituteKeys keys = new SubstituteKeys(configuration, readable);
        return keys.apply((keyed, token) -> new GuardTrial(keyed, clock).ask(question.withToken(token)))
                .map(rest -> steps(rest, stage -> withoutKeys(stage, key, rest)))
                .orElseGet(() -> unsigned(keys, key));
    }

    /**
     * The same, and which limits count the request and whether it happens once. Both are about what is granted, and this is no
     * running node.
     */
    List<Step> stepsWithLimits(boolean isOffline) {
        List<Step> steps = new ArrayList<>(steps(isOffline));
        boolean isRefused = steps.stream().anyMatch(step -> step.mark() == Mark.BAD);
        question.request().filter(unused -> !isRefused).ifPresent(target -> {
            add(
                    steps,
                    "limits",
                    "counted by the running nodes: ",
                    NamedRules.limits(configuration).of(target));
            add(
                    steps,
                    "writes",
                    "known to the running nodes: ",
                    NamedRules.writes(configuration).of(target));
        });
        return steps;
    }

    private static void add(List<Step> steps, String name, String words, NamedRules rules) {
        if (!rules.isEmpty()) {
            steps.add(Step.of(name, Mark.UNKNOWN, words + rules.words()));
        }
    }

    /** The token can't be signed by another key, as its algorithm or form is not one that is known here. */
    private List<Step> unsigned(SubstituteKeys keys, Step key) {
        Optional<Refusal> refusal = keys.applyUnsigned(keyed -> new GuardTrial(keyed, clock).ask(question));
        boolean isDecided = keys.isVerifiedBySecret()
                || refusal.filter(found -> found.reason().stage().compareTo(Stage.KEY) < 0)
                        .isPresent();
        return isDecided
                ? steps(refusal, stage -> stepOf(stage, refusal))
                : steps(Optional.empty(), stage -> untilKey(stage, key));
    }

    private Step untilKey(Stage stage, Step key) {
        int order = stage.compareTo(Stage.KEY);
        if (order == 0) {
            return key;
        }
        return order < 0
                ? stepOf(stage, Optional.empty())
                : Step.of(stage.name().toLowerCase(Locale.ROOT), Mark.NOT_REACHED, "not reached: no keys");
    }

    private static boolean isWithoutKeys(Refusal refusal) {
        return refusal.reason() == RefusalReason.KEYS_UNAVAILABLE;
    }

    /** Finds the result of a stage. */
    private interface Results {
        Step of(Stage stage);
    }

    private List<Step> steps(Optional<Refusal> refusal, Results results) {
        List<Step> steps = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (isShown(stage, refusal)) {
                steps.add(results.of(stage));
            }
        }
        return steps;
    }

    private boolean isShown(Stage stage, Optional<Refusal> refusal) {
        boolean isRefused =
                refusal.filter(found -> found.reason().stage() == stage).isPresent();
        return switch (stage) {
            case INTERNAL -> isRefused;
            case INTROSPECTION ->
                isRefused
                        || configuration.properties().keySet().stream()
                                .anyMatch(key -> key.endsWith("introspection.uri"));
            default -> isRefused || question.hasRequest() || !OF_REQUESTS.contains(stage);
        };
    }

    /** Key and signature were not checked; all other results are those of the same token under another key. */
    private Step withoutKeys(Stage stage, Step key, Optional<Refusal> rest) {
        boolean isEarlier = rest.filter(found -> found.reason().stage().compareTo(stage) < 0)
                .isPresent();
        if (stage == Stage.KEY && !isEarlier) {
            return key;
        }
        if (stage == Stage.SIGNATURE && !isEarlier) {
            return Step.of("signature", Mark.UNKNOWN, "not checked: no keys");
        }
        boolean isPossession =
                rest.filter(found -> found.reason().stage() == Stage.POSSESSION).isPresent();
        if (stage == Stage.POSSESSION && isPossession) {
            return Step.of("possession", Mark.UNKNOWN, "not checked: a proof is for the token that the issuer signed");
        }
        return stepOf(stage, rest);
    }

    private Step stepOf(Stage stage, Optional<Refusal> refusal) {
        String name = stage.name().toLowerCase(Locale.ROOT);
        int order =
                refusal.map(found -> stage.compareTo(found.reason().stage())).orElse(-1);
        if (order > 0) {
            return Step.of(name, Mark.NOT_REACHED, "not reached");
        }
        if (order == 0) {
            return refused(name, refusal.orElseThrow());
        }
        return switch (stage) {
            case REVOCATION ->
                Step.of(
                        name,
                        Mark.UNKNOWN,
                        "not checked: revocations are known to the running nodes and their shared state");
            case AUTHORIZATION ->
                question.hasRequest()
                        ? Step.of(name, Mark.GOOD, authorized())
                        : Step.of(name, Mark.UNKNOWN, "not checked: pass --request 'GET /path'");
            case POSSESSION -> Step.of(name, Mark.GOOD, possession());
            default -> Step.of(name, Mark.GOOD, "");
        };
    }

    private String authorized() {
        return question.request()
                .flatMap(target -> HealthPaths.of(configuration).find(target))
                .map(row -> "by the health document (" + row.key() + ")")
                .orElse("by routes; annotations of a handler are not known here, and may demand more");
    }

    private String possession() {
        return question.proof().isPresent()
                ? "the proof is for this request and token; whether it was used before is not checked"
                : "not bound to a key: anyone who has the token can use it";
    }

    private Step refused(String name, Refusal refusal) {
        RefusalReason reason = refusal.reason();
        if (reason == RefusalReason.NO_MATCHING_ROUTE) {
            return new Step(name, Mark.UNKNOWN, NamedRoutes.BY_ANNOTATIONS, details(refusal));
        }
        if (question.clientAddress().isEmpty() && isByNetwork(refusal)) {
            return new Step(
                    name,
                    Mark.UNKNOWN,
                    "not known here: the client's address decides; pass --client-address",
                    details(refusal, DECIDING));
        }
        if (question.proof().isEmpty() && WITHOUT_PROOF.contains(reason)) {
            return new Step(
                    name,
                    Mark.UNKNOWN,
                    reason.name() + ", because no proof was passed: pass --request and --proof",
                    details(refusal));
        }
        return new Step(name, reason.isVerdict() ? Mark.BAD : Mark.UNKNOWN, reason.name(), details(refusal));
    }

    /** Whether the client's address decides, alone or in one of several alternatives. */
    private static boolean isByNetwork(Refusal refusal) {
        return refusal.reason().stage() == Stage.AUTHORIZATION
                && (refusal.settings().contains("tokenguard.trusted-proxies")
                        || OF_NETWORK.matcher(refusal.expected()).find());
    }

    private static Map<String, String> details(Refusal refusal, Set<String> names) {
        Map<String, String> details = details(refusal);
        details.keySet().retainAll(names);
        return details;
    }

    private static Map<String, String> details(Refusal refusal) {
        Map<String, String> details = new LinkedHashMap<>();
        put(details, "rule", refusal.detail());
        put(details, "found", refusal.found());
        put(details, "expected", refusal.expected());
        put(details, "settings", String.join(", ", refusal.settings()));
        put(details, "hint", refusal.hint());
        put(details, "dialect", refusal.dialect());
        put(details, "answer", String.valueOf(refusal.reason().status()));
        return details;
    }

    private static void put(Map<String, String> details, String name, String value) {
        if (!value.isEmpty()) {
            details.put(name, value);
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "StageWalk[not shown]";
    }
}
