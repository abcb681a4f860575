package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Introspects the tokens of one issuer (RFC 7662). A request waits for a place and for the answer, at most for the timeout in
 * total. One call per token runs at a time. The numbers of calls and waiting requests are bounded, with a share of both
 * reserved for recently active tokens. No lock is held while a request waits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure reaches the requests that wait.
public final class Introspector {
    private final ConcurrentMap<TokenHash, PendingCall> underWay = new ConcurrentHashMap<>();
    private final byte[] configuration;
    private final IntrospectionCall calls;
    private final AnswerMemory memory;
    private final CallLimits limits;
    private final WaitingRequests waiting;
    private final CallPlaces places;
    private final boolean mayWait;

    /**
     * An introspector without results.
     *
     * @param configuration a hash of the endpoint and of this API's client ID there
     * @param calls makes the calls
     * @param limits bounds calls and requests, and how long a request waits
     */
    public Introspector(byte[] configuration, IntrospectionCall calls, CallLimits limits) {
        this.configuration = configuration.clone();
        this.calls = calls;
        this.memory = calls.memory();
        this.limits = limits;
        this.waiting = new WaitingRequests(limits);
        this.places = new CallPlaces(limits.maxCalls(), limits.reservedCalls(), this::start);
        this.mayWait = true;
    }

    /** The same answers, for decisions that must not wait. */
    private Introspector(Introspector shared) {
        this.configuration = shared.configuration;
        this.calls = shared.calls;
        this.memory = shared.memory;
        this.limits = shared.limits;
        this.waiting = shared.waiting;
        this.places = shared.places;
        this.mayWait = false;
    }

    /** The same answers; where a call is needed, {@link WouldWaitException} is thrown. */
    Introspector withoutWaiting() {
        return new Introspector(this);
    }

    /**
     * The token according to the issuer's answer.
     *
     * @param isFresh whether this request needs a call of its own, whatever is cached
     * @param isVerified whether the token was verified locally: only the issuer can make such a token, so it is treated like
     *     a recently active one
     * @throws RefusedException if the token is not active or not acceptable, or if that is not known now
     */
    public AccessToken introspect(String token, boolean isFresh, boolean isVerified) throws RefusedException {
        TokenHash hash = TokenHash.of(configuration, token);
        IntrospectionResult cached = isFresh ? null : memory.find(hash);
        if (cached != null) {
            return cached.get();
        }
        boolean isActive = isVerified || memory.wasActive(hash);
        if (!mayWait) {
            throw new WouldWaitException(isActive);
        }
        try {
            return ask(new PendingCall(hash, token, isActive), isFresh).get();
        } catch (RefusedException refused) {
            return orInOutage(hash, isFresh, refused);
        }
    }

    /** Whether a token is active by its cached answer; without one, whether it was active in the last minutes. */
    boolean isKnownActive(String token) {
        TokenHash hash = TokenHash.of(configuration, token);
        IntrospectionResult cached = memory.find(hash);
        return cached == null ? memory.wasActive(hash) : cached.isGood();
    }

    /** The older answer, if no newer one is available and the grace period is not over. */
    private AccessToken orInOutage(TokenHash hash, boolean isFresh, RefusedException refused) throws RefusedException {
        boolean isOutage = !isFresh && refused.reason() == RefusalReason.INTROSPECTION_UNAVAILABLE;
        IntrospectionResult older = isOutage ? memory.findInOutage(hash) : null;
        if (older == null) {
            throw refused;
        }
        return older.get();
    }

    private IntrospectionResult ask(PendingCall mine, boolean isFresh) throws RefusedException {
        calls.requireClosedCircuit(mine.isActive());
        if (!waiting.enter(mine.isActive())) {
            throw IntrospectionCall.unavailable("too many requests wait: introspection.max-waiting");
        }
        try {
            PendingCall call = isFresh ? take(mine) : join(mine);
            try {
                return call.await(limits.timeout());
            } finally {
                leave(call);
            }
        } finally {
            waiting.leave(mine.isActive());
        }
    }

    private void leave(PendingCall call) {
        if (call.leave() && places.withdraw(call)) {
            call.end(null, IntrospectionCall.unavailable("no free call in time: introspection.max-calls"));
        }
    }

    /** The running call about the token, or a new one. */
    private PendingCall join(PendingCall mine) {
        PendingCall theirs = underWay.putIfAbsent(mine.hash(), mine);
        while (theirs != null) {
            if (theirs.join()) {
                return theirs;
            }
            underWay.remove(mine.hash(), theirs);
            theirs = underWay.putIfAbsent(mine.hash(), mine);
        }
        mine.result().whenComplete((result, failure) -> underWay.remove(mine.hash(), mine));
        // The last call about it may have ended after the first look at the cache.
        IntrospectionResult cached = memory.find(mine.hash());
        if (cached == null) {
            return take(mine);
        }
        mine.end(cached, null);
        return mine;
    }

    private PendingCall take(PendingCall call) {
        places.take(call);
        return call;
    }

    /** Starts a call that has a place. All failures end up in its result. */
    private void start(PendingCall call) {
        try {
            calls.start(call).whenComplete((result, failure) -> end(call, result, failure));
        } catch (RefusedException | RuntimeException | Error notStarted) {
            end(call, null, notStarted);
        }
    }

    private void end(PendingCall call, @Nullable IntrospectionResult result, @Nullable Throwable failure) {
        call.end(result, failure);
        places.giveBack(call);
    }

    /** The state of calls. */
    public IntrospectionHealth health() {
        return calls.health();
    }
}
