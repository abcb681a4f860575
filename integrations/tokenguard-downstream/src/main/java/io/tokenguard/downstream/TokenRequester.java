package io.tokenguard.downstream;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.config.Destination;
import io.tokenguard.config.Destination.TokenRequest;
import io.tokenguard.downstream.RelayException.Reason;
import io.tokenguard.spi.TokenEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Requests tokens, unless they are remembered. Thread-safe; never blocks. */
final class TokenRequester {
    private static final Duration REFUSED_FOR = Duration.ofSeconds(10);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

    private final TokenGuard guard;
    private final TokenMemory memory;
    private final Clock clock;
    private final LongSupplier nanoTime;

    TokenRequester(TokenGuard guard, Clock clock, LongSupplier nanoTime) {
        this.guard = guard;
        this.memory = new TokenMemory(nanoTime);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    private static TokenMemory.Key key(Destination destination, Caller caller) {
        return new TokenMemory.Key(destination, caller.token().fingerprint());
    }

    void forget(Destination destination, Caller caller) {
        memory.forget(key(destination, caller));
    }

    /** A token of this API itself. */
    CompletableFuture<HeldToken> own(Destination destination, TokenRequest request) throws RelayException {
        return own(destination, request, endpoint(destination));
    }

    private CompletableFuture<HeldToken> own(Destination destination, TokenRequest request, TokenEndpoint endpoint) {
        return memory.get(
                new TokenMemory.Key(destination, ""),
                () -> ask(destination, endpoint, TokenParameters.clientCredentials(request), Optional.empty()));
    }

    /** A token for which that of the caller is exchanged. */
    CompletableFuture<HeldToken> exchanged(Destination destination, TokenRequest request, Caller caller)
            throws RelayException {
        TokenEndpoint endpoint = endpoint(destination);
        if (!endpoint.issuer().equals(caller.token().issuer())) {
            throw new RelayException(
                    Reason.OTHER_ISSUER,
                    destination.id(),
                    "the caller's token is not of the issuer that exchanges tokens");
        }
        return memory.get(
                key(destination, caller),
                () -> actor(destination, request, endpoint)
                        .thenCompose(actor -> exchanged(destination, endpoint, actor, caller)));
    }

    private CompletionStage<HeldToken> exchanged(
            Destination destination, TokenEndpoint endpoint, Optional<HeldToken> actor, Caller caller) {
        if (actor.isPresent() && actor.get().refusal() != null) {
            return CompletableFuture.completedFuture(actor.get());
        }
        TokenRequest request = destination.tokenRequest().orElseThrow();
        return ask(
                destination,
                endpoint,
                TokenParameters.exchange(request, caller.text(), actor.map(HeldToken::token)),
                Optional.of(caller));
    }

    /** The token of this API as actor, for no target of its own; empty if it is not named. */
    private CompletableFuture<Optional<HeldToken>> actor(
            Destination destination, TokenRequest request, TokenEndpoint endpoint) {
        if (!request.namesActor()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        TokenRequest untargeted = TokenRequest.as(request.client());
        return own(destination.clientCredentials(untargeted), untargeted, endpoint)
                .thenApply(Optional::of);
    }

    private TokenEndpoint endpoint(Destination destination) throws RelayException {
        return guard.tokenEndpoint(destination.id())
                .orElseThrow(() -> new RelayException(
                        Reason.UNAVAILABLE, destination.id(), "a new configuration has just removed it"));
    }

    private CompletionStage<HeldToken> ask(
            Destination destination, TokenEndpoint endpoint, Map<String, String> parameters, Optional<Caller> caller) {
        long begun = nanoTime.getAsLong();
        return endpoint.send(parameters, caller.map(Caller::text).orElse(""))
                .thenApply(answer -> held(destination, answer, caller.map(Caller::token), begun));
    }

    private HeldToken held(
            Destination destination, TokenEndpoint.Answer answer, Optional<AccessToken> caller, long begun) {
        try {
            TokenAnswer.Issued issued = TokenAnswer.read(destination, answer);
            Duration usable = usable(Duration.ofSeconds(issued.seconds()), caller);
            long refresh = caller.isPresent() ? usable.toNanos() : usable.toNanos() / 4 * 3;
            return HeldToken.of(issued.token(), begun + usable.toNanos(), begun + refresh);
        } catch (RelayException refusal) {
            return HeldToken.none(refusal, begun + REFUSED_FOR.toNanos());
        }
    }

    /** Until shortly before its end, and never longer than the token that it was exchanged for. */
    private Duration usable(Duration life, Optional<AccessToken> caller) {
        Duration tenth = life.dividedBy(10);
        Duration usable = life.minus(tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN);
        if (caller.isEmpty()
                || !caller.get().expiresAt().isBefore(clock.instant().plus(usable))) {
            return usable;
        }
        Duration left = Duration.between(clock.instant(), caller.get().expiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
