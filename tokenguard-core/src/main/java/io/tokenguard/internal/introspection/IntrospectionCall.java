package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.telemetry.OperationOutcome;
import io.tokenguard.internal.telemetry.OperationTimer;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes single calls to one issuer, and validates the answers. Thread-safe; never blocks. */
public final class IntrospectionCall {
    private static final int LEAST_WEIGHT = 512;
    private static final Duration LEAST_UNSTATED_LIFE = Duration.ofSeconds(16);

    private final AtomicLong order = new AtomicLong();
    private final AnswerFetcher fetcher;
    private final Terms terms;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final AnswerMemory memory;
    private final CircuitBreaker breaker;
    private final CallAlarm alarm;

    /**
     * How answers are read.
     *
     * @param issuer the issuer's name, for the operator
     * @param reader reads answers
     * @param validator validates their claims
     * @param limits how long results are used
     * @param timer counts and times calls
     */
    public record Terms(
            String issuer,
            AnswerReader reader,
            AnswerValidator validator,
            CallLimits limits,
            OperationTimer<OperationOutcome.Call> timer) {}

    /** Validates the claims in the answer about an active token. */
    @FunctionalInterface
    public interface AnswerValidator {
        /**
         * Makes a token of the claims.
         *
         * @param unstatedEnd the token's expiry if the answer may omit it, and does
         */
        AccessToken validate(VerifiedClaims claims, Instant unstatedEnd) throws RefusedException;
    }

    /**
     * Calls by a fetcher.
     *
     * @param clock the time of day, for times in tokens
     * @param nanoTime monotonic nanoseconds, for the age of results and the circuit breaker
     */
    public IntrospectionCall(AnswerFetcher fetcher, Terms terms, Clock clock, LongSupplier nanoTime) {
        this.fetcher = fetcher;
        this.terms = terms;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.memory = new AnswerMemory(terms.limits(), clock, nanoTime);
        this.breaker = new CircuitBreaker(nanoTime);
        this.alarm = new CallAlarm(terms.issuer(), nanoTime);
    }

    AnswerMemory memory() {
        return memory;
    }

    /**
     * One call.
     *
     * @param hash the token's hash
     * @param order orders results by the start of their calls
     * @param askedAt when it began
     * @param begunAt when it began, in monotonic nanoseconds
     */
    private record Question(TokenHash hash, long order, Instant askedAt, long begunAt) {
        IntrospectionResult refused(RefusedException refusal) {
            return new IntrospectionResult(
                    null,
                    refusal,
                    begunAt + IntrospectionResult.REFUSED_FOR.toNanos(),
                    order,
                    LEAST_WEIGHT,
                    () -> false);
        }
    }

    /**
     * Requires the circuit not to be open.
     *
     * @param isActive whether the call would be about a recently active token
     */
    void requireClosedCircuit(boolean isActive) throws RefusedException {
        requireNone(breaker.waitFor(isActive));
    }

    private void requireNone(Duration wait) throws RefusedException {
        if (!wait.isZero()) {
            throw RefusedException.until(
                            RefusalReason.INTROSPECTION_UNAVAILABLE, "calls are stopped after failures", wait)
                    .explained(unused -> Finding.of(
                            "no answer; the last failure was: "
                                    + alarm.lastFailure().orElse("not known"),
                            "an answer"));
        }
    }

    static RefusedException unavailable(String rule) {
        return new RefusedException(RefusalReason.INTROSPECTION_UNAVAILABLE, rule);
    }

    /**
     * Starts a call; its result is cached unless the call fails.
     *
     * @throws RefusedException if calls are stopped
     */
    CompletableFuture<IntrospectionResult> start(PendingCall call) throws RefusedException {
        requireNone(breaker.begin(call.isActive()));
        Question question = new Question(call.hash(), order.incrementAndGet(), clock.instant(), nanoTime.getAsLong());
        OperationTimer.Running<OperationOutcome.Call> running = terms.timer().start();
        return ask(call.token())
                .handle((body, failure) ->
                        body == null ? failed(question, CallFailure.of(failure)) : answered(question, body))
                .whenComplete((result, failure) -> running.end(outcome(result)))
                .thenApply(result -> {
                    memory.remember(call.hash(), result);
                    return result;
                });
    }

