package io.tokenguard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches documents of an issuer as the guard does, and keeps what the guard does not show.
 *
 * @param reach how the issuer is reached
 * @param client makes the connections
 */
record DocumentProbe(IssuerReach reach, HttpClient client) {
    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param mediaType the media type; may be empty
     * @param octets the document, a character for each byte, cut after the greatest size
     * @param date the server's clock; empty if not stated
     * @param redirect where the server redirects to; empty if it does not
     * @param time how long it took
     */
    record Answer(
            int status, String mediaType, String octets, Optional<Instant> date, Optional<URI> redirect, String time) {
        byte[] body() {
            return octets.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** The guard follows as many, within the same scheme, host and port. */
    private static final int MOST_REDIRECTS = 3;

    static DocumentProbe of(IssuerReach reach) {
        return new DocumentProbe(
                reach,
                HttpClient.newBuilder()
                        .sslContext(reach.tls())
                        .proxy(reach.proxies())
                        .connectTimeout(reach.timeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build());
    }

    /** The answer, after redirects within the same scheme, host and port; empty if there is none in time. */
    Optional<Answer> get(URI address) {
        return get(address, MOST_REDIRECTS);
    }

    private Optional<Answer> get(URI address, int redirectsLeft) {
        Optional<Answer> answer = once(address);
        Optional<URI> next = answer.flatMap(Answer::redirect).filter(target -> isOfSameOrigin(address, target));
        return redirectsLeft > 0 && next.isPresent() ? get(next.get(), redirectsLeft - 1) : answer;
    }

    private static boolean isOfSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getRawAuthority()).equalsIgnoreCase(other.getRawAuthority());
    }

    private Optional<Answer> once(URI address) {
        long start = System.nanoTime();
        CompletableFuture<Answer> answer = client.sendAsync(request(address), HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(response -> read(response, start));
        try {
            return Optional.of(answer.get(reach.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException failure) {
            answer.cancel(true);
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UsageException("Interrupted");
        }
    }

    private HttpRequest request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(reach.timeout())
                .header("Accept", "application/json, application/jwk-set+json");
        if ("https".equalsIgnoreCase(address.getScheme())) {
            reach.how().headers().forEach(request::setHeader);
            bearerToken().ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        }
        return request.build();
    }

    private Optional<String> bearerToken() {
        return reach.how().bearerTokenFile().map(file -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException unreadable) {
                throw new UsageException("The file in " + reach.key("jwks.bearer-token-file") + " can't be read");
            }
        });
    }

    private Answer read(HttpResponse<InputStream> response, long start) {
        try (InputStream body = response.body()) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    new String(body.readNBytes(reach.largest()), StandardCharsets.ISO_8859_1),
                    response.headers().firstValue("Date").flatMap(DocumentProbe::time),
                    redirect(response),
                    Millis.since(start));
        } catch (IOException broken) {
            return new Answer(response.statusCode(), "", "", Optional.empty(), Optional.empty(), Millis.since(start));
        }
    }

    private static Optional<URI> redirect(HttpResponse<?> response) {
        try {
            return response.statusCode() / 100 == 3
                    ? response.headers().firstValue("Location").map(response.uri()::resolve)
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.from(
                    DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(text)));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "DocumentProbe[not shown]";
    }
}
