package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Credentials;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in header fields that proxies add; a request uses one place (RFC 6750 §2, §3.1). */
class CredentialHeaderTest {
    private static final String FIELD = "X-Goog-IAP-JWT-Assertion";
    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "192.0.2.1";

    private static TestIssuer issuer;
    private static TestIssuer other;
    private static TokenGuard guard;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
        other = TestIssuer.start();
        guard = guard(Credentials.inAuthorization().inHeaders(FIELD));
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
        other.close();
    }

    private static TokenGuard guard(Credentials credentials) {
        return GuardedIssuer.guarding(issuer, settings -> settings.credentials(credentials))
                .issuer(GuardedIssuer.trusted(other).build())
                .resourceHosts("api.example.com")
                .trustedProxies("10.0.0.0/8")
                .build();
    }

    private static IncomingRequest.Builder from(String peer) {
        return GuardedIssuer.request().clientAddress(peer);
    }

    private static RefusalReason judge(IncomingRequest.Builder request) {
        return reasonOf(guard.decide(request.build()));
    }

    private static String token() {
        return issuer.token().sign();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "bearer  "})
    void areAcceptedWithOrWithoutASchemeFromATrustedProxy(String scheme) {
        String token = token();
        assertThat(judge(from(PROXY).header(FIELD, scheme + token))).isNull();
        assertThat(judge(from(PROXY).header("x-goog-iap-jwt-assertion", scheme + token)))
                .as("again, by the cache")
                .isNull();
        assertThat(judge(from(PROXY).header("Authorization", "Bearer " + token)))
                .as("the standard place stays")
                .isNull();
    }

    @Test
    void areNotLookedAtFromOthers() {
        assertThat(judge(from(STRANGER).header(FIELD, token()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        assertThat(judge(GuardedIssuer.request().header(FIELD, token())))
                .as("address unknown")
                .isEqualTo(RefusalReason.NO_CREDENTIALS);
        assertThat(judge(from(STRANGER).header(FIELD, "junk").header("Authorization", "Bearer " + token())))
                .isNull();
    }

    @Test
    void areNotLookedAtWhereNothingIsConfigured() {
        try (TokenGuard plain =
                GuardedIssuer.guarding(issuer).trustedProxies("10.0.0.0/8").build()) {
            assertThat(reasonOf(plain.decide(from(PROXY).header(FIELD, token()).build())))
                    .isEqualTo(RefusalReason.NO_CREDENTIALS);
        }
    }

    @Test
    void areAcceptedFromOthersWhereThatIsGivenUpByName() {
        try (TokenGuard open =
                guard(Credentials.inAuthorization().inHeaders(FIELD).acceptFromAnyAddress())) {
            assertThat(reasonOf(
                            open.decide(from(STRANGER).header(FIELD, token()).build())))
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer", "Authorization, DPoP", "X-Goog-IAP-JWT-Assertion, ''"})
    void areRefusedBesideASecondToken(String field, String scheme) {
        String token = token();
        assertThat(judge(from(PROXY).header(FIELD, token).header(field, (scheme + " " + token).strip())))
                .isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
    }

    @Test
    void areNotASecondTokenWhereTheFieldIsEmptyOrTheOtherSchemeIsNoneOfTokens() {
        String token = token();
        assertThat(judge(from(PROXY).header(FIELD, " ").header("Authorization", "Bearer " + token)))
                .isNull();
        assertThat(judge(from(PROXY).header(FIELD, token).header("Authorization", "Basic YTpi")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "Basic YTpi", "Bearer", "Bearer ", "a,b", "\u00e9", "a=b"})
    void areRefusedWhereTheyAreNotWrittenAsTokens(String value) {
        assertThat(judge(from(PROXY).header(FIELD, value)))
                .isIn(RefusalReason.CREDENTIAL_SYNTAX, RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    void areThoseOfTheIssuerThatTheFieldIsConfiguredFor() {
        String others = other.token().sign();
        for (int use = 0; use < 2; use++) {
            assertThat(judge(from(PROXY).header(FIELD, others))).isEqualTo(RefusalReason.CREDENTIALS_MISPLACED);
            assertThat(judge(from(PROXY).header("Authorization", "Bearer " + others)))
                    .isNull();
        }
    }

    @Test
    void areRefusedWhereTheyAreBoundAndCameWithoutAProof() {
        DpopClient client = DpopClient.create();
        String bound = issuer.token().boundTo(client.key()).sign();
        assertThat(judge(from(PROXY).header(FIELD, bound))).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        String proof = client.proof("GET", "https://api.example.com/orders")
                .forToken(bound)
                .sign();
        assertThat(judge(from(PROXY)
                        .authority("api.example.com")
                        .header(FIELD, "DPoP " + bound)
                        .header("DPoP", proof)))
                .isNull();
    }
}
