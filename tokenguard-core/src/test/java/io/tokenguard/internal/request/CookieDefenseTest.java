package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may have caused a request with a cookie (RFC 6265 §8.2, RFC 10017 §6.1.3.3). */
class CookieDefenseTest {
    private static final String APP = "https://app.example.com";
    private static final PresentedCredentials.Cookie COOKIE = new PresentedCredentials.Cookie("a.b.c", 0);
    private static final TargetUriPolicy OWN = new TargetUriPolicy(
            Optional.of(URI.create("https://api.example.com/v1")), List.of(), List.of(AddressRange.parse("10.0.0.1")));
    private static final CookieDefense STRICT = new CookieDefense(Set.of(), false, "X-CSRF-Token", Optional.empty());
    private static final CookieDefense LISTED = new CookieDefense(Set.of(APP), false, "X-CSRF-Token", Optional.empty());

    private static IncomingRequest.Builder request(String method) {
        return IncomingRequest.builder(method, "/v1/orders").overTls().header("Host", "internal");
    }

    private static IncomingRequest.Builder handshake() {
        return request("GET").header("Upgrade", "websocket").header("Sec-WebSocket-Key", "x");
    }

    private static @Nullable RefusalReason judge(CookieDefense defense, IncomingRequest.Builder request) {
        return judge(defense, request, OWN);
    }

