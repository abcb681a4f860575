package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.testkit.CompactToken;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What can be switched on by a property, seen from outside. */
@OnEveryContainer
class SettingsTest {
    private static final String[] PREFLIGHT = {"Origin: https://app.example", "Access-Control-Request-Method: GET"};

    private static SwitchedFilter filter;
    private static Application application;
    private static Site site;

    @Parameter
    Container container;

    private TokenGuard guard;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        filter = new SwitchedFilter();
        application = new Application()
                .registeredBy((context, unused) -> filter.register(context))
                .servlet(Page::identity, "/");
        site = application.on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private void guardBy(String... more) {
        Map<String, String> properties = new HashMap<>(application.initParams());
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        guard = GuardProperties.of(properties).toBuilder().build();
        filter.switchTo(guard);
        site.reached().clear();
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void aPreflightIsRefusedAsAnyRequestWithoutATokenIs() throws IOException {
        guardBy();
        assertThat(site.send("OPTIONS", "/me", PREFLIGHT).status()).isEqualTo(401);
        assertThat(site.reached()).isEmpty();
    }

    @Test
    void aTruePreflightReachesTheApplicationWhereThatIsSwitchedOn() throws IOException {
        guardBy("tokenguard.pass-cors-preflight", "true");
        site.send("OPTIONS", "/me", PREFLIGHT);
        assertThat(site.reached()).containsExactly("/");
    }

    @Test
    void refusalsAreReadableByScriptsOfAllowedOriginsOnly() throws IOException {
        guardBy("tokenguard.cors.allowed-origins", "https://app.example");
        Answer answer = site.get("/me", "Origin: https://app.example");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Access-Control-Allow-Origin")).containsExactly("https://app.example");
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .containsExactly(
                        "WWW-Authenticate, Retry-After, DPoP-Nonce, TokenGuard-Refusal, RateLimit, RateLimit-Policy");
        assertThat(site.get("/me", "Origin: https://evil.example").header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(site.send("OPTIONS", "/me", PREFLIGHT).status()).isEqualTo(401);
        assertThat(site.reached()).isEmpty();
    }

    @Test
    void refusalsAreReadableByNoScriptsByDefault() throws IOException {
        guardBy();
        assertThat(site.get("/me", "Origin: https://app.example").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void whatOnlyLooksLikeAPreflightIsRefusedAllTheSame() throws IOException {
        guardBy("tokenguard.pass-cors-preflight", "true");
        assertThat(site.send("OPTIONS", "/me", "Origin: https://app.example").status())
                .isEqualTo(401);
        assertThat(site.send("GET", "/me", PREFLIGHT).status()).isEqualTo(401);
        assertThat(site.send("OPTIONS", "/me", PREFLIGHT[0], PREFLIGHT[1], "Authorization: Basic eA==")
                        .status())
                .isEqualTo(401);
        assertThat(site.reached()).isEmpty();
    }

    @Test
    void everyBadTokenGetsTheSameBytesWhereThatIsSwitchedOn() throws IOException {
        guardBy("tokenguard.uniform-refusals", "true");
        Set<Answer> answers = new LinkedHashSet<>();
        for (String bad : badTokens()) {
            Answer answer = site.get("/me", "Authorization: Bearer " + bad);
            answers.add(new Answer(answer.status(), withoutDate(answer.fieldLines()), answer.body()));
        }
        assertThat(answers).hasSize(1);
        assertThat(answers.iterator().next().challenge())
                .startsWith("Bearer realm=\"api\", error=\"invalid_token\","
                        + " error_description=\"The access token is not acceptable\" | DPoP realm=\"api\", algs=");
    }

    private static List<String> badTokens() {
        String good = site.tokenOf("alice");
        return List.of(
                "junk",
                CompactToken.parse(good).flipBit(1).compact(),
                site.issuer().token().expiresAt(Instant.EPOCH).sign(),
                site.issuer().token().audience("https://other.example").sign(),
                site.issuer().token().header("kid", "unknown").sign(),
                site.issuer().token().type("JWT").sign());
    }

    private static List<String> withoutDate(List<String> fieldLines) {
        return fieldLines.stream().filter(line -> !line.startsWith("Date:")).toList();
    }
}
