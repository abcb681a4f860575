package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.feeds.ReceivedTokens;
import io.tokenguard.internal.possession.ProvenToken;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.request.RequestPath;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.response.ChallengeComposer;
import io.tokenguard.internal.response.DpopOffer;
import io.tokenguard.internal.response.MetadataComposer;
import io.tokenguard.internal.response.ResourceDescription;
import io.tokenguard.internal.revocation.RevocationSender;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way of a request through the rooms, by one configuration. Immutable but for the keys of the issuers. */
final class DecisionPipeline implements AutoCloseable {
    private final RouteTable routes;
    private final TokenAuthenticator tokens;
    private final TheftResponder thefts;
    private final OpenedSharedState shared;
    private final FeedReceiver feeds;
    private final AuthorizationCheck authorization;
    private final ChallengeComposer challenges;
    private final Optional<ResourceDescription> resource;
    private final DpopOffer dpopOffer;
    private final boolean passesPreflight;
    private final boolean hidesCredentials;
    private final boolean requiresAdapters;
    private final Clock clock;
    private final ObserverNotifier notifier;
    private final Workers workers;

    DecisionPipeline(
            GuardDescription settings,
            GuardState guardState,
            OpenedSharedState shared,
            TokenValidator examiner,
            Workers workers) {
        this.routes = settings.routes();
        this.tokens = new TokenAuthenticator(settings, guardState, shared, examiner, workers);
        this.thefts = settings.theftDesk(guardState::revoke);
        this.shared = shared;
        this.authorization = new AuthorizationCheck(settings.authorization(), FailureLog::ruleFailed);
        this.challenges = settings.challenges();
        this.resource = settings.resource();
        this.dpopOffer = settings.dpopOffer();
        this.passesPreflight = settings.passesPreflight();
        this.hidesCredentials = settings.hidesCredentials();
        this.requiresAdapters = settings.requiresAdapters;
        this.clock = settings.environment().clock();
        this.notifier = new ObserverNotifier(settings.observers());
        this.workers = workers;
        this.feeds = new FeedReceiver(
                settings.logout,
                settings.events,
                new IssuerTokenVerifier(
                        settings.parser(), examiner.issuers(), guardState.trustedKeys(), settings.verifier()),
                new ReceivedTokens(guardState.seenTokens(), shared.state().flatMap(SharedState::receivedTokens), clock),
                settings.targets(),
                settings.allowsInsecureHttp(),
                clock,
                notifier,
                guardState::receive);
    }

    AccessToken validate(String token) throws RefusedException {
        return notifier.judging(auditDetails -> tokens.validate(token, auditDetails, clock.instant()));
    }

    /** Of a token that was found good, what can have changed. */
    void validateAgain(AccessToken alreadyGood) throws RefusedException {
        AccessToken unused = notifier.judging(auditDetails -> tokens.validateAgain(alreadyGood, clock.instant()));
    }

    /**
     * Decides.
     *
     * @param stated what the caller demands; null where the routes say it
     * @param alreadyGood a token of the same request that was found good; null where there is none
     */
    Decision decide(IncomingRequest request, @Nullable AccessRequirement stated, @Nullable AccessToken alreadyGood) {
        AuditDetails auditDetails = AuditDetails.of(request);
        AccessRequirement requirement = stated == null ? AuthorizationCheck.NO_ROUTE : stated;
        try {
            long known = tokens.known();
            if (stated == null) {
                RequestPath.requireServable(request);
                requirement = route(request);
            }
            Decision.Granted granted = grant(request, requirement.enforced(), alreadyGood, auditDetails);
            tryCandidate(request, requirement, granted, auditDetails);
            if (!(requirement.enforced() instanceof AccessRequirement.Open)) {
                requireLast(request, granted, alreadyGood == null, known);
            }
            return granted;
        } catch (RefusedException refused) {
            return refuse(request, refused, requirement, auditDetails);
        } catch (RuntimeException | Error failure) {
            return refuse(request, ObserverNotifier.failed(failure), requirement, auditDetails);
        }
    }

    /** Nothing may wait after this: what was revoked when it begins is not granted. */
    private void requireLast(IncomingRequest request, Decision.Granted granted, boolean isFirst, long known)
            throws RefusedException {
        if (isFirst) {
            thefts.see(request, granted);
        }
        if (granted.accessToken().isPresent()) {
            tokens.requireNotRevokedSince(known, granted.accessToken().get());
        }
    }

    private AccessRequirement route(IncomingRequest request) {
        if (passesPreflight && Preflight.isPreflight(request)) {
            return AccessRequirement.open();
        }
        return routes.find(request.method(), request.path()).orElse(AuthorizationCheck.NO_ROUTE);
    }

