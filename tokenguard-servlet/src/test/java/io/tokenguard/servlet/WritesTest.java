package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IdempotentWrite;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that happen once, with what containers do in ways of their own (draft-ietf-httpapi-idempotency-key-header). */
@OnEveryContainer
class WritesTest {
    private static final AtomicInteger EFFECTS = new AtomicInteger();
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static Site site;

    @Parameter
    Container container;

    private String key = "";

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/api/** authenticated")
                .built(guard -> guard.write("/api/** idempotent 24h"))
                .servlet(counted(WritesTest::plain), "/api/plain")
                .servlet(counted((request, response) -> response.sendError(404, "gone")), "/api/missing")
                .servlet(counted((request, response) -> response.sendError(503)), "/api/busy")
                .servlet(counted((request, response) -> response.sendRedirect("/api/there")), "/api/moved")
                .servlet(
                        counted((request, response) -> {
                            throw new IllegalStateException("broken");
                        }),
                        "/api/broken")
                .servlet(WritesTest::dispatched, "/api/dispatched")
                .servlet(counted(WritesTest::late), "/api/late")
                .servlet(counted((request, response) -> late(request, response, 500)), "/api/late-error")
                .servlet(WritesTest::forwarding, "/api/forwarding")
                .servlet(
                        counted((request, response) -> response.getWriter()
                                .print(request.getAttribute(IdempotentWrite.class.getName()) != null)),
                        "/api/attribute")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void begin() {
        EFFECTS.set(0);
        key = "Idempotency-Key: \"k" + KEYS.incrementAndGet() + "\"";
    }

    private static Page counted(Page page) {
        return (request, response) -> {
            EFFECTS.incrementAndGet();
            page.serve(request, response);
        };
    }

    private static void plain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(201);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().print("order " + EFFECTS + " of " + request.getParameter("item"));
        response.flushBuffer();
    }

    /** Dispatches at once, as frameworks do if a result is there already. */
    private static void dispatched(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.setStatus(202);
            response.getWriter().print("dispatched");
        } else {
            EFFECTS.incrementAndGet();
            request.startAsync().dispatch();
        }
    }

    private static void late(HttpServletRequest request, HttpServletResponse response) {
        late(request, response, 202);
    }

    private static void late(HttpServletRequest request, HttpServletResponse response, int status) {
        AsyncContext context = request.startAsync();
        context.start(() -> {
            try {
                response.setStatus(status);
                response.getOutputStream().print("late");
                response.getOutputStream().close();
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            } finally {
                context.complete();
            }
        });
    }

    private static void forwarding(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher("/api/plain").forward(request, response);
    }

    private Answer post(String path) throws IOException {
        return site.post(path, "item=cup", site.bearer(), key);
    }

    private static void assertReplayed(Answer answer, Answer first) {
        assertThat(answer.status()).isEqualTo(first.status());
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(answer.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(answer.header("Idempotent-Replayed")).containsExactly("true");
        assertThat(EFFECTS).hasValue(1);
    }

    @Test
    void theFirstAnswerIsRepeated() throws IOException {
        Answer first = post("/api/plain");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("order 1 of cup");
        Answer second = post("/api/plain");
        assertReplayed(second, first);
        assertThat(second.header("X-Content-Type-Options")).containsExactly("nosniff");
    }

    @Test
    void aForwardIsPartOfTheSameRequest() throws IOException {
        Answer first = post("/api/forwarding");
        assertThat(first.body()).isEqualTo("order 1 of cup");
        assertReplayed(post("/api/forwarding"), first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/dispatched", "/api/late"})
    void anAsynchronousAnswerIsRepeated(String path) throws IOException {
        Answer first = post(path);
        assertThat(first.status()).isEqualTo(202);
        assertReplayed(settled(path), first);
    }

    /** An asynchronous answer may reach the client before it is stored. */
    private Answer settled(String path) throws IOException {
        Answer answer = post(path);
        for (int i = 0; i < 200 && answer.status() == 409; i++) {
            answer = post(path);
        }
        return answer;
    }

    @Test
    void afterAnAsynchronousErrorTheRequestRunsAgain() throws IOException {
        assertThat(post("/api/late-error").status()).isEqualTo(500);
        assertThat(settled("/api/late-error").status()).isEqualTo(500);
        assertThat(EFFECTS).hasValue(2);
    }

    @Test
    void theStatusOfAnErrorPageIsRepeatedWithoutThePage() throws IOException {
        assertThat(post("/api/missing").status()).isEqualTo(404);
        Answer second = post("/api/missing");
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.header("Idempotent-Replayed")).containsExactly("true");
        assertThat(EFFECTS).hasValue(1);
    }

    @Test
    void aRedirectIsRepeated() throws IOException {
        Answer first = post("/api/moved");
        assertThat(first.status()).isEqualTo(302);
        Answer second = post("/api/moved");
        assertThat(second.status()).isEqualTo(302);
        assertThat(second.header("Location")).singleElement().asString().endsWith("/api/there");
        assertThat(EFFECTS).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/busy", "/api/broken"})
    void afterAnErrorOfTheServerTheRequestRunsAgain(String path) throws IOException {
        assertThat(post(path).status()).isGreaterThanOrEqualTo(500);
        assertThat(post(path).status()).isGreaterThanOrEqualTo(500);
        assertThat(EFFECTS).hasValue(2);
    }

    @Test
    void theApplicationFindsTheWriteForItsOwnTransaction() throws IOException {
        assertThat(post("/api/attribute").body()).isEqualTo("true");
    }
}
