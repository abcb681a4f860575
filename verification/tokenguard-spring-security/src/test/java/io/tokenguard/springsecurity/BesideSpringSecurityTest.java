package io.tokenguard.springsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The starter beside Spring Security: with the chain that it brings, and with one of the application. */
class BesideSpringSecurityTest {
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<Class<?>, ConfigurableApplicationContext> RUNNING = new java.util.LinkedHashMap<>();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import({Ledger.class, Witness.class})
    static class WithoutChain {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Ledger.class, Witness.class, OwnChain.class})
    static class WithOwnChain {}

    @BeforeAll
    static void start() {
        Stream.of(WithoutChain.class, WithOwnChain.class).forEach(application -> RUNNING.put(application, run(application)));
    }

    private static ConfigurableApplicationContext run(Class<?> application) {
        return SpringApplication.run(
                application,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--tokenguard.roles-claim=roles",
                "--tokenguard.issuer-uri=" + ISSUER.issuer(),
                "--tokenguard.audiences=https://api.example.com");
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(ConfigurableApplicationContext::close);
        ISSUER.close();
    }

    static Stream<Class<?>> applications() {
        return RUNNING.keySet().stream();
    }

    private static TokenBuilder alice(String... scopes) {
        TokenBuilder token = ISSUER.token().subject("alice");
        return scopes.length == 0 ? token : token.scope(scopes);
    }

    private static HttpResponse<String> send(Class<?> application, String call, TokenBuilder token) throws Exception {
        String[] parts = call.split(" ", 2);
        String port = RUNNING.get(application).getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + parts[1]))
                .method(parts[0], HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token.sign());
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String answer(Class<?> application, String call, TokenBuilder token) throws Exception {
        HttpResponse<String> response = send(application, call, token);
        return response.statusCode() + " " + response.body();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void aScopeIsAnAuthority(Class<?> application) throws Exception {
        assertThat(answer(application, "GET /entries", alice("entries:read"))).isEqualTo("200 entries");
        assertThat(answer(application, "GET /entries", alice("other"))).startsWith("403");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void aRoleIsARoleOfSpringSecurity(Class<?> application) throws Exception {
        TokenBuilder clerk = alice().claim("roles", List.of("clerk"));
        assertThat(answer(application, "GET /accounts/bob", clerk)).isEqualTo("200 account of bob");
        assertThat(answer(application, "GET /accounts/bob", alice())).startsWith("403");
        assertThat(answer(application, "GET /accounts/alice", alice())).isEqualTo("200 account of alice");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void argumentsAreTheTokenAndItsSubjectWithoutCredentials(Class<?> application) throws Exception {
        assertThat(answer(application, "GET /me", alice())).isEqualTo("200 alice alice alice null");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void tokenGuardDecidesFirst(Class<?> application) throws Exception {
        HttpResponse<String> missing = send(application, "GET /entries", null);
        assertThat(missing.statusCode()).isEqualTo(401);
        assertThat(missing.headers().allValues("WWW-Authenticate")).contains("Bearer realm=\"api\"");
        assertThat(answer(application, "GET /unnamed", alice("entries:read")))
                .startsWith("403")
                .doesNotContain("secret");
        assertThat(answer(application, "GET /entries", alice("entries:read").audience("https://other.example")))
                .startsWith("401");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void noLoginOrCsrfTokenIsDemanded(Class<?> application) throws Exception {
        assertThat(answer(application, "GET /welcome", null)).isEqualTo("200 welcome anonymousUser");
        assertThat(answer(application, "POST /entries", alice("entries:write"))).isEqualTo("200 added");
        assertThat(answer(application, "GET /actuator/health", null)).startsWith("200");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void whatSpringSecurityDeniesToCallersWithoutATokenIsNotShown(Class<?> application) throws Exception {
        assertThat(answer(application, "GET /unclear", null)).startsWith("40").doesNotContain("secret");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void anAsyncHandlerAndItsDispatchKnowTheCaller(Class<?> application) throws Exception {
        HttpResponse<String> response = send(application, "GET /later", alice());
        assertThat(response.body()).isEqualTo("alice");
        assertThat(response.headers().allValues("Known")).containsExactly("REQUEST alice", "ASYNC alice");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void anErrorPageKnowsTheCaller(Class<?> application) throws Exception {
        HttpResponse<String> response = send(application, "GET /broken", alice());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().allValues("Known")).contains("ERROR alice");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void nothingIsLeftOnTheThreadAndNoSessionIsMade(Class<?> application) throws Exception {
        Witness.LEFT.clear();
        HttpResponse<String> response = send(application, "GET /later", alice());
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        // The thread ends its work after the client has the response.
        await().untilAsserted(() -> assertThat(Witness.LEFT).hasSizeGreaterThanOrEqualTo(2));
        assertThat(Witness.LEFT).containsOnly("nobody");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithOwnGuard {
        @Bean(destroyMethod = "close")
        TokenGuard guard() {
            return TokenGuard.builder()
                    .issuer(TrustedIssuer.builder(ISSUER.issuer())
                            .audience("https://api.example.com")
                            .build())
                    .build();
        }
    }

    @Test
    void withTheStarterSwitchedOffAGuardOfTheApplicationChangesNothingOfSpringSecurity() {
        try (ConfigurableApplicationContext application = SpringApplication.run(
                WithOwnGuard.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--tokenguard.spring.enabled=false")) {
            assertThat(application.containsBean("tokenGuardSecurityFilterChain"))
                    .isFalse();
            assertThat(application.getBeansOfType(SecurityFilterChain.class)).isNotEmpty();
        }
    }
}
