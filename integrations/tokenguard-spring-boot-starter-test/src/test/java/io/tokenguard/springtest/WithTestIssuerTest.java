package io.tokenguard.springtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.spring.test.WithTestIssuer;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestContextManager;

/** An issuer that is there before the application starts. */
class WithTestIssuerTest {
    @Nested
    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "server.address=127.0.0.1",
                "tokenguard.issuer-uri=https://issuer.invalid",
                "tokenguard.jwks-uri=https://issuer.invalid/keys",
                "tokenguard.audiences[0]=https://orders.example"
            })
    @WithTestIssuer
    class AnApplicationThatIsConfigured {
        @Autowired
        private TestIssuer issuer;

        @Value("${local.server.port}")
        private int port;

        private int call(String token) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                    .header("Authorization", "Bearer " + token)
                    // Names of attributes by which a test shows a token.
                    .header(AccessToken.class.getName(), token)
                    .header(TokenGuard.class.getName(), "guard")
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }

        @Test
        void acceptsTheTokensOfTheTestIssuer() throws Exception {
            assertThat(call(issuer.token().scope("orders:read").sign())).isEqualTo(200);
        }

        @Test
        void refusesUnsignedTokensOverHttp() throws Exception {
            assertThat(call(issuer.token().scope("orders:read").unsigned("none")))
                    .isEqualTo(401);
        }
    }

    @Nested
    @SpringBootTest
    @WithTestIssuer(property = "tokenguard.issuers.main.issuer-uri")
    class AnApplicationWithNamedIssuers {
        @Test
        void trustsTheTestIssuer(@Autowired TokenGuard guard, @Autowired TestIssuer issuer) throws Exception {
            assertThat(guard.validate(issuer.token().sign()).audiences()).containsExactly("https://api.example.com");
        }
    }

    @SpringBootTest
    @WithTestIssuer(property = "tokenguard.audiences")
    static class Wrong {}

    @Test
    void aPropertyThatIsNoIssuerIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestContextManager(Wrong.class))
                .withMessageContaining("tokenguard.issuers.<id>.issuer-uri");
    }
}
