package io.tokenguard.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.Dpop;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scripts of another origin use a guarded API with {@code fetch}: by a bearer token, and by DPoP with a nonce. */
class CorsBrowserTest {
    private static final String AUDIENCE = "https://api.example.com";
    private static final String PAGE = """
            <!doctype html><title>An application</title><script>
            const text = value => new TextEncoder().encode(value);
            const base64 = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
                .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
            const hash = async value => base64(await crypto.subtle.digest('SHA-256', text(value)));
            const keys = crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign', 'verify']);
            async function jwk() {
              const {crv, kty, x, y} = await crypto.subtle.exportKey('jwk', (await keys).publicKey);
              return {crv, kty, x, y};
            }
            async function proof(address, token, nonce) {
              const head = {typ: 'dpop+jwt', alg: 'ES256', jwk: await jwk()};
              const body = {jti: crypto.randomUUID(), htm: 'GET', htu: address, iat: Math.floor(Date.now() / 1000),
                ath: await hash(token), ...(nonce ? {nonce} : {})};
              const input = base64(text(JSON.stringify(head))) + '.' + base64(text(JSON.stringify(body)));
              const by = {name: 'ECDSA', hash: 'SHA-256'};
              return input + '.' + base64(await crypto.subtle.sign(by, (await keys).privateKey, text(input)));
            }
            async function call(address, headers) {
              try {
                const answer = await fetch(address, {headers});
                return {status: answer.status, body: await answer.text(), challenge: answer.headers.get('WWW-Authenticate'),
                  nonce: answer.headers.get('DPoP-Nonce')};
              } catch (failure) {
                return {status: 0, body: String(failure)};
              }
            }
            </script>
            """;

    private static TestIssuer issuer;
    private static TokenGuard guard;
    private static Server api;
    private static HttpServer application;
    private static String orders;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Browser.requireInstalled();
        issuer = TestIssuer.builder().audience(AUDIENCE).start();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            byte[] page = PAGE.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        application.start();
        startApi();
        browser = Browser.start();
    }

    private static String origin(String host) {
        return "http://" + host + ":" + application.getAddress().getPort();
    }

    private static void startApi() throws Exception {
        api = new Server();
        ServerConnector connector = new ServerConnector(api);
        connector.setHost("127.0.0.1");
        api.addConnector(connector);
        connector.open();
        String host = "127.0.0.1:" + connector.getLocalPort();
        orders = "http://" + host + "/orders";
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .resourceHosts(host)
                .dpop(Dpop.supported().askForNonces())
                .corsAllowedOrigins(origin("127.0.0.1"))
                .corsAllowedMethods("GET")
                .route("GET /orders scope orders:read")
                .build();
        assertThat(guard.awaitReady(Duration.ofSeconds(20))).isTrue();
        ServletContextHandler context = new ServletContextHandler();
        context.addServletContainerInitializer((classes, servlets) -> {
            TokenGuardFilter.register(servlets, guard);
            servlets.addServlet("orders", new Orders()).addMapping("/orders");
        });
        api.setHandler(context);
        api.start();
    }

    private static final class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("orders of " + request.getRemoteUser());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
            api.stop();
            application.stop(0);
            guard.close();
            issuer.close();
        }
    }

    private static Map<?, ?> call(String headers, Object... arguments) {
        return (Map<?, ?>) browser.run("return call(arguments[0], " + headers + ")", arguments);
    }

    private static Map<?, ?> withBearer(String token) {
        return call("{Authorization: 'Bearer ' + arguments[1]}", orders, token);
    }

    @Test
    void readsAnswersAndRefusalsByABearerToken() {
        browser.open(URI.create(origin("127.0.0.1")));
        String good = issuer.token().scope("orders:read").sign();
        assertThat(withBearer(good).get("body")).isEqualTo("orders of alice");
        Map<?, ?> refused = withBearer(issuer.token().scope("other").sign());
        assertThat(refused.get("status")).isEqualTo(403L);
        assertThat((String) refused.get("challenge")).contains("insufficient_scope");
        assertThat(call("{}", orders).get("status")).isEqualTo(401L);
    }

    /** RFC 9449 §8: the first nonce is in a refusal. */
    @Test
    void provesPossessionOfItsKeyWithTheNonceThatItIsGiven() {
        browser.open(URI.create(origin("127.0.0.1")));
        String thumbprint = (String) browser.run("return jwk().then(key => hash(JSON.stringify(key)))");
        String token = issuer.token()
                .scope("orders:read")
                .claim("cnf", Map.of("jkt", thumbprint))
                .sign();
        Map<?, ?> first = withProof(token, "");
        assertThat(first.get("status")).isEqualTo(401L);
        assertThat((String) first.get("challenge")).contains("use_dpop_nonce");
        Map<?, ?> second = withProof(token, (String) first.get("nonce"));
        assertThat(second.get("body")).isEqualTo("orders of alice");
    }

    private static Map<?, ?> withProof(String token, String nonce) {
        return (Map<?, ?>) browser.run(
                "return proof(arguments[0], arguments[1], arguments[2]).then(proof => call(arguments[0],"
                        + " {Authorization: 'DPoP ' + arguments[1], DPoP: proof}))",
                orders,
                token,
                nonce);
    }

    @Test
    void getsNothingFromAnOriginThatIsNotAllowed() {
        browser.open(URI.create(origin("localhost")));
        Map<?, ?> answer = withBearer(issuer.token().scope("orders:read").sign());
        assertThat(answer.get("status")).isEqualTo(0L);
        assertThat((String) answer.get("body")).contains("Failed to fetch");
    }
}
