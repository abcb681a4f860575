package io.tokenguard.internal.telemetry;

import io.tokenguard.access.Refusal;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A decision that took at least as long as the recording's threshold. Route and issuer are recorded as configured. */
@Name("io.tokenguard.Decision")
@Label("Decision")
@Description("A decision about a request or a token")
@Category("TokenGuard")
@StackTrace(false)
@Threshold("1 ms")
final class JfrDecisionEvent extends Event implements DecisionRecording {
    @Label("Outcome")
    String outcome = "";

    @Label("Reason")
    String reason = "";

    @Label("Route")
    String route = "";

    @Label("Issuer")
    String issuer = "";

    static @Nullable DecisionRecording start() {
        JfrDecisionEvent event = new JfrDecisionEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    @Override
    public void granted(String routeLabel, String issuerLabel) {
        outcome = "GRANTED";
        finish(routeLabel, issuerLabel);
    }

    @Override
    public void refused(String routeLabel, String issuerLabel, Refusal refusal) {
        outcome = refusal.reason().isVerdict() ? "REFUSED" : "UNAVAILABLE";
        reason = refusal.reason().name();
        finish(routeLabel, issuerLabel);
    }

    private void finish(String routeLabel, String issuerLabel) {
        route = routeLabel;
        issuer = issuerLabel;
        commit();
    }
}