    private static @Nullable RefusalReason judge(
            CookieDefense defense, IncomingRequest.Builder request, TargetUriPolicy targets) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> defense.require(request.build(), COOKIE, targets));
        return refused == null ? null : refused.reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "QUERY", "get"})
    void theOwnOriginMaySendEveryMethod(String method) {
        assertThat(judge(STRICT, request(method).header("Sec-Fetch-Site", "same-origin")))
                .isNull();
        assertThat(judge(STRICT, request(method).header("Origin", "https://api.example.com")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"GET,", "HEAD,", "OPTIONS,", "POST, CROSS_SITE_REQUEST", "QUERY, CROSS_SITE_REQUEST"})
    void theUserMayOpenWhatHasNoEffects(String method, @Nullable RefusalReason expected) {
        assertThat(judge(STRICT, request(method).header("Sec-Fetch-Site", "none")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-site", "cross-site", "Same-Origin", "same-origin, cross-site", "", "same-origin "})
    void everyOtherSiteIsRefused(String site) {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "DELETE")) {
            assertThat(judge(
                            STRICT,
                            request(method).header("Sec-Fetch-Site", site).header("Origin", "https://api.example.com")))
                    .as(method)
                    .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
        }
    }

    @Test
    void twoFieldsAreNone() {
        assertThat(judge(
                        STRICT,
                        request("POST")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Sec-Fetch-Site", "same-origin")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
        assertThat(judge(
                        STRICT,
                        request("POST")
                                .header("Origin", "https://api.example.com")
                                .header("Origin", "https://api.example.com")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://api.example.com",
                "https://api.example.com:8443",
                "https://api.example.com.evil.example",
                "https://evil.example",
                "https://internal",
                "HTTPS://API.EXAMPLE.COM",
                "https://api.example.com/"
            })
    void everyOtherOriginIsRefused(String origin) {
        for (String method : List.of("GET", "POST")) {
            assertThat(judge(STRICT, request(method).header("Origin", origin)))
                    .as(method)
                    .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
        }
        assertThat(judge(STRICT, handshake().header("Origin", origin).header("Sec-Fetch-Site", "same-origin")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, navigate, document,",
        "HEAD, navigate, document,",
        "GET, navigate, iframe, CROSS_SITE_REQUEST",
        "GET, navigate, object, CROSS_SITE_REQUEST",
        "GET, no-cors, image, CROSS_SITE_REQUEST",
        "GET, no-cors, script, CROSS_SITE_REQUEST",
        "GET, cors, empty, CROSS_SITE_REQUEST",
        "GET, no-cors, document, CROSS_SITE_REQUEST",
        "OPTIONS, navigate, document, CROSS_SITE_REQUEST",
        "POST, navigate, document, CROSS_SITE_REQUEST"
    })
    void ofOtherSitesOnlyALinkIsFollowed(
            String method, String mode, String destination, @Nullable RefusalReason expected) {
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(judge(
                            STRICT,
                            request(method)
                                    .header("Sec-Fetch-Site", site)
                                    .header("Sec-Fetch-Mode", mode)
                                    .header("Sec-Fetch-Dest", destination)))
                    .as(site)
                    .isEqualTo(expected);
        }
    }

    @Test
    void anAllowedOriginMaySendRequests() {
        for (String site : List.of("same-site", "cross-site")) {
            assertThat(judge(
                            LISTED,
                            request("POST").header("Sec-Fetch-Site", site).header("Origin", APP)))
                    .isNull();
            assertThat(judge(LISTED, request("GET").header("Sec-Fetch-Site", site)))
                    .as("an image there")
                    .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
        }
        assertThat(judge(LISTED, request("POST").header("Origin", APP))).isNull();
        assertThat(judge(LISTED, handshake().header("Origin", APP))).isNull();
        assertThat(judge(LISTED, request("POST").header("Origin", APP).header("Sec-Fetch-Site", "junk")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }

    @Test
    void theSiteMaySendRequestsWhereThatIsGivenUpByName() {
        CookieDefense open = new CookieDefense(Set.of(), true, "X-CSRF-Token", Optional.empty());
        assertThat(judge(open, request("POST").header("Sec-Fetch-Site", "same-site")))
                .isNull();
        assertThat(judge(open, request("POST").header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
        assertThat(judge(open, handshake().header("Sec-Fetch-Site", "same-site").header("Origin", APP)))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }

    @Test
    void aWebSocketNeedsTheOrigin() {
        assertThat(judge(STRICT, handshake().header("Origin", "https://api.example.com")))
                .isNull();
        assertThat(judge(STRICT, handshake().header("Sec-Fetch-Site", "same-origin")))
                .isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        assertThat(judge(STRICT, handshake())).isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        for (String field : List.of("Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key")) {
            assertThat(judge(STRICT, request("GET").header(field, "13").header("Origin", "https://evil.example")))
                    .as(field)
                    .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
            assertThat(judge(STRICT, request("GET").header(field, "13")))
                    .as(field)
                    .isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        }
    }

    @Test
    void aClientWithoutBothFieldsMayReadAndMustProveToWrite() {
        assertThat(judge(STRICT, request("GET"))).isNull();
        assertThat(judge(STRICT, request("POST"))).isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        String proof = CsrfProof.of("a.b.c");
        assertThat(judge(STRICT, request("POST").header("X-CSRF-Token", proof))).isNull();
        assertThat(judge(STRICT, request("POST").header("X-CSRF-Token", CsrfProof.of("a.b.d"))))
                .isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        assertThat(judge(STRICT, request("POST").header("X-CSRF-Token", "")))
                .isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        assertThat(judge(STRICT, request("POST").header("X-CSRF-Token", proof).header("X-CSRF-Token", proof)))
                .isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
    }

    @Test
    void aProofDoesNotOutweighAnotherSite() {
        assertThat(judge(
                        STRICT,
                        request("POST")
                                .header("X-CSRF-Token", CsrfProof.of("a.b.c"))
                                .header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }

    @Test
    void aCustomFieldIsEnoughWhereThatIsGivenUpByName() {
        CookieDefense open = new CookieDefense(Set.of(), false, "X-CSRF-Token", Optional.of("X-CSRF"));
        assertThat(judge(open, request("POST").header("X-CSRF", "1"))).isNull();
        assertThat(judge(STRICT, request("POST").header("X-CSRF", "1"))).isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        assertThat(judge(open, request("POST").header("X-CSRF", " "))).isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
        assertThat(judge(open, request("POST").header("X-CSRF", "1").header("X-CSRF-Token", "wrong")))
                .isEqualTo(RefusalReason.CSRF_PROOF_MISSING);
    }

    /** The value that the documentation states, made by: printf tokenguard-csrf | openssl dgst -sha256 -hmac a.b.c */
    @Test
    void theProofIsAnHmacOfAConstantByTheToken() {
        assertThat(CsrfProof.of("a.b.c")).isEqualTo("-6TB_7Oeq0k8jaWrDfdphYjFCj9omKrgQmjXNolDgW0");
    }

    @Test
    void onlyDeclaredTlsCounts() {
        IncomingRequest.Builder local =
                IncomingRequest.builder("GET", "/v1/orders").clientAddress("127.0.0.1");
        assertThat(judge(STRICT, local)).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
        IncomingRequest.Builder stranger = IncomingRequest.builder("GET", "/v1/orders")
                .clientAddress("192.0.2.1")
                .header("X-Forwarded-Proto", "https");
        assertThat(judge(STRICT, stranger)).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
        IncomingRequest.Builder proxied = IncomingRequest.builder("GET", "/v1/orders")
                .clientAddress("10.0.0.1")
                .header("X-Forwarded-Proto", "https");
        assertThat(judge(STRICT, proxied)).isNull();
        IncomingRequest.Builder downgraded =
                request("GET").clientAddress("10.0.0.1").header("X-Forwarded-Proto", "http");
        assertThat(judge(STRICT, downgraded)).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
    }

    @Test
    void theOwnOriginIsTheOneThatTheDeclaredProxyStates() {
        TargetUriPolicy byHost =
                new TargetUriPolicy(Optional.empty(), List.of(), List.of(AddressRange.parse("10.0.0.1")));
        IncomingRequest.Builder proxied = request("POST")
                .clientAddress("10.0.0.1")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "shop.example")
                .header("Origin", "https://shop.example");
        assertThat(judge(STRICT, proxied, byHost)).isNull();
        IncomingRequest.Builder spoofed = request("POST")
                .clientAddress("192.0.2.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("Origin", "https://evil.example");
        assertThat(judge(STRICT, spoofed, byHost)).isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }
}
