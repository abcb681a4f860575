package io.tokenguard.spring;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reads what the annotations of a handler method require: its own and those of the methods that it overrides, all of them; or, if
 * it has none, those of its class and its supertypes.
 */
final class AnnotatedRequirements {
    /** Servlet 6.0 §13.3: any authenticated user. */
    private static final String EVERY_ROLE = "**";

    private static final String DEMANDING = "demanding";

    private AnnotatedRequirements() {}

    /**
     * The requirement.
     *
     * @param type the class of the handler
     * @return empty if there are no annotations
     * @throws ConfigurationException if they contradict each other, or one is wrong
     */
    static Optional<AccessRequirement> of(Class<?> type, Method method) {
        String place = type.getName() + "." + method.getName();
        try {
            List<AccessRequirement> own =
                    read(MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY), Object.class);
            List<AccessRequirement> ofClass =
                    read(MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY), method.getDeclaringClass());
            boolean isOwn = !own.isEmpty() && (ofClass.isEmpty() || !isOpenByInheritance(method, own));
            return combine(isOwn ? own : ofClass, place);
        } catch (ConfigurationException wrong) {
            throw wrong.key().equals(place) ? wrong : ConfigurationException.of(place, wrong.key(), wrong.remedy());
        }
    }

    /** Whether only a method that it overrides is open to everyone: that does not weaken what the class requires. */
    private static boolean isOpenByInheritance(Method method, List<AccessRequirement> stated) {
        return stated.stream().allMatch(AccessRequirement.Open.class::isInstance)
                && !MergedAnnotations.from(method, SearchStrategy.DIRECT).isPresent(PermitAll.class);
    }

    /**
     * All that is stated.
     *
     * @param declaring a class that is open to everyone opens only methods that it has: those of this class or a superclass
     */
    private static List<AccessRequirement> read(MergedAnnotations annotations, Class<?> declaring) {
        List<AccessRequirement> stated = new ArrayList<>();
        all(annotations, RequiresScopes.class).forEach(scopes -> stated.addAll(scopes(scopes)));
        all(annotations, RequiresRoles.class).forEach(roles -> stated.addAll(roles(roles)));
        all(annotations, RolesAllowed.class).forEach(roles -> stated.add(rolesAllowed(roles.value())));
        all(annotations, RequiresPolicy.class).forEach(policy -> stated.add(policy(policy.value())));
        all(annotations, RequiresAuthentication.class).forEach(how -> stated.addAll(authentication(how)));
        all(annotations, RequiresProof.class).forEach(proof -> stated.add(AccessRequirement.bound(proof.value())));
        all(annotations, RequiresFreshAnswer.class).forEach(unused -> stated.add(AccessRequirement.fresh()));
        all(annotations, Authenticated.class).forEach(unused -> stated.add(AccessRequirement.authenticated()));
        all(annotations, DenyAll.class).forEach(unused -> stated.add(AccessRequirement.denied()));
        annotations.stream(PermitAll.class)
                .filter(open -> !(open.getSource() instanceof Class<?> opened) || declaring.isAssignableFrom(opened))
                .forEach(unused -> stated.add(AccessRequirement.open()));
        return stated;
    }

    private static <A extends java.lang.annotation.Annotation> Stream<A> all(
            MergedAnnotations annotations, Class<A> type) {
        return annotations.stream(type).map(MergedAnnotation::synthesize);
    }

    private static Optional<AccessRequirement> combine(List<AccessRequirement> stated, String place) {
        boolean isMixed =
                stated.stream().map(AnnotatedRequirements::kind).distinct().count() > 1;
        if (isMixed) {
            throw ConfigurationException.of(
                    place, stated, "@PermitAll and @DenyAll can't be combined with other requirements; remove one");
        }
        return stated.stream().reduce(AccessRequirement::and);
    }

    private static String kind(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.Open) {
            return "open";
        }
        return requirement instanceof AccessRequirement.Denied ? "closed" : DEMANDING;
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

    private static List<AccessRequirement> authentication(RequiresAuthentication how) {
        List<AccessRequirement> demands = new ArrayList<>();
        boolean statesAge = how.maxAge() != RequiresAuthentication.ANY_AGE;
        if (how.acr().length > 0 || !statesAge) {
            demands.add(AccessRequirement.acr(how.acr()));
        }
        if (statesAge) {
            demands.add(AccessRequirement.maxAge(Duration.ofSeconds(how.maxAge())));
        }
        return demands;
    }
}
