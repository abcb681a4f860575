package io.tokenguard.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** Spring Boot maps a filter for requests only: forwards and async dispatches are decided about all the same. */
class SpringBootForwardTest {
    private final TestIssuer issuer = TestIssuer.start();
    private TokenGuard guard;

    @BeforeEach
    void start() {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/api/orders/** scope orders:read")
                .route("/api/admin scope admin")
                .build();
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {PlainBean.class, RegistrationBean.class})
    void refusesAForwardToWhatTheTokenDoesNotGrant(Class<?> configuration) throws Exception {
        try (ConfigurableApplicationContext context = run(configuration)) {
            for (String path : new String[] {"forward", "view", "later"}) {
                assertThat(get(context, "/api/orders/" + path, "orders:read"))
                        .as(path)
                        .startsWith("403 ")
                        .doesNotContain("secret");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {PlainBean.class, RegistrationBean.class})
    void grantsAForwardToWhatTheTokenGrants(Class<?> configuration) throws Exception {
        try (ConfigurableApplicationContext context = run(configuration)) {
            assertThat(get(context, "/api/orders/forward", "orders:read", "admin")).isEqualTo("200 secret");
            assertThat(get(context, "/api/orders/later", "orders:read", "admin")).isEqualTo("200 secret");
        }
    }

    private ConfigurableApplicationContext run(Class<?> configuration) {
        SpringApplication application = new SpringApplication(configuration);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("guard", guard));
        return application.run(
                "--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--logging.level.root=off");
    }

    private String get(ConfigurableApplicationContext context, String path, String... scopes) throws Exception {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + issuer.token().scope(scopes).sign())
                .build();
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class PlainBean {
        @Bean
        TokenGuardFilter tokens(TokenGuard guard) {
            return new TokenGuardFilter(guard);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class RegistrationBean {
        @Bean
        FilterRegistrationBean<TokenGuardFilter> tokens(TokenGuard guard) {
            return new FilterRegistrationBean<>(new TokenGuardFilter(guard));
        }
    }

    @Controller
    static class Pages {
        @GetMapping("/api/orders/forward")
        String forward() {
            return "forward:/api/admin";
        }

        @GetMapping("/api/orders/view")
        ModelAndView view() {
            return new ModelAndView("forward:/api/admin");
        }

        @GetMapping("/api/orders/later")
        Callable<String> later() {
            return () -> "forward:/api/admin";
        }

        @GetMapping("/api/admin")
        @ResponseBody
        String admin() {
            return "secret";
        }
    }
}
