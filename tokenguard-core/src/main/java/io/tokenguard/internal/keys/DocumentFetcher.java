package io.tokenguard.internal.keys;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Fetches documents of one issuer, each with a deadline over the whole exchange, body included, and a limit on its size.
 * Redirects are followed within their origin only. Thread-safe; never blocks.
 */
public final class DocumentFetcher {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int LONGEST_TOKEN = 64 * 1024;

    private final Network network;
    private final Reach reach;
    private final HttpChannel channel;

    /**
     * A fetcher.
     *
     * @param network makes the connections
     * @param reach how the issuer is reached
     */
    public DocumentFetcher(Network network, Reach reach) {
        this(network, reach, network.channel(LONGEST_CONNECT, reach.tls(), reach.proxy()));
    }

    private DocumentFetcher(Network network, Reach reach, HttpChannel channel) {
        this.network = network;
        this.reach = reach;
        this.channel = channel;
    }

    /**
     * The fetcher for an address: without bearer token and header fields, unless the address is at a host that the
     * configuration names.
     *
     * @param named an address that the configuration names
     */
    public DocumentFetcher from(URI named, URI address) {
        return HostPolicy.isOwnHost(named, address)
                ? this
                : new DocumentFetcher(network, reach.withoutCredentials(), channel);
    }

    /** How the issuer is reached. */
    public Reach reach() {
        return reach;
    }

    /** Does work that may block, and fails if it takes longer than a fetch may. */
    <T> CompletableFuture<T> inTime(Supplier<T> work, FetchLimits limits) {
        return network.inTime(work, limits);
    }

    /** A failure with the address of the document, the proxy on the way, and what would help. */
    public FetchException explained(FetchException failure, FetchedPart part, URI address) {
        return advice(part, address).explained(failure);
    }

    /** The same for a document that is no usable key set. */
    FetchException explainedAsNoKeySet(FetchException failure, URI address) {
        return advice(FetchedPart.KEYS, address).explainedAsNoKeySet(failure);
    }

    private FetchAdvice advice(FetchedPart part, URI address) {
        return new FetchAdvice(part, reach, address, network.proxyFor(address, reach));
    }

    /**
     * Starts to fetch keys or metadata; fails with a {@link FetchException} that names the address and what would help.
     *
     * @param entityTag the tag of a copy that is held already; empty if there is none
     */
    CompletableFuture<FetchedDocument> fetch(URI address, String entityTag, FetchLimits limits) {
        return explaining(
                FetchedPart.KEYS,
                address,
                fetch(address, "application/json, application/jwk-set+json", entityTag, limits));
    }

    /** The same for a status list (RFC 9110 §12.5.1: of this media type). */
    public CompletableFuture<FetchedDocument> fetchStatusList(URI address, String mediaType, FetchLimits limits) {
        return explaining(FetchedPart.STATUS_LIST, address, fetch(address, mediaType, "", limits));
    }

    private CompletableFuture<FetchedDocument> explaining(
            FetchedPart part, URI address, CompletableFuture<FetchedDocument> fetched) {
        return fetched.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(explained(FetchException.of(failure), part, address)));
    }

    private CompletableFuture<FetchedDocument> fetch(
            URI address, String mediaTypes, String entityTag, FetchLimits limits) {
        if (!reach.isSafeAt(address)) {
            return CompletableFuture.failedFuture(new FetchException(reach.set().key("jwks.bearer-token-file")
                    + " is sent over https only, and the address is plain http"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        reach.headers().forEach(request::setHeader);
        request.setHeader("Accept", mediaTypes);
        if (!entityTag.isEmpty()) {
            request.setHeader("If-None-Match", entityTag);
        }
        Set<Integer> expected = entityTag.isEmpty() ? Set.of(OK) : Set.of(OK, NOT_MODIFIED);
        return authenticated(request, limits)
                .thenCompose(ready -> channel.send(ready.GET().build(), expected, limits))
                .thenApply(DocumentFetcher::document);
    }

    /** The token is read for each request, because the platform may rotate it at any time. */
    private CompletableFuture<HttpRequest.Builder> authenticated(HttpRequest.Builder request, FetchLimits limits) {
        return reach.bearerTokenFile().isEmpty()
                ? CompletableFuture.completedFuture(request)
                : network.inTime(() -> token(reach.bearerTokenFile().get()), limits)
                        .thenCompose(token -> isToken(token)
                                ? CompletableFuture.completedFuture(
                                        request.setHeader("Authorization", "Bearer " + token))
                                : CompletableFuture.failedFuture(
                                        new FetchException(reach.set().key("jwks.bearer-token-file")
                                                + " can't be read, or holds no bearer token")));
    }

    private static String token(Path file) {
        try {
            return Files.size(file) <= LONGEST_TOKEN ? Files.readString(file).strip() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Visible characters of ASCII only: nothing that could end a header field. */
    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static FetchedDocument document(HttpResponse<byte[]> response) {
        return new FetchedDocument(
                ByteOrderMark.without(response.body()),
                response.statusCode() == NOT_MODIFIED,
                ResponseFields.mediaType(response.headers()),
                ResponseFields.entityTag(response.headers()),
                ResponseFields.maxAge(response.headers()));
    }
}
