package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestClock;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Server-sent events end with the token of their request. */
@OnEveryContainer
class StreamTest {
    private final TestClock clock = TestClock.startingAt(Instant.now());
    private final BlockingQueue<AsyncContext> begun = new LinkedBlockingQueue<>();
    private Site site;

    @Parameter
    Container container;

    @BeforeEach
    void start() throws Exception {
        site = new Application("/api/** authenticated", "/open/** public")
                .built(settings -> settings.clock(clock))
                .servlet(this::stream, "/api/events", "/open/events")
                .servlet(this::revokeAndStream, "/api/late")
                .on(container);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        response.setContentType("text/event-stream");
        if (TokenGuardFilter.endWithToken(async)) {
            response.getWriter().print("data: 1\n\n");
            response.flushBuffer();
        }
        begun.add(async);
    }

    private void revokeAndStream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        revokeAlice();
        stream(request, response);
    }

    private void revokeAlice() {
        site.guard().revoke(Revocation.subject(site.issuer().issuer(), "alice"));
    }

    /** On a thread of its own: the common pool may have a single one, which another request keeps. */
    private CompletableFuture<Answer> get(String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return site.get(path, site.bearer());
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                request -> new Thread(request, "request").start());
    }

    private AsyncContext begun() throws InterruptedException {
        return begun.poll(20, TimeUnit.SECONDS);
    }

    private static String body(CompletableFuture<Answer> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS).body();
    }

    @Test
    void endWhenTheirTokenIsRevoked() throws Exception {
        CompletableFuture<Answer> answer = get("/api/events");
        assertThat(begun()).isNotNull();
        revokeAlice();
        assertThat(body(answer)).isEqualTo("data: 1\n\n");
    }

    @Test
    void endWhenTheirTokenExpires() throws Exception {
        CompletableFuture<Answer> answer = get("/api/events");
        assertThat(begun()).isNotNull();
        clock.advance(Duration.ofHours(2));
        assertThat(body(answer)).isEqualTo("data: 1\n\n");
    }

    @Test
    void doNotBeginIfTheTokenWasRevokedMeanwhile() throws Exception {
        assertThat(body(get("/api/late"))).isEmpty();
    }

    @Test
    void areUpToTheApplicationWhereTheyNeedNoToken() throws Exception {
        CompletableFuture<Answer> open = get("/open/events");
        AsyncContext async = begun();
        CompletableFuture<Answer> guarded = get("/api/events");
        assertThat(begun()).isNotNull();
        revokeAlice();
        assertThat(body(guarded)).as("checks have run since").isEqualTo("data: 1\n\n");
        assertThat(open).isNotDone();
        async.complete();
        assertThat(body(open)).isEqualTo("data: 1\n\n");
    }

    @Test
    void mayBeEndedByTheApplicationFirst() throws Exception {
        CompletableFuture<Answer> answer = get("/api/events");
        begun().complete();
        assertThat(body(answer)).isEqualTo("data: 1\n\n");
    }
}
