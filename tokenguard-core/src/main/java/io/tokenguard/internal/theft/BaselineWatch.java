package io.tokenguard.internal.theft;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.request.ClientNetwork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares requests with what is usual for their subject and client, and learns from those that are granted. Thread-safe.
 *
 * @param table the baselines
 * @param limits how much is learned
 * @param proxies whose word on a client's address counts
 */
public record BaselineWatch(BaselineTable table, BaselineLimits limits, List<AddressRange> proxies) {
    /**
     * Where a request goes and when.
     *
     * @param issuer the token's issuer as it is configured
     * @param route the route as it is configured; empty if none states the requirement
     * @param now the time of the decision
     */
    public record Place(String issuer, String route, Instant now) {}

    /**
     * How unusual a request is. Changes nothing.
     *
     * @return empty if the token is bound to its sender, or names neither a subject nor a client
     */
    public Optional<Assessment> assess(IncomingRequest request, AccessToken token, Place place) {
        if (!(token.confirmation() instanceof Confirmation.None)
                || (token.subject().isEmpty() && token.clientId().isEmpty())) {
            return Optional.empty();
        }
        long subject = subject(token);
        @Nullable Baseline known = table.find(place.issuer(), subject);
        Observation use = observe(request, token, place);
        boolean isCompared = known != null && known.activeDays() >= limits.learningDays();
        Baseline baseline = known == null ? new Baseline() : known;
        return Optional.of(new Assessment(baseline, use, isCompared ? baseline.assess(use) : Surprise.NONE));
    }

    /** A request was granted. */
    public void learn(Assessment assessment, AccessToken token, Place place) {
        int today = (int) (place.now().getEpochSecond() / 86_400);
        assessment
                .of(table.of(place.issuer(), subject(token), limits, today))
                .learn(assessment.score() < limits.suspicious());
    }

    private long subject(AccessToken token) {
        String subject = token.subject().orElse("");
        return table.hash()
                .of(token.issuer()
                        + '\n'
                        + subject.length()
                        + '\n'
                        + subject
                        + '\n'
                        + token.clientId().orElse(""));
    }

    private Observation observe(IncomingRequest request, AccessToken token, Place place) {
        KeyedHash hash = table.hash();
        int network = ClientNetwork.of(request, proxies)
                .map(range -> hash.shortOf(range.prefix() + "/" + range.length()))
                .orElse(0);
        String route = place.route().isEmpty() ? PathShape.of(request) : place.route();
        return new Observation(
                network,
                hash.shortOf(AgentKind.of(request)),
                hash.shortOf(route),
                hash.shortOf(token.fingerprint()),
                place.now().getEpochSecond());
    }
}
