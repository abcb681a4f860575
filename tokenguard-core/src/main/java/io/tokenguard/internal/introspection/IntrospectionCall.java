package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.token.VerifiedClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Puts single questions to one issuer, and makes verdicts of the answers. Thread-safe; never blocks. */
public final class IntrospectionCall {
    private static final Duration BAD_TTL = Duration.ofSeconds(10);
    /** As long as an answer may be remembered, and a second for what whole seconds cut off. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(16);

    private static final int LEAST_WEIGHT = 512;

    private final AtomicLong order = new AtomicLong();
    private final AnswerFetcher fetcher;
    private final Terms terms;
    private final Clock clock;
    private final AnswerMemory memory;
    private final CircuitBreaker breaker;
    private final CallAlarm alarm;

    /**
     * How answers are taken.
     *
     * @param issuer who is asked, for the operator
     * @param reader reads answers
     * @param judge judges what they say
     * @param cacheTtl how long good ones are remembered
     */
    public record Terms(String issuer, AnswerReader reader, Judge judge, Duration cacheTtl) {}

    /** Judges what an issuer says of a token that is active. */
    @FunctionalInterface
    public interface Judge {
        /**
         * The token that the claims make.
         *
         * @param unstatedEnd when the token's time is over where they may be silent about that, and are
         */
        AccessToken judge(VerifiedClaims claims, Instant unstatedEnd) throws RefusedException;
    }

    /** Questions by a fetcher. */
    public IntrospectionCall(AnswerFetcher fetcher, Terms terms, Clock clock) {
        this.fetcher = fetcher;
        this.terms = terms;
        this.clock = clock;
        this.memory = new AnswerMemory(clock);
        this.breaker = new CircuitBreaker(clock);
        this.alarm = new CallAlarm(terms.issuer(), clock);
    }

    AnswerMemory memory() {
        return memory;
    }

    /**
     * One question.
     *
     * @param number the breaker's
     * @param order tells it from others
     * @param askedAt when it was put
     */
    private record Question(int number, long order, Instant askedAt) {}

    /**
     * Starts to ask about a token; what comes of it is remembered, unless the call fails.
     *
     * @throws RefusedException if nobody is asked now
     */
    CompletableFuture<IntrospectionResult> start(TokenHash hash, String token) throws RefusedException {
        int number = breaker.begin();
        if (number < 0) {
            throw Introspector.unavailable("not asked while calls fail");
        }
        Question question = new Question(number, order.incrementAndGet(), clock.instant());
        return ask(token)
                .handle((body, failure) -> body == null ? failed(question, failure) : answered(question, body))
                .thenApply(verdict -> {
                    memory.remember(hash, verdict);
                    return verdict;
                });
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
            Map<String, @Nullable Object> members = terms.reader().read(body);
            breaker.end(question.number, false, Duration.ZERO);
            alarm.answered();
            return verdict(question, members, body.length);
        } catch (FetchException noAnswer) {
            return failed(question, noAnswer);
        } catch (RefusedException invalid) {
            breaker.end(question.number, true, Duration.ZERO);
            alarm.failed("answer is not signed as it has to be: " + invalid.detail());
            throw new CompletionException(invalid);
        } catch (RuntimeException | Error failure) {
            breaker.end(question.number, true, Duration.ZERO);
            throw failure;
        }
    }

    /** Whatever is no answer says nothing of the token. Of a request that the server does not like it is not to blame. */
    private IntrospectionResult failed(Question question, @Nullable Throwable cause) {
        FetchException failure = FetchException.of(cause);
        boolean isToBlame = !failure.isNotThere() || CallAlarm.isRefusalOfUs(failure);
        breaker.end(question.number, isToBlame, failure.retryAfter());
        alarm.failed(failure);
        throw new CompletionException(Introspector.unavailable(failure.getMessage()));
    }

    private IntrospectionResult verdict(Question question, Map<String, @Nullable Object> members, int bytes) {
        Instant askAgainAt = question.askedAt.plus(terms.cacheTtl());
        Instant unstatedEnd = question.askedAt.plus(LONGEST_SILENCE);
        try {
            // RFC 7662 §2.2: a boolean, and nothing else that could stand for one.
            if (!Boolean.TRUE.equals(members.get("active"))) {
                throw new RefusedException(RefusalReason.TOKEN_INACTIVE);
            }
            AccessToken token = terms.judge().judge(new VerifiedClaims(members, null), unstatedEnd);
            Instant end = token.expiresAt().isBefore(askAgainAt) ? token.expiresAt() : askAgainAt;
            return new IntrospectionResult(token, null, end, question.order, LEAST_WEIGHT + 4 * bytes);
        } catch (RefusedException refused) {
            return new IntrospectionResult(null, refused, question.askedAt.plus(BAD_TTL), question.order, LEAST_WEIGHT);
        }
    }

    IntrospectionHealth health() {
        return new IntrospectionHealth(terms.issuer(), alarm.lastFailure(), alarm.refusesUs(), breaker.openUntil());
    }
}
