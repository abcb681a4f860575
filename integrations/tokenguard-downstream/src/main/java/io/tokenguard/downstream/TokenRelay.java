package io.tokenguard.downstream;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Destination;
import io.tokenguard.config.Destination.TokenRequest;
import io.tokenguard.downstream.RelayException.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Gives outgoing requests their tokens, as the destinations of a guard say. Requests to all other places get none. Thread-safe: make
 * one for each guard. Remembers tokens, at most 16 MiB of them; {@link TokenGuard#reconfigure} applies to it at once.
 *
 * <p>Does not send requests. {@link RelayHttpClient}, {@link RelayClientFilter} and {@link RelayInterceptor} do, or add the token to
 * requests that are sent.
 */
public final class TokenRelay {
    private final TokenGuard guard;
    private final TokenRequester tokens;
    private volatile DestinationTable table = new DestinationTable(List.of());

    private TokenRelay(TokenGuard guard, TokenRequester tokens) {
        this.guard = guard;
        this.tokens = tokens;
    }

    /** A relay for the destinations of a guard. */
    public static TokenRelay of(TokenGuard guard) {
        return of(guard, Clock.systemUTC(), System::nanoTime);
    }

    static TokenRelay of(TokenGuard guard, Clock clock, LongSupplier nanoTime) {
        return new TokenRelay(guard, new TokenRequester(guard, clock, nanoTime));
    }

    /**
     * The bearer token for a request. Waits for the issuer if none is remembered, for twice the destination's timeout at most.
     *
     * @param target the address of the request
     * @param caller whose request is being served; empty if the API acts for nobody
     * @return the token, without a scheme; empty if the request gets none
     * @throws RelayException if the request needs a token and there is none: do not send it
     */
    public Optional<String> tokenFor(URI target, Optional<Caller> caller) throws RelayException {
        Optional<Destination> destination = table().find(target);
        return destination.isEmpty() ? Optional.empty() : tokenFor(destination.get(), caller);
    }

    private DestinationTable table() {
        List<Destination> current = guard.destinations();
        DestinationTable known = table;
        if (known.isOf(current)) {
            return known;
        }
        DestinationTable fresh = new DestinationTable(current);
        table = fresh;
        return fresh;
    }

    private Optional<String> tokenFor(Destination destination, Optional<Caller> caller) throws RelayException {
        if (destination.credential() instanceof Destination.Nothing) {
            return Optional.empty();
        }
        if (destination.credential() instanceof Destination.OwnToken own) {
            return Optional.of(await(destination, own.request(), tokens.own(destination, own.request())));
        }
        Caller sender = accepted(destination, caller);
        return Optional.of(
                destination.credential() instanceof Destination.Exchanged exchanged
                        ? await(
                                destination,
                                exchanged.request(),
                                tokens.exchanged(destination, exchanged.request(), sender))
                        : exposed(destination, sender));
    }

    private Caller accepted(Destination destination, Optional<Caller> caller) throws RelayException {
        Caller sender = caller.orElseThrow(() -> new RelayException(
                Reason.NO_CALLER, destination.id(), "it needs the token of a caller, and there is none"));
        try {
            guard.validateAgain(sender.token());
            return sender;
        } catch (RefusedException refused) {
            tokens.forget(destination, sender);
            throw new RelayException(
                    refused.reason().isVerdict() ? Reason.CALLER_REFUSED : Reason.UNAVAILABLE,
                    destination.id(),
                    "the caller's token is no longer accepted (" + refused.reason() + ")");
        }
    }

    /** RFC 7800 §3.1: nobody but the caller can prove possession. */
    private static String exposed(Destination destination, Caller sender) throws RelayException {
        if (sender.token().claims().containsKey("cnf")) {
            throw new RelayException(
                    Reason.SENDER_CONSTRAINED,
                    destination.id(),
                    "the caller's token is bound to a key or certificate (cnf) and is not passed on; exchange it instead");
        }
        return sender.text();
    }

    private static String await(Destination destination, TokenRequest request, CompletableFuture<HeldToken> token)
            throws RelayException {
        Duration longest = request.server().timeout().multipliedBy(2);
        try {
            return token.get(longest.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RelayException(Reason.UNAVAILABLE, destination.id(), "the thread was interrupted");
        } catch (TimeoutException late) {
            throw new RelayException(Reason.UNAVAILABLE, destination.id(), "the issuer did not answer in time");
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RelayException refusal
                    ? new RelayException(refusal)
                    : new RelayException(
                            Reason.UNAVAILABLE, destination.id(), "the issuer gave no answer: " + rule(failure));
        }
    }

    /** Messages of the endpoint have no secret; others are not known. */
    private static String rule(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null || cause instanceof RuntimeException
                ? "it failed"
                : cause.getMessage();
    }
}
