package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Every request has its own identity, on threads, connections and request objects that are used again and again. */
@OnEveryContainer
class ConcurrencyTest {
    private static final int REQUESTS = 200;
    private static final int CONNECTIONS = 25;

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/open public", "/slow authenticated")
                .servlet(Page::identity, "/open")
                .servlet(ConcurrencyTest::slow, "/slow")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @Test
    void givesEachOfManyInterleavedRequestsItsOwnIdentityAndNoneToThoseWithout() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Void>> work = IntStream.range(0, CONNECTIONS)
                    .<Callable<Void>>mapToObj(client -> () -> talk(client))
                    .toList();
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(site.reached().stream().filter("/slow"::equals)).hasSize(2 * REQUESTS);
    }

    /** On one connection: somebody, nobody, somebody else, nobody. */
    private static Void talk(int client) throws IOException {
        try (RawConnection connection = site.connect()) {
            for (int i = 0; i < REQUESTS / CONNECTIONS; i++) {
                String subject = "user-" + client + "-" + i;
                String known = Page.known(subject);
                assertThat(connection
                                .exchange(request("/slow", site.bearerOf(subject)))
                                .body())
                        .isEqualTo(known + " " + known + " " + known);
                assertThat(connection.exchange(request("/open", "X-None: 1")).body())
                        .isEqualTo(Page.unknown());
                assertThat(connection.exchange(request("/slow", "X-None: 1")).status())
                        .isEqualTo(401);
            }
        }
        return null;
    }

    private static String request(String target, String line) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + line + "\r\n\r\n";
    }

    private static void slow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().print(request.getAttribute("said") + " " + Page.describe(request));
            return;
        }
        List<String> said = new ArrayList<>(List.of(Page.describe(request)));
        pause();
        said.add(Page.describe(request));
        request.setAttribute("said", String.join(" ", said));
        request.startAsync().dispatch();
    }

    private static void pause() {
        try {
            Thread.sleep(3);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
