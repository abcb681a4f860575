package io.tokenguard.internal.telemetry;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Counts the decisions of one configuration by its routes and issuers. Allocates nothing for a decision. Thread-safe, without
 * a lock.
 */
public final class DecisionCounters {
    /** No requirement was found yet, or no rule matches. */
    public static final int NO_ROUTE = 0;
    /** An adapter supplied the requirement. */
    public static final int SUPPLIED = 1;
    /** A token is validated without a request. */
    public static final int TOKEN = 2;
    /** A logout token or a security event. */
    public static final int FEED = 3;
    /** The first of the guard's own rules. */
    public static final int FIRST_RULE = 4;

    private static final List<String> NAMES = List.of("none", "supplied", "token", "feed");
    private static final String NO_ISSUER = "";

    private final GuardCounters counters;
    private final Labelled[] routes;
    private final Map<String, Labelled> issuers;
    private final List<Template> templates;
    private final Labelled otherIssuer;

    private record Labelled(String label, OutcomeCounter counter) {}

    private record Template(Predicate<String> covers, Labelled counted) {}

    /**
     * The texts by which one configuration names its parts.
     *
     * @param rules the guard's own rules, in their order
     * @param issuers the label of each text that names an issuer
     * @param templates the issuers that are templates, by label
     */
    public record Labels(List<String> rules, Map<String, String> issuers, Map<String, Predicate<String>> templates) {}

    DecisionCounters(GuardCounters counters, Labels labels) {
        this.counters = counters;
        this.routes = Stream.concat(NAMES.stream(), labels.rules().stream())
                .map(label -> new Labelled(label, counters.routes().of(label)))
                .toArray(Labelled[]::new);
        this.issuers = new HashMap<>();
        labels.issuers().forEach((name, label) -> issuers.put(name, issuer(label)));
        this.templates = labels.templates().entrySet().stream()
                .map(entry -> new Template(entry.getValue(), issuer(entry.getKey())))
                .toList();
        this.otherIssuer = issuer(LabelledCounters.OTHER);
    }

    private Labelled issuer(String label) {
        return new Labelled(label, counters.issuers().of(label));
    }

    /** A request was granted without a token. */
    public void granted(int route) {
        routes[route].counter().grant();
    }

    /** A request was granted with a token of an issuer. */
    public void granted(int route, String issuer) {
        routes[route].counter().grant();
        labelled(issuer).counter().grant();
    }

    /** A request was refused. */
    public void refused(int route, Refusal refusal) {
        routes[route].counter().refuse(refusal.reason());
        counters.refusals().count(refusal.reason());
        if (!refusal.issuer().isEmpty()) {
            labelled(refusal.issuer()).counter().refuse(refusal.reason());
        }
    }

    /** A report-only requirement would have refused a request. */
    public void wouldRefuse(int route, RefusalReason reason) {
        routes[route].counter().wouldRefuse();
        counters.wouldRefuse().count(reason);
    }

    /** A token shows a sign of theft. */
    public void suspected(TheftSignal.Kind kind) {
        counters.suspicions().count(kind);
    }

    /** The label of a route. */
    public String route(int route) {
        return routes[route].label();
    }

    /** The label of an issuer; empty if there is none. */
    public String issuerLabel(String issuer) {
        return issuer.isEmpty() ? NO_ISSUER : labelled(issuer).label();
    }

    private Labelled labelled(String issuer) {
        Labelled known = issuers.get(issuer);
        if (known != null) {
            return known;
        }
        for (Template template : templates) {
            if (template.covers().test(issuer)) {
                return template.counted();
            }
        }
        return otherIssuer;
    }
}
