package io.tokenguard.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a route demands of a request. Immutable. */
public sealed interface AccessRequirement {
    /** Nothing: no token is needed, and none is looked at. */
    record Open() implements AccessRequirement {}

    /**
     * What nobody has: the request is refused, whatever token it carries.
     *
     * @param reason why, once the token has been found good
     */
    record Denied(RefusalReason reason) implements AccessRequirement {}

    /**
     * A valid access token, and what it has to grant.
     *
     * @param allScopes scopes that it must grant, all of them
     * @param anyScopes groups of scopes; of each group it must grant at least one
     * @param anyRoles groups of roles; of each group it must state at least one
     */
    record Token(Set<String> allScopes, List<Set<String>> anyScopes, List<Set<String>> anyRoles)
            implements AccessRequirement {
        /** Copies its arguments and keeps the order of the scopes. */
        public Token {
            allScopes = Collections.unmodifiableSet(new LinkedHashSet<>(allScopes));
            anyScopes = List.copyOf(anyScopes);
            anyRoles = List.copyOf(anyRoles);
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
        return new Token(Set.of(), List.of(), List.of());
    }

    /**
     * A valid access token that grants all these scopes.
     *
     * @param scopes at least one, each by the grammar of RFC 6749 §3.3
     * @throws ConfigurationException if there is none, or one breaks the grammar
     */
    static AccessRequirement scope(String... scopes) {
        return new Token(Names.scopes("scope", scopes), List.of(), List.of());
    }

    /**
     * A valid access token that grants at least one of these scopes.
     *
     * @param scopes at least one, each by the grammar of RFC 6749 §3.3
     * @throws ConfigurationException if there is none, or one breaks the grammar
     */
    static AccessRequirement anyScope(String... scopes) {
        return new Token(Set.of(), List.of(Names.scopes("any-scope", scopes)), List.of());
    }

    /**
     * A valid access token that states at least one of these roles.
     *
     * @param roles at least one, none blank
     * @throws ConfigurationException if there is none, or one is blank
     */
    static AccessRequirement role(String... roles) {
        return new Token(Set.of(), List.of(), List.of(Names.roles(roles)));
    }

    /**
     * Both this and another requirement.
     *
     * @param other what must hold too
     */
    default AccessRequirement and(AccessRequirement other) {
        if (this instanceof Token mine && other instanceof Token theirs) {
            Set<String> allScopes = new LinkedHashSet<>(mine.allScopes());
            allScopes.addAll(theirs.allScopes());
            return new Token(
                    allScopes,
                    concat(mine.anyScopes(), theirs.anyScopes()),
                    concat(mine.anyRoles(), theirs.anyRoles()));
        }
        return this instanceof Open || other instanceof Denied ? other : this;
    }

    private static List<Set<String>> concat(List<Set<String>> first, List<Set<String>> second) {
        List<Set<String>> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
