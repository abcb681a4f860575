package io.tokenguard.access;

import io.tokenguard.access.Confirmation.Binding;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a route requires of a request: single requirements, joined by {@link #and} and {@link #or}. Drives the decision, the
 * challenge and the metadata of the resource. A challenge names the first alternative. Names that are blank, missing or
 * malformed are rejected by a {@link ConfigurationException}. Immutable.
 */
public sealed interface AccessRequirement {
    /** No requirement: no token is needed, and none is read. */
    record Open() implements AccessRequirement {}

    /**
     * Denies every request, whatever token it has.
     *
     * @param reason why, after the token was accepted
     */
    record Denied(RefusalReason reason) implements AccessRequirement {}

    /**
     * A scope that the token grants, compared exactly or by the declared hierarchies and wildcards.
     *
     * @param name the scope, by the grammar of RFC 6749 §3.3
     */
    record Scope(String name) implements AccessRequirement {
        /** Checks the grammar. */
        public Scope {
            Names.requireScope("scope", name);
        }
    }

    /**
     * A role that the token contains, compared exactly.
     *
     * @param name the role, not blank
     */
    record Role(String name) implements AccessRequirement {
        /** Checks that it is not blank. */
        public Role {
            Names.requireText("role", name);
        }
    }

    /**
     * How strongly the user has authenticated, by {@code acr} (RFC 9470 §3).
     *
     * @param values the accepted values, the preferred one first; at least one
     */
    record Acr(List<String> values) implements AccessRequirement {
        /** Checks the grammar of the values, which challenges contain, separated by spaces. */
        public Acr {
            values = List.copyOf(Names.requireScopes("acr", values));
        }

        /**
         * Whether a value is accepted: one of those named, or one that is declared to be stronger.
         *
         * @param acr the token's value
         * @param weakestFirst the values whose order is declared
         */
        public boolean accepts(String acr, List<String> weakestFirst) {
            int strength = weakestFirst.indexOf(acr);
            return values.contains(acr)
                    || values.stream()
                            .mapToInt(weakestFirst::indexOf)
                            .anyMatch(least -> least >= 0 && strength > least);
        }
    }

    /**
     * How long ago the user may have authenticated, by {@code auth_time} (RFC 9470 §3).
     *
     * @param age the greatest age, in whole seconds; at least one
     */
    record MaxAge(Duration age) implements AccessRequirement {
        /** Checks that the age is one of whole seconds. */
        public MaxAge {
            if (age.compareTo(Duration.ofSeconds(1)) < 0 || !age.equals(Duration.ofSeconds(age.toSeconds()))) {
                throw ConfigurationException.of("max-age", age, "name at least one second, in whole seconds");
            }
        }
    }

    /**
     * A token that is bound to its sender, who proved possession.
     *
     * @param bindings the accepted bindings; at least one
     */
    record Bound(Set<Binding> bindings) implements AccessRequirement {
        /** Copies the bindings. */
        public Bound {
            if (bindings.isEmpty()) {
                throw ConfigurationException.missing("bound", "name at least one way of binding");
            }
            bindings = Collections.unmodifiableSet(EnumSet.copyOf(bindings));
        }
    }

    /** A token that was introspected for this very request (RFC 7662 §4). */
    record FreshIntrospection() implements AccessRequirement {}

    /**
     * One authorization detail (RFC 9396 §2) of a type, with all of some actions.
     *
     * @param type the type, compared exactly
     * @param actions the actions, compared exactly; none if the type alone is enough
     */
    record Detail(String type, Set<String> actions) implements AccessRequirement {
        /** Checks that nothing is blank. */
        public Detail {
            Names.requireText("authorization-details", type);
            actions.forEach(action -> Names.requireText("authorization-details", action));
            actions = Set.copyOf(actions);
        }
    }

    /**
     * A rule of the application.
     *
     * @param name its name in the log, not blank; callers never see it
     * @param condition whether it holds; must be thread-safe. If it throws, the request is refused
     */
    record Rule(String name, Predicate<AuthorizationRequest> condition) implements AccessRequirement {
        /** Checks that the name is not blank. */
        public Rule {
            Names.requireText("rule", name);
        }
    }

    /**
     * A condition on the token, its request or the time, in the words of rules. Three-valued: a claim that is absent or has
     * another type is unknown, and then neither the condition nor its negation is met. Made by {@link #parse}.
     */
    sealed interface Condition extends AccessRequirement permits ParsedCondition {
        /** What conditions are evaluated for. */
        interface Facts {
            /** The token, its request and the time. */
            AuthorizationRequest attempt();

            /** The numeric address of the client; empty if it is not certain. */
            String clientAddress();

            /** Whether a named list has a text; empty if there is no such list. */
            Optional<Predicate<String>> names(String list);

            /** Whether a named list of networks has an address; empty if there is no such list. */
            Optional<Predicate<AddressRange>> networks(String list);
        }

        /** Whether it is certain to hold. Never throws. */
        boolean isMet(Facts facts);

        /** Its beginning, such as {@code claim department}. */
        String topic();

        /** What the request has of what it tests, for the operator; neither truncated nor escaped. */
        String found(Facts facts);

        /** The named lists that it looks into. */
        List<String> lists();

        /** Whether it tests the client's address. */
        boolean isOfNetwork();
    }

    /**
     * All of some requirements; without any, a valid access token.
     *
     * @param parts in their order; those that a client can satisfy by another authorization request come last: the user's
     *     authentication, and then scopes
     */
    record All(List<AccessRequirement> parts) implements AccessRequirement {
        /** Orders and copies the parts. */
        public All {
            parts = Composition.answerableLast(parts);
        }
    }

    /**
     * One of some requirements.
     *
     * @param alternatives in their order; a challenge names the first
     */
    record Any(List<AccessRequirement> alternatives) implements AccessRequirement {
        /** Copies the alternatives. */
        public Any {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * A requirement, and another one in report-only mode, whose refusals are reported to observers and change no answer.
     *
     * @param enforced the requirement that decides
     * @param candidate the requirement that is evaluated for every request that {@code enforced} lets through
     */
    record ReportOnly(AccessRequirement enforced, AccessRequirement candidate) implements AccessRequirement {
        /** Removes requirements in report-only mode from both. */
        public ReportOnly {
            enforced = enforced.enforced();
            candidate = candidate.enforced();
        }
    }

    /** Open to everyone. */
    static AccessRequirement open() {
        return new Open();
    }

    /** Closed to everyone. */
    static AccessRequirement denied() {
        return new Denied(RefusalReason.ACCESS_DENIED);
    }

    /** Any valid access token. */
    static AccessRequirement authenticated() {
        return new All(List.of());
    }

    /** A valid access token that grants all these scopes: at least one, each by the grammar of RFC 6749 §3.3. */
    static AccessRequirement scope(String... scopes) {
        return Composition.all(Names.requireSome("scope", scopes).map(Scope::new));
    }

    /**
     * A valid access token that grants at least one of these scopes.
     *
     * @param scopes at least one, each by the grammar of RFC 6749 §3.3; a challenge names the first
     */
    static AccessRequirement anyScope(String... scopes) {
        return Composition.any(Names.requireSome("any-scope", scopes).map(Scope::new));
    }

    /** A valid access token with at least one of these roles: at least one, none blank. */
    static AccessRequirement role(String... roles) {
        return Composition.any(Names.requireSome("role", roles).map(Role::new));
    }

    /**
     * A valid access token whose user authenticated in one of these ways, or in one that is declared to be stronger.
     *
     * @param values at least one {@code acr} in the characters of a scope, the preferred one first
     */
    static AccessRequirement acr(String... values) {
        return new Acr(Names.requireSome("acr", values).toList());
    }

    /**
     * A valid access token whose user authenticated no longer ago, by whole seconds; allow for the difference of clocks.
     */
    static AccessRequirement maxAge(Duration age) {
        return new MaxAge(age);
    }

    /** A valid sender-constrained token with proof of possession, with one of these bindings; none means any of them. */
    static AccessRequirement bound(Binding... bindings) {
        return new Bound(bindings.length == 0 ? EnumSet.allOf(Binding.class) : Set.of(bindings));
    }

    /** A valid access token that its issuer confirms to be active for this very request (RFC 7662 §4). */
    static AccessRequirement fresh() {
        return new FreshIntrospection();
    }

    /**
     * A valid access token with an authorization detail of this type, with all these actions (RFC 9396 §2.2).
     *
     * @param type the type, not blank
     * @param actions none if the type alone is enough
     */
    static AccessRequirement detail(String type, String... actions) {
        return new Detail(type, new LinkedHashSet<>(Arrays.asList(actions)));
    }

    /**
     * A valid access token for which a rule of the application holds.
     *
     * @param name its name in the log, not blank
     * @param condition such as a {@code ClaimRule}; must be thread-safe
     */
    static AccessRequirement rule(String name, Predicate<AuthorizationRequest> condition) {
        return new Rule(name, condition);
    }

    /**
     * Reads a requirement in the notation of rules ({@code docs/policies.md}): {@code public}, {@code deny}, {@code
     * authenticated}, or any of {@code scope a,b} (all of them), {@code any-scope a,b}, {@code role a,b}, {@code acr a,b} (one
     * of them), {@code max-age 300} (seconds), {@code dpop}, {@code mtls}, {@code bound} (either), {@code fresh}, and conditions
     * such as {@code claim department in finance,legal}, {@code subject = path:user}, {@code from 10.0.0.0/8}, {@code during
     * Mon-Fri 08:00-18:00 Europe/Berlin}, {@code age < 5m}. {@code not} negates conditions; words side by side or joined by
     * {@code and} must all be met; {@code or} joins alternatives; parentheses group. The part after {@code report-only} is only
     * reported. A name with spaces or commas is written in double quotes.
     *
     * @param text the requirement; {@code path:user} is a path parameter of the framework, unless a {@link Route} states it
     * @throws ConfigurationException if it is malformed; the message names the position
     */
    static AccessRequirement parse(String text) {
        return RequirementParser.parse(text, 0, null);
    }

    /** The requirement as {@link #parse} reads it. Authorization details and the application's rules have no such notation. */
    default String notation() {
        return RequirementNotation.of(this);
    }

    /** Both this and another requirement. */
    default AccessRequirement and(AccessRequirement other) {
        return Composition.all(Stream.of(this, other));
    }

    /** This requirement or another one. */
    default AccessRequirement or(AccessRequirement other) {
        return Composition.any(Stream.of(this, other));
    }

    /**
     * This requirement, with another one in report-only mode.
     *
     * @param candidate the requirement that could replace this one
     */
    default AccessRequirement reportOnly(AccessRequirement candidate) {
        return new ReportOnly(this, candidate);
    }

    /** Whether any part or alternative is {@link FreshIntrospection}: the token must be introspected for this very request. */
    default boolean demandsFreshAnswer() {
        return Composition.contains(this, FreshIntrospection.class::isInstance);
    }

    /** Whether a part or an alternative requires a bound token and accepts this binding. Ignores report-only mode. */
    default boolean acceptsBinding(Binding binding) {
        return Composition.contains(
                enforced(),
                single -> single instanceof Bound bound && bound.bindings().contains(binding));
    }

    /** The enforced requirement, without the one in report-only mode. */
    default AccessRequirement enforced() {
        return this;
    }

    /** The requirement in report-only mode; empty if there is none. */
    default Optional<AccessRequirement> reportOnly() {
        return this instanceof ReportOnly reported ? Optional.of(reported.candidate) : Optional.empty();
    }
}
