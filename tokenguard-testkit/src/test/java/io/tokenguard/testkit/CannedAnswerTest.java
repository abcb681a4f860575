package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CannedAnswerTest {
    private final Web web = new Web();
    private final TestIssuer issuer = TestIssuer.builder().keys(KnownKeys.EC).start();
    private final EndpointBehaviour jwks = issuer.on(TestEndpoint.JWKS);

    @AfterEach
    void close() {
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 404, 500, 503, 599})
    void hasAStatusAndNoBody(int status) throws Exception {
        jwks.answer(Fault.status(status));

        assertThat(fetch().statusCode()).isEqualTo(status);
        assertThat(fetch().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 199, 600})
    void hasAStatusThatEndsTheExchange(int status) {
        assertThatThrownBy(() -> Fault.status(status)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasHeadersOnceOrMore() throws Exception {
        jwks.answer(Fault.status(429)
                .header("Retry-After", "7")
                .header("Cache-Control", "max-age=1")
                .header("Cache-Control", "max-age=2"));

        assertThat(fetch().statusCode()).isEqualTo(429);
        assertThat(fetch().headers().allValues("Retry-After")).containsExactly("7");
        assertThat(fetch().headers().allValues("Cache-Control")).containsExactly("max-age=1", "max-age=2");
    }

    @Test
    void hasABodyOfAnyKind() throws Exception {
        jwks.answer(Fault.body("<html>é"));

        assertThat(fetch().statusCode()).isEqualTo(200);
        assertThat(fetch().body()).isEqualTo("<html>é");
        assertThat(fetch().headers().allValues("Content-Type")).containsExactly("application/json");
    }

    @Test
    void hasAContentTypeOfTheirOwn() throws Exception {
        jwks.answer(Fault.status(502).contentType("text/html").body("<html>"));

        assertThat(fetch().statusCode()).isEqualTo(502);
        assertThat(fetch().headers().allValues("Content-Type")).containsExactly("text/html");
    }

    @Test
    void hasBytesThatAreNoText() throws Exception {
        byte[] body = {(byte) 0xff, 0x00};
        jwks.answer(Fault.status(200).body(body));

        assertThat(web.client()
                        .send(Web.request("GET", issuer.jwksUri()).build(), BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(body);
    }

    @Test
    void branchesWithoutDisturbingEachOther() throws Exception {
        CannedAnswer base = Fault.status(503).header("X-Step", "1");
        base.header("X-Step", "2").contentType("text/plain").body("other");
        jwks.answer(base);

        assertThat(fetch().headers().allValues("X-Step")).containsExactly("1");
        assertThat(fetch().body()).isEmpty();
    }

    @Test
    void takesNoHeaderThatWouldBreakTheMessage() {
        assertThatThrownBy(() -> Fault.status(200).header("A", "b\r\nC: d"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redirects() throws Exception {
        jwks.answer(Fault.redirectTo(URI.create("http://169.254.169.254/keys")));

        assertThat(fetch().statusCode()).isEqualTo(302);
        assertThat(fetch().headers().firstValue("Location")).hasValue("http://169.254.169.254/keys");
    }

    private HttpResponse<String> fetch() throws IOException, InterruptedException {
        return web.get(issuer.jwksUri());
    }
}
