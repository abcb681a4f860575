package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.internal.request.CredentialPlace;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.telemetry.DecisionRecording;
import io.tokenguard.internal.telemetry.FlightEvents;
import io.tokenguard.spi.GuardObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How credentials were sent, and what is measured of one decision. For one thread; what nobody observes is not measured. */
final class TrackedDecision {
    private int route = DecisionCounters.NO_ROUTE;
    private CredentialPlace place = CredentialPlace.AUTHORIZATION;
    private boolean isUnderDpop;
    private @Nullable StageTimes times;
    private @Nullable DecisionRecording recording;
    private List<Consumer<GuardObserver.Outcome>> ends = List.of();

    /** Begins a decision about a request. */
    void begin(Observers observers, IncomingRequest request) {
        begin(observers);
        if (!observers.ofBeginnings().isEmpty()) {
            ends = observers.begin(request);
        }
    }

    /** Begins a decision about a token without a request. */
    void begin(Observers observers) {
        recording = FlightEvents.decision();
        times = observers.ofGrants().isEmpty() ? null : new StageTimes();
    }

    void decidedBy(int source) {
        route = source;
    }

    int route() {
        return route;
    }

    void sent(CredentialPlace found, boolean underDpop) {
        place = found;
        isUnderDpop = underDpop;
    }

    /** Where the credentials are; the usual place until they are read. */
    CredentialPlace place() {
        return place;
    }

    /** Whether the credentials were sent under the scheme DPoP, well formed or not. */
    boolean isUnderDpop() {
        return isUnderDpop;
    }

    void passed(Stage stage) {
        if (times != null) {
            times.ended(stage);
        }
    }

    Map<Stage, Duration> times() {
        return times == null ? Map.of() : times.times();
    }

    /** The decision is made. */
    void end(ObserverNotifier notifier, Decision decision) {
        if (recording == null && ends.isEmpty()) {
            return;
        }
        DecisionCounters counters = notifier.counters();
        String issuer = counters.issuerLabel(issuerOf(decision));
        record(counters.route(route), issuer, decision);
        notifier.observers().end(ends, new GuardObserver.Outcome(decision, counters.route(route), issuer));
    }

    private static String issuerOf(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return refused.refusal().issuer();
        }
        return decision instanceof Decision.Granted granted
                ? granted.accessToken().map(AccessToken::issuer).orElse("")
                : "";
    }

    private void record(String label, String issuer, Decision decision) {
        if (recording == null) {
            return;
        }
        if (decision instanceof Decision.Refused refused) {
            recording.refused(label, issuer, refused.refusal());
        } else {
            recording.granted(label, issuer);
        }
    }

    void endOfToken(DecisionCounters counters, AccessToken token) {
        if (recording != null) {
            recording.granted(counters.route(route), counters.issuerLabel(token.issuer()));
        }
    }

    void endOfToken(DecisionCounters counters, Refusal refusal) {
        if (recording != null) {
            recording.refused(counters.route(route), counters.issuerLabel(refusal.issuer()), refusal);
        }
    }
}
