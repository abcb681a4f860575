package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.Route;
import io.tokenguard.config.BindingMode;
import io.tokenguard.internal.authorization.NamedLists;
import io.tokenguard.internal.settings.AccessSettings;
import io.tokenguard.internal.settings.ClaimSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rejects routes that no request could ever satisfy, because other settings turn off what they require. Does not check routes
 * that are closed on purpose ({@code deny}) and requirements in report-only mode.
 *
 * @param settings the settings
 */
record SatisfiableRoutes(GuardSettings settings) {
    /**
     * Checks all routes.
     *
     * @throws ConfigurationException for the first route that can't be satisfied
     */
    void check() {
        AccessSettings access = settings.api().access();
        Stream.concat(access.routes().stream(), access.console().routes().stream())
                .forEach(route ->
                        obstacle(route.requirement().enforced()).ifPresent(obstacle -> refuse(route, obstacle)));
    }

    private void refuse(Route route, String obstacle) {
        throw ConfigurationException.because(
                settings.api().access().name(route), "can never be met", obstacle + ", or change the route");
    }

    /** Why no request can ever meet a requirement, with what to set; empty if one can. */
    Optional<String> obstacle(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().stream().flatMap(part -> obstacle(part).stream()).findFirst();
        }
        if (requirement instanceof AccessRequirement.Any any) {
            List<String> obstacles = any.alternatives().stream()
                    .flatMap(alternative -> obstacle(alternative).stream())
                    .toList();
            boolean isOpen = obstacles.size() < any.alternatives().size();
            return isOpen ? Optional.empty() : obstacles.stream().findFirst();
        }
        return single(requirement);
    }

    private Optional<String> single(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.Bound bound
                && bound.bindings().stream().allMatch(this::isOff)) {
            Binding first = bound.bindings().iterator().next();
            return Optional.of("set tokenguard." + (first == Binding.DPOP ? "dpop" : "mtls")
                    + ".mode, which is 'off', to supported or required");
        }
        if (requirement instanceof AccessRequirement.Role role
                && settings.issuers().stream().noneMatch(SatisfiableRoutes::statesRoles)) {
            return Optional.of("it requires the role '" + role.name() + "', and no issuer has a claim for roles;"
                    + " set tokenguard.roles-claim");
        }
        if (requirement instanceof AccessRequirement.Condition condition) {
            return condition.lists().stream()
                    .filter(list -> !settings.api().policies().lists().containsKey(list))
                    .findFirst()
                    .map(list -> "set " + NamedLists.key(list) + " to the file that has the entries of @" + list);
        }
        return Optional.empty();
    }

    private boolean isOff(Binding binding) {
        BindingMode mode = switch (binding) {
            case DPOP -> settings.binding().dpop().mode();
            case MTLS -> settings.binding().mutualTls().mode();
        };
        return mode == BindingMode.OFF;
    }

    private static boolean statesRoles(IssuerSettings issuer) {
        ClaimSettings claims = issuer.tokens().claims();
        return !claims.roles().paths().isEmpty()
                || !DialectRules.of(DialectNeeds.dialectOf(issuer))
                        .rolesClaims()
                        .isEmpty();
    }
}
