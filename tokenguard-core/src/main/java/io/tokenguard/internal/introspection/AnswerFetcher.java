package io.tokenguard.internal.introspection;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.keys.ByteOrderMark;
import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HttpChannel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sends introspection requests (RFC 7662 §2.1). Thread-safe; never blocks. */
public final class AnswerFetcher {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    /** RFC 6749 §5.2: errors about the client, which some servers return with status 400. */
    private static final Set<String> ABOUT_THE_CLIENT = Set.of("invalid_client", "unauthorized_client");

    private static final int LARGEST = 64 * 1024;

    private final HttpChannel channel;
    private final EndpointAddress endpoint;
    private final ClientAuthenticator authenticator;
    private final FetchLimits limits;
    private final String mediaType;
    private final Connection connection;

    /** What depends on the host of the endpoint. */
    public interface Connection {
        /** Further header fields of a request, which may be secret. */
        Map<String, String> headers(URI address);

        /** The same failure with the address, and what would help. */
        FetchException explained(FetchException failure, URI address);
    }

    /**
     * A fetcher.
     *
     * @param timeout for the whole exchange, body included
     * @param asksForSignature whether signed answers are requested (RFC 9701 §4)
     * @param connection gives further header fields, and explains failed calls
     */
    public AnswerFetcher(
            HttpChannel channel,
            EndpointAddress endpoint,
            ClientAuthenticator authenticator,
            Duration timeout,
            boolean asksForSignature,
            Connection connection) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.authenticator = authenticator;
        this.limits = new FetchLimits(timeout, LARGEST);
        this.mediaType = asksForSignature ? SignedAnswerReader.MEDIA_TYPE : "application/json";
        this.connection = connection;
    }

    /**
     * Starts a call about a token; fails with a {@link FetchException} that names the address and what would help if there is no
     * answer.
     */
    CompletableFuture<byte[]> ask(String token) {
        return endpoint.find()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        FetchException.of(failure).ofTheAddress()))
                .thenCompose(address -> ask(address, token));
    }

    private CompletableFuture<byte[]> ask(URI address, String token) {
        return channel.send(request(address, token), Set.of(OK, BAD_REQUEST), limits)
                .thenCompose(this::body)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(connection.explained(FetchException.of(failure), address)));
    }

    private HttpRequest request(URI address, String token) {
        FormBody form = new FormBody().with("token", token).with("token_type_hint", "access_token");
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", mediaType);
        connection.headers(address).forEach(request::setHeader);
        authenticator.add(request, form);
        return request.POST(form.publisher()).build();
    }

    private CompletableFuture<byte[]> body(HttpResponse<byte[]> response) {
        if (response.statusCode() == BAD_REQUEST) {
            return CompletableFuture.failedFuture(
                    isAboutTheClient(response.body())
                            ? FetchException.ofRejectedClient()
                            : FetchException.ofStatus(BAD_REQUEST, Duration.ZERO));
        }
        String stated = response.headers().firstValue("Content-Type").orElse("");
        int end = stated.indexOf(';');
        String type = (end < 0 ? stated : stated.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals(mediaType)
                ? CompletableFuture.completedFuture(ByteOrderMark.without(response.body()))
                : CompletableFuture.failedFuture(new FetchException("answer is of another media type"));
    }

    private static boolean isAboutTheClient(byte[] body) {
        try {
            Object error = JsonReader.readObject(body, JsonLimits.HEADER).get("error");
            return error instanceof String text && ABOUT_THE_CLIENT.contains(text);
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