    private static OperationOutcome.Call outcome(@Nullable IntrospectionResult result) {
        if (result == null
                || (result.refusal() != null && !result.refusal().reason().isVerdict())) {
            return OperationOutcome.Call.FAILED;
        }
        return result.isGood() ? OperationOutcome.Call.ACTIVE : OperationOutcome.Call.INACTIVE;
    }

    private CompletableFuture<byte[]> ask(String token) {
        try {
            return fetcher.ask(token);
        } catch (RuntimeException notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
    }

    private IntrospectionResult answered(Question question, byte[] body) {
        try {
            AnswerReader.Answer answer = terms.reader().read(body);
            breaker.succeeded();
            alarm.answered();
            return result(question, answer, body.length);
        } catch (FetchException noAnswer) {
            return failed(question, CallFailure.of(noAnswer));
        } catch (RefusedException refused) {
            return unusable(question, refused);
        } catch (RuntimeException | Error failure) {
            breaker.failed(question.hash, Duration.ZERO);
            throw failure;
        }
    }

    /**
     * An answer beyond the limits refuses its token alone. An answer that is not signed as required says nothing about the
     * token.
     */
    private IntrospectionResult unusable(Question question, RefusedException refused) {
        if (refused.reason() == RefusalReason.INTROSPECTION_INVALID) {
            breaker.failed(question.hash, Duration.ZERO);
            alarm.failed(CallFailure.Cause.SERVER, "answer is not signed as required: " + refused.detail());
            throw new CompletionException(refused);
        }
        breaker.succeeded();
        alarm.rejected("answer is beyond the limits: " + refused.detail());
        return question.refused(refused);
    }

    private IntrospectionResult failed(Question question, CallFailure failure) {
        switch (failure.cause()) {
            case TOKEN -> {
                alarm.rejected(failure.problem());
                return question.refused(new RefusedException(
                        RefusalReason.TOKEN_INACTIVE, failure.failure().rule()));
            }
            case SIZE -> {
                alarm.rejected(failure.problem());
                return question.refused(failure.unavailable());
            }
            case RATE -> breaker.pause(failure.patience());
            case SERVER -> breaker.failed(question.hash, failure.patience());
            case CREDENTIALS, ENDPOINT -> {}
        }
        alarm.failed(failure.cause(), failure.problem());
        throw new CompletionException(failure.unavailable());
    }

    private IntrospectionResult result(Question question, AnswerReader.Answer answer, int bytes) {
        Map<String, @Nullable Object> members = answer.members();
        Duration ttl = terms.limits().cacheTtl();
        Instant unstatedEnd = question.askedAt.plus(unstatedLife());
        try {
            // RFC 7662 §2.2: a boolean; nothing else counts as true.
            if (!Boolean.TRUE.equals(members.get("active"))) {
                throw new RefusedException(
                        RefusalReason.TOKEN_INACTIVE,
                        "",
                        () -> Finding.of(
                                members.containsKey("active") ? "active is not true" : "no active",
                                "active: true, from " + terms.issuer()));
            }
            AccessToken token = terms.validator().validate(new VerifiedClaims(members, null), unstatedEnd);
            return new IntrospectionResult(
                    token,
                    null,
                    question.begunAt + ttl.toNanos(),
                    question.order,
                    LEAST_WEIGHT + 4 * bytes,
                    answer.isWithdrawn());
        } catch (RefusedException refused) {
            return question.refused(refused);
        }
    }

    /** As long as the answer may be used, plus a second for the fractions that are cut off. */
    private Duration unstatedLife() {
        Duration usable =
                terms.limits().cacheTtl().plus(terms.limits().outageGrace()).plusSeconds(1);
        return usable.compareTo(LEAST_UNSTATED_LIFE) < 0 ? LEAST_UNSTATED_LIFE : usable;
    }

    IntrospectionHealth health() {
        Optional<Instant> nextCallAt =
                breaker.isStopped() ? Optional.of(clock.instant().plus(breaker.waitFor(false))) : Optional.empty();
        return new IntrospectionHealth(terms.issuer(), alarm.lastFailure(), alarm.refusesUs(), nextCallAt);
    }
}
