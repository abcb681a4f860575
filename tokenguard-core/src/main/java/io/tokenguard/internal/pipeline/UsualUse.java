package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.limits.Charge;
import io.tokenguard.internal.limits.Limit;
import io.tokenguard.internal.limits.LimitKey;
import io.tokenguard.internal.limits.Limiter;
import io.tokenguard.internal.limits.Rate;
import io.tokenguard.internal.limits.TooMany;
import io.tokenguard.internal.pipeline.BaselineTerms.Response;
import io.tokenguard.internal.theft.Assessment;
import io.tokenguard.internal.theft.BaselineWatch;
import java.time.Duration;
import java.util.Optional;

/**
 * A request compared with what is usual for its subject, and what follows. For one decision.
 *
 * @param check what it was compared by
 * @param sent the request and its token
 * @param place where it goes
 * @param assessment the result
 */
record UsualUse(BaselineCheck check, Sent sent, BaselineWatch.Place place, Assessment assessment) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A request with its accepted token. */
    record Sent(IncomingRequest request, AccessToken token) {}

    /** The requirement of the route, with the authentication that an unusual request needs. */
    static AccessRequirement demanded(Optional<UsualUse> use, AccessRequirement requirement) {
        return use.isPresent() && use.get().causes(Response.STEP_UP)
                ? requirement.enforced().and(use.get().authentication())
                : requirement;
    }

    /**
     * Reports an unusual request, and does what the settings say.
     *
     * @throws RefusedException if the request must not be granted as it is
     */
    static void require(Optional<UsualUse> use, DecisionSteps steps) throws RefusedException {
        if (use.isPresent() && use.get().score() >= use.get().terms().reportScore()) {
            use.get().require(steps);
        }
    }

    private int score() {
        return assessment.score();
    }

    private BaselineTerms terms() {
        return check.terms();
    }

    private boolean causes(Response response) {
        return terms().response() == response && score() >= terms().responseScore();
    }

    private AccessRequirement.MaxAge authentication() {
        return new AccessRequirement.MaxAge(terms().maxAge());
    }

    private void require(DecisionSteps steps) throws RefusedException {
        RefusedException refused = null;
        try {
            respond(steps);
        } catch (RefusedException refusal) {
            refused = refusal;
        }
        check.report(this, causes(Response.REVOKE));
        if (refused != null) {
            throw refused;
        }
    }

    private void respond(DecisionSteps steps) throws RefusedException {
        if (causes(Response.FRESH)) {
            steps.tokens().askAgain(steps.requests().credentials(sent.request()).token(), sent.token());
        } else if (causes(Response.STEP_UP)) {
            requireAuthentication(steps);
        } else if (causes(Response.LIMIT) && !assessment.takePlace(terms().maxPerMinute())) {
            Rate rate = new Rate(terms().maxPerMinute(), MINUTE, terms().maxPerMinute());
            Limit limit = new Limit("theft-baseline", rate, LimitKey.of(LimitKey.Kind.SUBJECT), false);
            long passed = place.now().getEpochSecond() % MINUTE.toSeconds();
            throw TooMany.requests(new Limiter.Excess(
                    new Charge(limit, 1, "tokenguard.theft-baseline.mode"), MINUTE.minusSeconds(passed)));
        }
    }

    private void requireAuthentication(DecisionSteps steps) throws RefusedException {
        try {
            steps.rules()
                    .require(new AuthorizationRequest(sent.token(), sent.request(), place.now()), authentication());
        } catch (RefusedException tooOld) {
            assessment.challenge();
            throw tooOld.explained(finding -> finding.by("tokenguard.theft-baseline.mode")
                    .hint("the request is unusual for its subject: " + assessment.explanation()));
        }
        sent.token().instant("auth_time").ifPresent(time -> assessment.authenticated(time.getEpochSecond()));
    }

    /** The request is granted. */
    void learn() {
        check.learn(this);
    }
}
