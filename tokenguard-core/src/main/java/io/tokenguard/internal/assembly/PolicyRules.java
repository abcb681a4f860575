package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessRequirement.Condition;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Route;
import io.tokenguard.internal.authorization.ConditionSources;
import io.tokenguard.internal.authorization.DenyList;
import io.tokenguard.internal.authorization.NamedLists;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.PolicySettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Opens the named lists of conditions, and makes the deny list.
 *
 * @param settings the settings
 */
record PolicyRules(GuardSettings settings) {
    /**
     * What conditions read.
     *
     * @throws ConfigurationException if a list that a condition names has no file, or a file is wrong
     */
    ConditionSources sources() {
        PolicySettings policies = settings.api().policies();
        Set<String> networks = new TreeSet<>();
        deniers().forEach(condition -> note(condition, "tokenguard.deny", networks));
        for (Route route : settings.api().access().routes()) {
            conditions(route.requirement())
                    .forEach(condition -> note(condition, "the route " + route.pattern(), networks));
        }
        return new ConditionSources(settings.api().requests().proxies(), NamedLists.open(policies.lists(), networks));
    }

    private void note(Condition condition, String user, Set<String> networks) {
        for (String list : condition.lists()) {
            if (!settings.api().policies().lists().containsKey(list)) {
                throw ConfigurationException.missing(
                        NamedLists.key(list),
                        user + " uses the list @" + list + "; name the file that has its entries");
            }
        }
        if (condition.isOfNetwork()) {
            networks.addAll(condition.lists());
        }
    }

    private List<Condition> deniers() {
        PolicySettings policies = settings.api().policies();
        return Stream.of(policies.deniedNetworks(), policies.deniedClients())
                .flatMap(Optional::stream)
                .toList();
    }

    /** All conditions of a requirement, those in report-only mode too. */
    static Stream<Condition> conditions(AccessRequirement requirement) {
        if (requirement instanceof AccessRequirement.All all) {
            return all.parts().stream().flatMap(PolicyRules::conditions);
        }
        if (requirement instanceof AccessRequirement.Any any) {
            return any.alternatives().stream().flatMap(PolicyRules::conditions);
        }
        if (requirement instanceof AccessRequirement.ReportOnly reported) {
            return Stream.of(reported.enforced(), reported.candidate()).flatMap(PolicyRules::conditions);
        }
        return requirement instanceof Condition condition ? Stream.of(condition) : Stream.empty();
    }

    DenyList denials(ConditionSources sources) {
        PolicySettings policies = settings.api().policies();
        return new DenyList(
                policies.deniedNetworks(),
                policies.deniedClients(),
                policies.mode() == PolicySettings.Mode.REPORT_ONLY,
                sources);
    }
}
