package io.tokenguard.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetch standard, CORS-preflight fetch: OPTIONS, an origin, a method, and no credentials. */
class PreflightTest {
    private static IncomingRequest.Builder request(String method) {
        return IncomingRequest.builder(method, "/");
    }

    private static IncomingRequest.Builder preflight() {
        return request("OPTIONS")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "PUT");
    }

    private static boolean isPreflight(IncomingRequest.Builder request) {
        return Preflight.isPreflight(request.build());
    }

    @Test
    void isOptionsWithAnOriginAndAMethod() {
        assertThat(isPreflight(preflight())).isTrue();
        assertThat(isPreflight(preflight().header("Access-Control-Request-Headers", "authorization")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "options", "HEAD"})
    void isNoOtherMethod(String method) {
        assertThat(isPreflight(request(method)
                        .header("Origin", "https://app.example")
                        .header("Access-Control-Request-Method", "PUT")))
                .isFalse();
    }

    @Test
    void isNotWithoutAnOriginOrAMethod() {
        assertThat(isPreflight(request("OPTIONS").header("Access-Control-Request-Method", "PUT")))
                .isFalse();
        assertThat(isPreflight(request("OPTIONS").header("Origin", "https://app.example")))
                .isFalse();
        assertThat(isPreflight(request("OPTIONS"))).isFalse();
    }

    @Test
    void hasOneOfEach() {
        assertThat(isPreflight(preflight().header("Origin", "https://evil.example")))
                .isFalse();
        assertThat(isPreflight(preflight().header("Access-Control-Request-Method", "GET")))
                .isFalse();
    }

    @Test
    void carriesNoCredentials() {
        assertThat(isPreflight(preflight().header("Authorization", "Bearer a"))).isFalse();
        assertThat(isPreflight(preflight().header("Cookie", "a=b"))).isFalse();
    }
}
