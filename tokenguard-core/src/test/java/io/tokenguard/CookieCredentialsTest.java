package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Preset;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in cookies, for browsers (RFC 6750 §2, RFC 6265bis §4.1.3, RFC 10017 §6.1.3). */
class CookieCredentialsTest {
    private static final String NAME = "__Host-access";
    private static TestIssuer issuer;
    private static TokenGuard guard;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
        guard = guarding(UnaryOperator.identity()).build();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
    }

    private static TokenGuardBuilder guarding(UnaryOperator<Credentials> more) {
        return GuardedIssuer.guarding(
                        issuer,
                        settings -> settings.credentials(
                                more.apply(Credentials.inAuthorization().inCookie(NAME))))
                .resource(URI.create("https://api.example.com/"))
                .route("/open public");
    }

    private static IncomingRequest.Builder cookie(String value) {
        return GuardedIssuer.request().header("Cookie", "theme=dark; " + NAME + "=" + value);
    }

    private static RefusalReason judge(IncomingRequest.Builder request) {
        return reasonOf(guard.decide(request.build()));
    }

    private static String token() {
        return issuer.token().sign();
    }

    @Test
    void areAcceptedFromTheOwnOriginTwice() {
        String token = token();
        assertThat(judge(cookie(token).header("Sec-Fetch-Site", "same-origin"))).isNull();
        assertThat(judge(cookie(token).header("Sec-Fetch-Site", "same-origin")))
                .as("again, by the cache")
                .isNull();
        assertThat(judge(GuardedIssuer.request().header("Authorization", "Bearer " + token)))
                .as("the standard place stays")
                .isNull();
    }

    @Test
    void areRefusedFromAnotherSiteAlsoWhereTheTokenIsCached() {
        String token = token();
        assertThat(judge(cookie(token))).isNull();
        assertThat(judge(cookie(token).header("Sec-Fetch-Site", "cross-site")))
                .isEqualTo(RefusalReason.CROSS_SITE_REQUEST);
    }

    @Test
    void areNotReadWhereNothingIsConfigured() {
        try (TokenGuard plain = GuardedIssuer.guarding(issuer).build()) {
            assertThat(reasonOf(plain.decide(cookie(token()).build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }
    }

    @Test
    void areNotReadOnPublicRoutes() {
        IncomingRequest.Builder request = IncomingRequest.builder("POST", "/open")
                .header("Cookie", NAME + "=junk")
                .header("Sec-Fetch-Site", "cross-site");
        assertThat(judge(request)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Basic eA==", "Digest x", ""})
    void areRefusedBesideAnAuthorizationField(String authorization) {
        assertThat(judge(cookie(token()).header("Authorization", authorization)))
                .isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
    }

    @Test
    void areRefusedTwiceHoweverTheyAreSent() {
        String token = token();
        assertThat(judge(cookie(token + "; " + NAME + "=" + token))).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
        assertThat(judge(cookie(token).header("Cookie", NAME + "=evil"))).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
        assertThat(judge(cookie(token + "; " + NAME + "="))).isEqualTo(RefusalReason.MULTIPLE_CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | NO_CREDENTIALS | an empty cookie",
                "'\"a.b.c\"' | COOKIE_MALFORMED | a value in quotes",
                "a%2Eb.c | COOKIE_MALFORMED | a percent-encoded value",
                "Bearer a.b.c | COOKIE_MALFORMED | a value with a scheme",
                "a.b,c | COOKIE_MALFORMED | a value with a character that no token has"
            })
    void areTheTokenAlone(String value, RefusalReason reason, String found) {
        Decision.Refused refused = (Decision.Refused) guard.decide(cookie(value).build());
        assertThat(refused.refusal().reason()).isEqualTo(reason);
        assertThat(refused.refusal().found()).isEqualTo(found);
        assertThat(refused.refusal().place()).isEqualTo("cookie");
    }

    @Test
    void areRefusedWhereTheyAreTooLong() {
        assertThat(judge(cookie("a".repeat(20_000)))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
    }

    @Test
    void areRefusedWithoutTlsAlsoWherePlainHttpIsAllowed() {
        IncomingRequest.Builder plain = IncomingRequest.builder("GET", "/orders")
                .clientAddress("127.0.0.1")
                .header("Cookie", NAME + "=" + token());
        assertThat(judge(plain)).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
        try (TokenGuard lax =
                guarding(UnaryOperator.identity()).allowInsecureHttp().build()) {
            assertThat(reasonOf(lax.decide(plain.build()))).isEqualTo(RefusalReason.TRANSPORT_INSECURE);
        }
    }

    /** RFC 9449 §7.1: such a token is sent under the scheme DPoP in the Authorization field. */
    @Test
    void areRefusedIfTheyAreBoundByDpop() {
        String bound = issuer.token().boundTo(DpopClient.create().key()).sign();
        Decision.Refused refused = (Decision.Refused)
                guard.decide(cookie(bound).header("DPoP", "x").build());
        assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        assertThat(refused.refusal().found()).isEqualTo("a token with cnf.jkt in a cookie");
    }

    @Test
    void areRefusedIfTheCookieIsThatOfAnotherIssuer() {
        try (TestIssuer other = TestIssuer.start();
                TokenGuard both = guarding(UnaryOperator.identity())
                        .issuer(GuardedIssuer.trusted(other).build())
                        .build()) {
            assertThat(reasonOf(both.decide(cookie(other.token().sign()).build())))
                    .isEqualTo(RefusalReason.CREDENTIALS_MISPLACED);
            assertThat(reasonOf(both.decide(cookie(token()).build()))).isNull();
        }
    }

    @Test
    void areNotForSharedCachesNorForOtherSitesToEmbed() {
        Decision.Granted granted =
                (Decision.Granted) guard.decide(cookie(token()).build());
        assertThat(granted.responseHeaders())
                .containsEntry("Cache-Control", "private")
                .containsEntry("Vary", "Cookie")
                .containsEntry("Cross-Origin-Resource-Policy", "same-origin");
        Decision.Granted usual = (Decision.Granted) guard.decide(GuardedIssuer.bearing(token()));
        assertThat(usual.responseHeaders()).isEmpty();
    }

    @Test
    void keepTheVaryOfCors() {
        try (TokenGuard open = guarding(UnaryOperator.identity())
                .corsAllowedOrigins("https://app.example.com")
                .corsAllowedMethods("GET")
                .build()) {
            Decision.Granted granted =
                    (Decision.Granted) open.decide(cookie(token()).build());
            assertThat(granted.responseHeaders().get("Vary")).isEqualTo("Cookie, Origin");
        }
    }

    @Test
    void areRefusedByAnAnswerThatNobodyCaches() {
        Decision.Refused refused = (Decision.Refused) guard.decide(
                cookie(token()).header("Sec-Fetch-Site", "cross-site").build());
        assertThat(refused.challenge().status()).isEqualTo(403);
        assertThat(refused.challenge().headers())
                .containsEntry("Cache-Control", List.of("no-store"))
                .doesNotContainKey("WWW-Authenticate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"access", "__host-access", "__HOST-access", "__Host-", "__Secure-a b", "__Host-a;b", "_Host-a"})
    void needAPrefix(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Credentials.inAuthorization().inCookie(name))
                .withMessageContaining("tokenguard.credentials.cookie")
                .withMessageContaining(name)
                .withMessageContaining("__Host-");
    }

    private static void assertRefused(TokenGuardBuilder builder, String... words) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.build().close())
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void areNotOpenedToScriptsOfOtherOriginsSilently() {
        TokenGuardBuilder silent = guarding(UnaryOperator.identity())
                .corsAllowedOrigins("https://app.example.com")
                .corsAllowCredentials();
        assertRefused(silent, "tokenguard.cors.allow-credentials", "https://app.example.com", "cookie.allowed-origins");
        silent.cookieAllowedOrigins("https://app.example.com").build().close();
    }

    @Test
    void areNotForPresetsThatDemandTheAuthorizationField() {
        assertRefused(guarding(UnaryOperator.identity()).preset(Preset.MCP), "credentials.cookie", "mcp");
        assertRefused(guarding(UnaryOperator.identity()).preset(Preset.FAPI2), "credentials.cookie", "fapi2");
        assertRefused(
                guarding(UnaryOperator.identity()).dpop(Dpop.supported().mode(BindingMode.REQUIRED)),
                "credentials.cookie",
                "dpop.mode is 'required'");
    }

    @Test
    void areNamedWhereTheirSettingsAreUsed() {
        assertRefused(
                GuardedIssuer.guarding(issuer).cookieAcceptSameSite(), "tokenguard.credentials.cookie", "no effect");
    }
}
