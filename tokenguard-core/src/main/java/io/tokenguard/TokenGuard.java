package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.possession.BindingCheck;
import io.tokenguard.internal.request.CredentialExtractor;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.request.RequestPath;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.request.TransportCheck;
import io.tokenguard.internal.response.ChallengeComposer;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.JoseHeader;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.VerificationKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request, with the access token it carries, may do what it asks for. Immutable after {@code build()}
 * but for the keys of the issuers; made to be shared by all threads. Close it when the application ends.
 */
public final class TokenGuard implements AutoCloseable {
    private static final AccessRequirement UNMATCHED = new AccessRequirement.Denied(RefusalReason.RULE_MISSING);

    private final Map<String, IssuerLane> lanes;
    private final RouteTable routes;
    private final TokenParser parser;
    private final ChallengeComposer challenges;
    private final boolean allowsInsecureHttp;
    private final boolean passesPreflight;
    private final Clock clock;
    private final List<GuardObserver> observers;
    private final ScheduledExecutorService timer;

    TokenGuard(TokenGuardBuilder settings, Map<String, IssuerLane> lanes, ScheduledExecutorService timer) {
        this.lanes = Map.copyOf(lanes);
        this.routes = settings.routes();
        this.parser = settings.parser();
        this.challenges = settings.challenges();
        this.allowsInsecureHttp = settings.allowsInsecureHttp();
        this.passesPreflight = settings.passesPreflight();
        this.clock = settings.clock();
        this.observers = settings.observers();
        this.timer = timer;
    }

    /** Starts to describe a guard. */
    public static TokenGuardBuilder builder() {
        return new TokenGuardBuilder();
    }

    /**
     * Decides by the guard's own routes. What no route covers is refused, and so is a path that could be read in two ways.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request) {
        return decide(request, null, null);
    }

    /**
     * Decides by a requirement that the caller has found, as an adapter does that matches resources itself.
     *
     * @return the decision; bad input is a refusal, never an exception
     */
    public Decision decide(IncomingRequest request, AccessRequirement requirement) {
        return decide(request, requirement, null);
    }

    /**
     * Decides once more within a request whose token has been found good already, as when a container forwards it to
     * another path: the new path's demands are made, and the token is not judged twice.
     *
     * @param request the request as it is to be served now
     * @param alreadyGood the token of an earlier decision about the same request
     */
    public Decision decideAgain(IncomingRequest request, AccessToken alreadyGood) {
        return decide(request, null, alreadyGood);
    }

    /**
     * Judges a token alone, for callers without HTTP. What the token grants is for the caller to judge.
     *
     * @param token the compact token, without a scheme
     * @throws RefusedException if the token is not good, or can't be judged now
     */
    public AccessToken validate(String token) throws RefusedException {
        Evidence evidence = Evidence.withoutRequest();
        try {
            return examine(token, evidence);
        } catch (RefusedException refused) {
            tell(evidence.refusal(refused));
            throw refused;
        } catch (RuntimeException | Error failure) {
            RefusedException refused = failed(failure);
            tell(evidence.refusal(refused));
            throw refused;
        }
    }

    /** Ends the loading of keys and closes the key sources. A closed guard goes on to decide by the keys it has. */
    @Override
    public void close() {
        timer.shutdownNow();
        lanes.values().forEach(lane -> lane.keys().close());
    }

    private Decision decide(
            IncomingRequest request, @Nullable AccessRequirement stated, @Nullable AccessToken alreadyGood) {
        Evidence evidence = Evidence.of(request);
        AccessRequirement requirement = stated == null ? UNMATCHED : stated;
        try {
            if (stated == null) {
                RequestPath.requireServable(request);
                requirement = route(request);
            }
            return grant(request, requirement, alreadyGood, evidence);
        } catch (RefusedException refused) {
            return refuse(evidence.refusal(refused), requirement);
        } catch (RuntimeException | Error failure) {
            return refuse(evidence.refusal(failed(failure)), requirement);
        }
    }

    private AccessRequirement route(IncomingRequest request) {
        if (passesPreflight && Preflight.isPreflight(request)) {
            return AccessRequirement.open();
        }
        return routes.find(request.method(), request.path()).orElse(UNMATCHED);
    }

    private Decision grant(
            IncomingRequest request,
            AccessRequirement requirement,
            @Nullable AccessToken alreadyGood,
            Evidence evidence)
            throws RefusedException {
        if (requirement instanceof AccessRequirement.Open) {
            return new Decision.Granted(Optional.ofNullable(alreadyGood));
        }
        AccessToken token = alreadyGood == null ? examine(extract(request), evidence) : alreadyGood;
        AuthorizationCheck.require(token, requirement);
        return new Decision.Granted(Optional.of(token));
    }

    private String extract(IncomingRequest request) throws RefusedException {
        String token = CredentialExtractor.extract(request.headers(), parser.longestToken());
        if (!allowsInsecureHttp) {
            TransportCheck.requireSecure(request);
        }
        return token;
    }

    /** The corridor. */
    private AccessToken examine(String presented, Evidence evidence) throws RefusedException {
        UnverifiedToken unverified = evidence.parsed(parser.parse(presented));
        JoseHeader header = unverified.header();
        IssuerLane lane = laneOf(unverified.claimedIssuer());
        lane.header().require(header);
        VerificationKey key = lane.keys().find(header.keyId(), header.algorithm());
        AccessToken token = lane.claims().validate(evidence.vouched(SignatureVerifier.verify(unverified, key)));
        lane.lifetime().check(token, clock.instant());
        BindingCheck.requireUnbound(token);
        return token;
    }

    private IssuerLane laneOf(String issuer) throws RefusedException {
        IssuerLane lane = lanes.get(issuer);
        if (lane == null) {
            throw new RefusedException(RefusalReason.ISSUER_UNKNOWN);
        }
        return lane;
    }

    private Decision refuse(Refusal refusal, AccessRequirement requirement) {
        tell(refusal);
        return new Decision.Refused(refusal, challenges.compose(refusal.reason(), requirement));
    }

    private void tell(Refusal refusal) {
        for (GuardObserver observer : observers) {
            try {
                observer.refused(refusal);
            } catch (RuntimeException | VirtualMachineError failure) {
                FailureLog.observerFailed(failure);
            }
        }
    }

    private static RefusedException failed(Throwable failure) {
        FailureLog.requestFailed(failure);
        return new RefusedException(RefusalReason.INTERNAL_FAILURE);
    }
}