    private Decision.Granted grant(
            IncomingRequest request,
            AccessRequirement requirement,
            @Nullable AccessToken alreadyGood,
            AuditDetails auditDetails)
            throws RefusedException {
        if (requirement instanceof AccessRequirement.Open) {
            return new Decision.Granted(Optional.ofNullable(alreadyGood));
        }
        ProvenToken held = require(request, requirement, alreadyGood, auditDetails);
        tokens.spend(held);
        return new Decision.Granted(
                Optional.of(held.token()),
                held.freshNonce().map(challenges::freshNonce).orElse(Map.of()));
    }

    /** All that can be required without using the request's proof up. */
    private ProvenToken require(
            IncomingRequest request,
            AccessRequirement requirement,
            @Nullable AccessToken alreadyGood,
            AuditDetails auditDetails)
            throws RefusedException {
        Instant now = clock.instant();
        boolean isFresh = requirement.demandsFreshAnswer();
        ProvenToken held = alreadyGood == null
                ? tokens.hold(request, isFresh, auditDetails, now)
                : tokens.holdAgain(request, isFresh, alreadyGood);
        authorization.require(new AuthorizationRequest(held.token(), request, now), requirement);
        tokens.requireOwnAddress(held, requirement);
        return held;
    }

    /** Whatever comes of a trial, the request is granted. */
    private void tryCandidate(
            IncomingRequest request,
            AccessRequirement requirement,
            Decision.Granted granted,
            AuditDetails auditDetails) {
        if (requirement.reportOnly().isEmpty()) {
            return;
        }
        try {
            AccessRequirement candidate = requirement.reportOnly().get();
            if (!(candidate instanceof AccessRequirement.Open)) {
                require(request, candidate, granted.accessToken().orElse(null), auditDetails);
            }
        } catch (RefusedException refused) {
            notifier.tell(GuardObserver::wouldRefuse, auditDetails.refusal(refused));
        } catch (RuntimeException | Error failure) {
            notifier.tell(GuardObserver::wouldRefuse, auditDetails.refusal(ObserverNotifier.failed(failure)));
        }
    }

    private Decision refuse(
            IncomingRequest request,
            RefusedException refused,
            AccessRequirement requirement,
            AuditDetails auditDetails) {
        Refusal refusal = auditDetails.refusal(refused);
        notifier.tell(GuardObserver::refused, refusal);
        Challenge challenge =
                challenges.compose(refusal.reason(), requirement, auditDetails.isUnderDpop(), tokens::nonce);
        Challenge timed = refused.retryAfter()
                .map(wait -> challenges.retryAfter(challenge, wait))
                .orElse(challenge);
        return thefts.see(request, new Decision.Refused(refusal, timed));
    }

    boolean hidesCredentials() {
        return hidesCredentials;
    }

    /** What the API says of itself; empty unless its address is configured. */
    Optional<ResourceMetadata> resourceMetadata(Collection<AccessRequirement> further) {
        return resource.map(described -> MetadataComposer.compose(
                described,
                Stream.concat(routes.requirements().stream(), further.stream()).toList(),
                dpopOffer));
    }

    boolean revoke(Revocation revocation, RevocationSender sender) {
        return tokens.revoke(revocation, sender);
    }

    FeedReceiver feeds() {
        return feeds;
    }

    GuardHealth health(ExpectedAdapters adapters) {
        return tokens.health(adapters.health(requiresAdapters));
    }

    /** Begins to take in what other nodes revoke. */
    void follow(Optional<DecisionPipeline> older) {
        tokens.follow(older.map(pipeline -> pipeline.tokens));
    }

    /** Lets the issuers that stay serve the keys they have, until they are loaded anew. */
    void inherit(DecisionPipeline older) {
        tokens.inherit(older.tokens);
    }

    /** Takes effect in the place of an older configuration. Can't fail: nothing here leaves this process. */
    void succeed(GuardState guardState, Optional<DecisionPipeline> older) {
        tokens.succeed(older.map(pipeline -> pipeline.tokens), clock.instant());
        guardState.use(shared);
    }

    /** Begins to hand what this node knows to a shared state that the older configuration did not have. */
    void handOver(DecisionPipeline older) {
        safely(() -> tokens.handOver(older.tokens));
    }

    private static void safely(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error failure) {
            FailureLog.changeFailed(failure);
        }
    }

    /** Closes all but what another configuration uses too. A part that can't be closed keeps no other open. */
    void closeFor(DecisionPipeline other) {
        List<Runnable> closings = new ArrayList<>(tokens.closings(other.tokens));
        closings.add(() -> shared.closeFor(other.shared));
        closings.add(workers::close);
        closings.forEach(DecisionPipeline::safely);
    }

    @Override
    public void close() {
        tokens.close();
        shared.close();
        workers.close();
    }
}
