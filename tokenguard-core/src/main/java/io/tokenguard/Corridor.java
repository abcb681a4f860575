package io.tokenguard;

import io.tokenguard.access.AccessAttempt;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.BindingMode;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.ResourceMetadata;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.possession.HeldToken;
import io.tokenguard.internal.possession.PossessionCheck;
import io.tokenguard.internal.possession.PossessionPolicy;
import io.tokenguard.internal.request.CredentialExtractor;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.request.RequestPath;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.request.TransportCheck;
import io.tokenguard.internal.response.ChallengeComposer;
import io.tokenguard.internal.response.DpopOffer;
import io.tokenguard.internal.response.MetadataComposer;
import io.tokenguard.internal.response.ResourceDescription;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.JoseHeader;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.VerificationKey;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way of a request through the rooms, by one configuration. Immutable but for the keys of the issuers. */
final class Corridor implements AutoCloseable {
    private static final AccessRequirement UNMATCHED = new AccessRequirement.Denied(RefusalReason.RULE_MISSING);

    private final IssuerDirectory issuers;
    private final Introspectors introspectors;
    private final RouteTable routes;
    private final TokenParser parser;
    private final PossessionCheck possession;
    private final TargetUriPolicy targets;
    private final boolean knowsDpop;
    private final AuthorizationCheck authorization;
    private final ChallengeComposer challenges;
    private final Optional<ResourceDescription> resource;
    private final DpopOffer dpopOffer;
    private final boolean allowsInsecureHttp;
    private final boolean passesPreflight;
    private final boolean hidesCredentials;
    private final Clock clock;
    private final List<GuardObserver> observers;
    private final Set<String> bannedKeys;
    private final Workers workers;

    Corridor(
            TokenGuardBuilder settings,
            IssuerDirectory issuers,
            Introspectors introspectors,
            PossessionPolicy possession,
            Set<String> bannedKeys,
            Workers workers) {
        this.issuers = issuers;
        this.introspectors = introspectors;
        this.routes = settings.routes();
        this.parser = settings.parser();
        this.possession = new PossessionCheck(possession);
        this.targets = possession.targets();
        this.knowsDpop = possession.dpop().mode() != BindingMode.OFF;
        this.authorization = new AuthorizationCheck(settings.authorization(), FailureLog::ruleFailed);
        this.challenges = settings.challenges();
        this.resource = settings.resource();
        this.dpopOffer = settings.dpopOffer();
        this.allowsInsecureHttp = settings.allowsInsecureHttp();
        this.passesPreflight = settings.passesPreflight();
        this.hidesCredentials = settings.hidesCredentials();
        this.clock = settings.surroundings().clock();
        this.observers = settings.observers();
        this.bannedKeys = bannedKeys;
        this.workers = workers;
    }

    AccessToken validate(String token) throws RefusedException {
        Evidence evidence = Evidence.withoutRequest();
        try {
            AccessToken good = judge(token, false, evidence);
            possession.requireUnbound(good);
            return good;
        } catch (RefusedException refused) {
            tell(GuardObserver::refused, evidence.refusal(refused));
            throw refused;
        } catch (RuntimeException | Error failure) {
            RefusedException refused = failed(failure);
            tell(GuardObserver::refused, evidence.refusal(refused));
            throw refused;
        }
    }

    /**
     * Decides.
     *
     * @param stated what the caller demands; null where the routes say it
     * @param alreadyGood a token of the same request that was found good; null where there is none
     */
    Decision decide(IncomingRequest request, @Nullable AccessRequirement stated, @Nullable AccessToken alreadyGood) {
        Evidence evidence = Evidence.of(request);
        AccessRequirement requirement = stated == null ? UNMATCHED : stated;
        try {
            if (stated == null) {
                RequestPath.requireServable(request);
                requirement = route(request);
            }
            Decision.Granted granted = grant(request, requirement.enforced(), alreadyGood, evidence);
            tryCandidate(request, requirement, granted, evidence);
            return granted;
        } catch (RefusedException refused) {
            return refuse(refused, requirement, evidence);
        } catch (RuntimeException | Error failure) {
            return refuse(failed(failure), requirement, evidence);
        }
    }

    private AccessRequirement route(IncomingRequest request) {
        if (passesPreflight && Preflight.isPreflight(request)) {
            return AccessRequirement.open();
        }
        return routes.find(request.method(), request.path()).orElse(UNMATCHED);
    }

    private Decision.Granted grant(
            IncomingRequest request,
            AccessRequirement requirement,
            @Nullable AccessToken alreadyGood,
            Evidence evidence)
            throws RefusedException {
        if (requirement instanceof AccessRequirement.Open) {
            return new Decision.Granted(Optional.ofNullable(alreadyGood));
        }
        HeldToken held = require(request, requirement, alreadyGood, evidence);
        possession.spend(held);
        return new Decision.Granted(
                Optional.of(held.token()),
                held.freshNonce().map(challenges::freshNonce).orElse(Map.of()));
    }

