package io.tokenguard.internal.introspection;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.keys.ByteOrderMark;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HttpChannel;
import io.tokenguard.spi.TokenEndpoint;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Requests tokens of this API as a client (RFC 6749 §3.2). Thread-safe; never blocks. */
public final class TokenCall implements TokenEndpoint {
    private static final int OK = 200;
    private static final Set<Integer> ANSWERS = Set.of(OK, 400, 401);
    private static final int LARGEST = 64 * 1024;
    private static final int MOST_CALLS = 64;

    private final HttpChannel channel;
    private final Terms terms;
    private final FetchLimits limits;
    private final CircuitBreaker breaker;
    private final Semaphore places = new Semaphore(MOST_CALLS);
    private final byte[] salt = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

    /**
     * Which endpoint it is.
     *
     * @param issuer the issuer that it belongs to
     * @param endpoint its address
     * @param authenticator authenticates this API
     * @param timeout for a whole exchange, body included
     * @param headers further header fields of a request to an address, which may be secret
     */
    public record Terms(
            String issuer,
            EndpointAddress endpoint,
            ClientAuthenticator authenticator,
            Duration timeout,
            Function<URI, Map<String, String>> headers) {}

    /**
     * An endpoint.
     *
     * @param channel reaches it
     * @param nanoTime monotonic nanoseconds
     */
    public TokenCall(HttpChannel channel, Terms terms, LongSupplier nanoTime) {
        this.channel = channel;
        this.terms = terms;
        this.limits = new FetchLimits(terms.timeout, LARGEST);
        this.breaker = new CircuitBreaker(nanoTime);
    }

    @Override
    public String issuer() {
        return terms.issuer;
    }

    @Override
    public CompletableFuture<Answer> send(Map<String, String> parameters, String subject) {
        if (!places.tryAcquire()) {
            return failed(MOST_CALLS + " calls are under way");
        }
        CompletableFuture<Answer> result = breaker.begin(false).isZero()
                ? called(parameters, hash(subject))
                : failed("no call is made for a moment, because the server failed or limits calls");
        return result.whenComplete((answer, failure) -> places.release());
    }

    /** Calls of this API itself can't be caused by one sender, so that each failure counts. */
    private TokenHash hash(String subject) {
        return TokenHash.of(salt, subject.isEmpty() ? UUID.randomUUID().toString() : subject);
    }

    private CompletableFuture<Answer> called(Map<String, String> parameters, TokenHash about) {
        return terms.endpoint
                .find()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        FetchException.of(failure).ofTheAddress()))
                .thenCompose(address -> channel.send(request(address, parameters), ANSWERS, limits))
                .thenCompose(TokenCall::answer)
                .whenComplete((answer, failure) -> note(about, failure))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(FetchException.of(failure)));
    }

    private void note(TokenHash about, @Nullable Throwable failure) {
        if (failure == null) {
            breaker.succeeded();
            return;
        }
        CallFailure failed = CallFailure.of(failure);
        switch (failed.cause()) {
            case RATE -> breaker.pause(failed.patience());
            case SERVER, ENDPOINT, CREDENTIALS -> breaker.failed(about, failed.patience());
            case TOKEN, SIZE -> breaker.succeeded();
        }
    }

    private HttpRequest request(URI address, Map<String, String> parameters) {
        FormBody form = new FormBody();
        parameters.forEach(form::with);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        terms.headers.apply(address).forEach(request::setHeader);
        terms.authenticator.add(request, form);
        return request.POST(form.publisher()).build();
    }

    /** RFC 6749 §5.1, §5.2: an object of JSON, whatever the status. */
    private static CompletableFuture<Answer> answer(HttpResponse<byte[]> response) {
        try {
            return CompletableFuture.completedFuture(new Answer(
                    response.statusCode() == OK,
                    JsonReader.readObject(ByteOrderMark.without(response.body()), JsonLimits.DOCUMENT)));
        } catch (MalformedException malformed) {
            return failed("status " + response.statusCode() + ", and the answer is no JSON object");
        }
    }

    private static CompletableFuture<Answer> failed(String rule) {
        return CompletableFuture.failedFuture(new FetchException(rule));
    }
}
