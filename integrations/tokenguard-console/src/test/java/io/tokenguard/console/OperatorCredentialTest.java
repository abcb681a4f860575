package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.Credentials;
import org.junit.jupiter.api.Test;

/** A token that a proxy adds to the requests of a browser is no credential of an operator. */
class OperatorCredentialTest {
    private static final String FIELD = "X-Forwarded-Access-Token";

    private static TokenGuardBuilder behindProxy(ConsoleSite site) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(site.issuer().issuer())
                        .audience("https://api.example.com")
                        .credentials(
                                Credentials.inAuthorization().inHeaders(FIELD).acceptFromAnyAddress())
                        .build())
                .route("GET /orders authenticated")
                .consolePath("/console")
                .consoleScope("console");
    }

    @Test
    void aTokenInAnotherFieldIsNone() throws Exception {
        try (ConsoleSite site = ConsoleSite.start(more -> more)) {
            site.guard().reconfigure(behindProxy(site));
            assertThat(site.send(site.to("/console/api/now").header(FIELD, site.operatorToken()))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenInAnotherFieldIsNoneBesideOtherCredentials() throws Exception {
        try (ConsoleSite site = ConsoleSite.start(more -> more)) {
            site.guard().reconfigure(behindProxy(site));
            assertThat(site.send(site.to("/console/api/now")
                                    .header("Authorization", "Basic dXNlcjpwYXNz")
                                    .header(FIELD, site.operatorToken()))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void nothingMayFollowABody() throws Exception {
        try (ConsoleSite site = ConsoleSite.start(more -> more)) {
            assertThat(site.send(site.posting("/api/explain", "{\"path\":\"/\"}\u0000{}"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }
}