    /** All that can be required without using the request's proof up. */
    private HeldToken require(
            IncomingRequest request,
            AccessRequirement requirement,
            @Nullable AccessToken alreadyGood,
            Evidence evidence)
            throws RefusedException {
        boolean isFresh = requirement.demandsFreshAnswer();
        HeldToken held =
                alreadyGood == null ? hold(request, isFresh, evidence) : holdAgain(request, isFresh, alreadyGood);
        authorization.require(new AccessAttempt(held.token(), request, clock.instant()), requirement);
        return held;
    }

    /** What was proven of the token earlier in the request still holds; what its issuer says may have changed. */
    private HeldToken holdAgain(IncomingRequest request, boolean isFresh, AccessToken alreadyGood)
            throws RefusedException {
        if (isFresh) {
            List<String> fields = request.headers().valuesOf("Authorization");
            introspectors.confirmAgain(
                    CredentialExtractor.extract(fields, parser.longestToken(), knowsDpop)
                            .token(),
                    alreadyGood);
        }
        return HeldToken.of(alreadyGood);
    }

    private HeldToken hold(IncomingRequest request, boolean isFresh, Evidence evidence) throws RefusedException {
        List<String> fields = request.headers().valuesOf("Authorization");
        evidence.sentUnderDpop(knowsDpop && CredentialExtractor.namesDpop(fields));
        PresentedCredentials credentials = CredentialExtractor.extract(fields, parser.longestToken(), knowsDpop);
        if (!allowsInsecureHttp) {
            TransportCheck.requireSecure(request, targets);
        }
        return possession.check(request, credentials, judge(credentials.token(), isFresh, evidence));
    }

    /** Whatever comes of a trial, the request is granted. */
    private void tryCandidate(
            IncomingRequest request, AccessRequirement requirement, Decision.Granted granted, Evidence evidence) {
        if (requirement.onTrial().isEmpty()) {
            return;
        }
        try {
            AccessRequirement candidate = requirement.onTrial().get();
            if (!(candidate instanceof AccessRequirement.Open)) {
                require(request, candidate, granted.accessToken().orElse(null), evidence);
            }
        } catch (RefusedException refused) {
            tell(GuardObserver::wouldRefuse, evidence.refusal(refused));
        } catch (RuntimeException | Error failure) {
            tell(GuardObserver::wouldRefuse, evidence.refusal(failed(failure)));
        }
    }

    /** Judges a token, or asks its issuer, or both. */
    private AccessToken judge(String presented, boolean isFresh, Evidence evidence) throws RefusedException {
        Optional<AskedIssuer> asked = introspectors.whomToAsk(presented);
        if (asked.isPresent()) {
            evidence.askedOf(asked.get().name());
            return evidence.answered(introspectors.introspect(asked.get(), presented, isFresh));
        }
        AccessToken token = examine(presented, evidence);
        introspectors.confirm(presented, token, isFresh);
        return token;
    }

    /** The corridor itself. */
    private AccessToken examine(String presented, Evidence evidence) throws RefusedException {
        UnverifiedToken unverified = evidence.parsed(parser.parse(presented));
        JoseHeader header = unverified.header();
        IssuerLane lane = issuers.find(unverified.claimedIssuer());
        lane.header().require(header);
        VerificationKey key = notBanned(lane.keys().find(header.keyId(), header.algorithm()));
        AccessToken token = lane.claims().validate(evidence.vouched(SignatureVerifier.verify(unverified, key)));
        lane.lifetime().check(token, clock.instant());
        return token;
    }

    private VerificationKey notBanned(VerificationKey key) throws RefusedException {
        if (bannedKeys.contains(key.keyId())) {
            throw new RefusedException(RefusalReason.KEY_REFUSED, "banned by the operator");
        }
        return key;
    }

    private Decision refuse(RefusedException refused, AccessRequirement requirement, Evidence evidence) {
        Refusal refusal = evidence.refusal(refused);
        tell(GuardObserver::refused, refusal);
        return new Decision.Refused(
                refusal, challenges.compose(refusal.reason(), requirement, evidence.isUnderDpop(), possession::nonce));
    }

    private void tell(BiConsumer<GuardObserver, Refusal> event, Refusal refusal) {
        for (GuardObserver observer : observers) {
            try {
                event.accept(observer, refusal);
            } catch (RuntimeException | VirtualMachineError failure) {
                FailureLog.observerFailed(failure);
            }
        }
    }

    private static RefusedException failed(Throwable failure) {
        FailureLog.requestFailed(failure);
        return new RefusedException(RefusalReason.INTERNAL_FAILURE);
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

    GuardHealth health() {
        return new GuardHealth(issuers.health(), introspectors.health());
    }

    /** Lets the issuers that stay serve the keys they have, until they are loaded anew. */
    void inherit(Corridor older) {
        issuers.inherit(older.issuers);
    }

    /** Closes all but the key sources that a newer configuration uses too. */
    void closeFor(Corridor newer) {
        issuers.closeAllBut(newer.issuers.sources());
        possession.closeFor(newer.possession);
        workers.close();
    }

    @Override
    public void close() {
        issuers.closeAllBut(Set.of());
        possession.close();
        workers.close();
    }
}
