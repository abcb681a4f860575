package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the requirement in the annotations of one class or method. */
final class StatedRule {
    /** Servlet 6.0 §13.3: any authenticated user. */
    private static final String EVERY_ROLE = "**";

    private static final String DEMANDING = "demanding";

    private StatedRule() {}

    /**
     * The rule on an element; empty if there is none.
     *
     * @throws ConfigurationException if its annotations contradict each other, or one is wrong
     */
    static Optional<AccessRequirement> of(AnnotatedElement element) {
        List<AccessRequirement> stated = new ArrayList<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            stated.addAll(readFrom(element, annotation));
        }
        return combine(stated, nameOf(element));
    }

    private static List<AccessRequirement> readFrom(AnnotatedElement element, Annotation annotation) {
        try {
            return read(annotation);
        } catch (ConfigurationException wrong) {
            String name = annotation.annotationType().getSimpleName();
            throw ConfigurationException.of(nameOf(element), name, wrong.remedy());
        }
    }

    private static String nameOf(AnnotatedElement element) {
        return element instanceof Method method
                ? method.getDeclaringClass().getName() + "." + method.getName()
                : ((Class<?>) element).getName();
    }

    /**
     * All of several rules; empty if there is none.
     *
     * @param place where the rules are, for messages
     * @throws ConfigurationException if one permits or denies everyone and another has requirements
     */
    static Optional<AccessRequirement> combine(List<AccessRequirement> rules, String place) {
        if (rules.stream()
                        .map(AccessRequirement::enforced)
                        .map(StatedRule::kind)
                        .distinct()
                        .count()
                > 1) {
            throw ConfigurationException.of(
                    place,
                    rules.stream().map(Wording::of).toList(),
                    "@PermitAll and @DenyAll can't be combined with other requirements; remove one");
        }
        return rules.stream().reduce(AccessRequirement::and);
    }

    private static String kind(AccessRequirement rule) {
        if (rule instanceof AccessRequirement.Open) {
            return "open";
        }
        return rule instanceof AccessRequirement.Denied ? "closed" : DEMANDING;
    }

    private static List<AccessRequirement> read(Annotation annotation) {
        if (annotation instanceof RequiresScopes scopes) {
            return scopes(scopes);
        }
        if (annotation instanceof RequiresRoles roles) {
            return roles(roles);
        }
        if (annotation instanceof RolesAllowed roles) {
            return List.of(rolesAllowed(roles.value()));
        }
        if (annotation instanceof RequiresPolicy policy) {
            return List.of(policy(policy.value()));
        }
        if (annotation instanceof RequiresAuthentication authentication) {
            return authentication(authentication);
        }
        if (annotation instanceof RequiresProof proof) {
            return List.of(AccessRequirement.bound(proof.value()));
        }
        if (annotation instanceof RequiresFreshAnswer) {
            return List.of(AccessRequirement.fresh());
        }
        if (annotation instanceof Authenticated) {
            return List.of(AccessRequirement.authenticated());
        }
        if (annotation instanceof PermitAll) {
            return List.of(AccessRequirement.open());
        }
        return annotation instanceof DenyAll ? List.of(AccessRequirement.denied()) : List.of();
    }

    private static List<AccessRequirement> scopes(RequiresScopes scopes) {
        List<AccessRequirement> demands = new ArrayList<>();
        if (scopes.value().length > 0 || scopes.anyOf().length == 0) {
            demands.add(AccessRequirement.scope(scopes.value()));
        }
        if (scopes.anyOf().length > 0) {
            demands.add(AccessRequirement.anyScope(scopes.anyOf()));
        }
        return demands;
    }

    private static List<AccessRequirement> roles(RequiresRoles roles) {
        List<AccessRequirement> demands = new ArrayList<>();
        Arrays.stream(roles.value()).map(AccessRequirement::role).forEach(demands::add);
        if (roles.anyOf().length > 0 || demands.isEmpty()) {
            demands.add(AccessRequirement.role(roles.anyOf()));
        }
        return demands;
    }

    private static List<AccessRequirement> authentication(RequiresAuthentication authentication) {
        List<AccessRequirement> demands = new ArrayList<>();
        boolean saysAge = authentication.maxAge() != RequiresAuthentication.NO_MATTER;
        if (authentication.acr().length > 0 || !saysAge) {
            demands.add(AccessRequirement.acr(authentication.acr()));
        }
        if (saysAge) {
            demands.add(AccessRequirement.maxAge(Duration.ofSeconds(authentication.maxAge())));
        }
        return demands;
    }

    private static AccessRequirement policy(String conditions) {
        AccessRequirement read = AccessRequirement.parse(conditions);
        if (!kind(read.enforced()).equals(DEMANDING)) {
            throw ConfigurationException.of(
                    "@RequiresPolicy",
                    conditions,
                    "write conditions; use @PermitAll or @DenyAll for everyone and nobody");
        }
        return read;
    }

    private static AccessRequirement rolesAllowed(String... roles) {
        return List.of(roles).contains(EVERY_ROLE) ? AccessRequirement.authenticated() : AccessRequirement.role(roles);
    }
}
