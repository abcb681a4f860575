package io.tokenguard.internal.introspection;

import io.tokenguard.internal.keys.FetchException;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.HttpChannel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Puts the question (RFC 7662 §2.1). Thread-safe; never blocks. */
public final class AnswerFetcher {
    private static final int OK = 200;
    private static final int LARGEST = 64 * 1024;

    private final HttpChannel channel;
    private final EndpointAddress endpoint;
    private final ClientProof proof;
    private final FetchLimits limits;
    private final String mediaType;

    /**
     * A fetcher.
     *
     * @param timeout for the whole exchange, body included
     * @param asksForSignature whether answers are asked for as RFC 9701 §4 has them
     */
    public AnswerFetcher(
            HttpChannel channel,
            EndpointAddress endpoint,
            ClientProof proof,
            Duration timeout,
            boolean asksForSignature) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.proof = proof;
        this.limits = new FetchLimits(timeout, LARGEST);
        this.mediaType = asksForSignature ? SignedAnswerReader.MEDIA_TYPE : "application/json";
    }

    /** Starts to ask about a token; fails where the answer is none, with a {@link FetchException} or the network's failure. */
    CompletableFuture<byte[]> ask(String token) {
        return endpoint.find()
                .thenCompose(address -> channel.send(request(address, token), Set.of(OK), limits))
                .thenCompose(this::body);
    }

    private HttpRequest request(URI address, String token) {
        FormBody form = new FormBody().with("token", token).with("token_type_hint", "access_token");
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", mediaType);
        proof.add(request, form);
        return request.POST(form.publisher()).build();
    }

    private CompletableFuture<byte[]> body(HttpResponse<byte[]> response) {
        String stated = response.headers().firstValue("Content-Type").orElse("");
        int end = stated.indexOf(';');
        String type = (end < 0 ? stated : stated.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals(mediaType)
                ? CompletableFuture.completedFuture(response.body())
                : CompletableFuture.failedFuture(new FetchException("answer is of another media type"));
    }
}
