package io.tokenguard.internal.assembly;

import io.tokenguard.access.Route;
import io.tokenguard.internal.issuers.IssuerTemplate;
import io.tokenguard.internal.keys.LoadListener;
import io.tokenguard.internal.pipeline.BackgroundEvents;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.internal.telemetry.OperationOutcome;
import io.tokenguard.internal.telemetry.OperationTimer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Wires what is counted. Labels are texts of the configuration.
 *
 * @param issuers the issuers
 * @param counters counts
 * @param events notifies observers
 */
record Telemetry(List<IssuerSettings> issuers, GuardCounters counters, BackgroundEvents events) {
    /** Counts decisions by the routes and issuers of the configuration. */
    DecisionCounters decisions(RouteTable routes) {
        Map<String, String> names = new HashMap<>();
        Map<String, Predicate<String>> templates = new HashMap<>();
        for (IssuerSettings issuer : issuers) {
            if (issuer.isTemplate()) {
                templates.put(
                        issuer.issuer(),
                        IssuerTemplate.of(issuer.keyPrefix() + "issuer-uri", issuer.issuer())::matches);
            } else {
                names.put(issuer.issuer(), issuer.issuer());
                issuer.tenants().texts().aliases().forEach(alias -> names.put(alias, issuer.issuer()));
            }
        }
        return counters.decisions(new DecisionCounters.Labels(
                routes.routes().stream().map(Route::name).toList(), names, templates));
    }

    /** Counts the loads of an issuer's keys, and notifies observers of them. */
    LoadListener loads(IssuerSettings issuer) {
        OperationTimer<OperationOutcome.KeyLoad> timer = counters.loads(configured(issuer));
        return () -> {
            OperationTimer.Running<OperationOutcome.KeyLoad> running = timer.start();
            return (isGood, keys) -> {
                running.end(isGood ? OperationOutcome.KeyLoad.SUCCEEDED : OperationOutcome.KeyLoad.FAILED);
                events.tell(observer -> {
                    if (isGood) {
                        observer.keysLoaded(keys);
                    } else {
                        observer.keysFailed(keys);
                    }
                });
            };
        };
    }

    /** The issuer as it is configured: a template instead of its tenant. */
    private String configured(IssuerSettings issuer) {
        return issuers.stream()
                .filter(known -> known.keyPrefix().equals(issuer.keyPrefix()))
                .findFirst()
                .map(IssuerSettings::issuer)
                .orElse(issuer.issuer());
    }
}
