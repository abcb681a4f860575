package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestIssuer;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.HiddenHttpMethodFilter;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/** What stands between the filter and the handler makes no request reach a handler that it was not granted. */
class ChangedRequestTest {
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
        application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--tokenguard.issuer-uri=" + ISSUER.issuer(),
                "--tokenguard.audiences=https://shop.example",
                "--tokenguard.hide-credentials=true",
                "--tokenguard.routes.area=/area/** authenticated",
                "--tokenguard.routes.second=/second/** authenticated");
    }

    @AfterAll
    static void stop() {
        application.close();
        ISSUER.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path));
    }

    private static HttpRequest.Builder form(String method, String path, String body) {
        return to(path).method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private static String sendWithoutToken(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        String token = ISSUER.token()
                .audience("https://shop.example")
                .subject("alice")
                .scope("other")
                .sign();
        return sendWithoutToken(request.header("Authorization", "Bearer " + token));
    }

    /** Spring's form filter makes parameters of the body behind the guard. */
    @Test
    void aFormBodySelectsNoOtherHandler() throws Exception {
        assertThat(sendWithoutToken(form("PUT", "/form", "all=1"))).startsWith("403");
        assertThat(sendWithoutToken(form("PUT", "/form", "one=1"))).isEqualTo("200 open");
    }

    @Test
    void aHiddenMethodSelectsNoOtherHandler() throws Exception {
        assertThat(sendWithoutToken(form("POST", "/things", "_method=DELETE"))).startsWith("403");
        assertThat(sendWithoutToken(form("POST", "/things", ""))).isEqualTo("200 posted");
    }

    @Test
    void aPathThatAFilterChangesSelectsNoOtherHandler() throws Exception {
        assertThat(send(to("/area/things/"))).startsWith("403");
    }

    @Test
    void aHiddenHeaderSelectsNoOtherHandler() throws Exception {
        assertThat(send(to("/head"))).startsWith("403");
    }

    @ParameterizedTest
    @CsvSource({"/proxied", "/base"})
    void theClassThatIsCalledDecides(String path) throws Exception {
        assertThat(send(to(path))).startsWith("403");
    }

    @Test
    void anotherServletCallsNoAnnotatedHandler() throws Exception {
        assertThat(send(to("/second/area/things"))).startsWith("403");
    }

    @Test
    void aPreflightIsOpenOnlyIfSpringAnswersIt() throws Exception {
        assertThat(sendWithoutToken(to("/simple")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", "https://other.example")
                        .header("Access-Control-Request-Method", "GET")))
                .startsWith("401");
    }

    @Test
    void aClaimIsNeverTakenFromTheRequest() throws Exception {
        assertThat(send(to("/claims?subject=bob"))).isEqualTo("200 alice");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Handlers.class, Implementation.class})
    static class Application {
        /** Spring Boot's own has an order; this one comes last. */
        @Bean
        HiddenHttpMethodFilter methods() {
            return new HiddenHttpMethodFilter();
        }

        @Bean
        UrlHandlerFilter slashes() {
            return UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build();
        }

        @Bean
        @Lazy
        Base base() {
            return new Stricter();
        }

        @Bean
        ServletRegistrationBean<DispatcherServlet> second(WebApplicationContext context) {
            ServletRegistrationBean<DispatcherServlet> servlet =
                    new ServletRegistrationBean<>(new DispatcherServlet(context), "/second/*");
            servlet.setName("second");
            return servlet;
        }

        @Bean
        HandlerMapping simple() {
            return new SimpleMapping();
        }

        @Bean
        static InterfaceProxies proxies() {
            return new InterfaceProxies();
        }
    }

    @RestController
    static class Handlers {
        @PutMapping("/form")
        @PermitAll
        String open() {
            return "open";
        }

        @PutMapping(value = "/form", params = "all")
        @RequiresScopes("admin")
        String admin() {
            return "admin";
        }

        @PostMapping("/things")
        @PermitAll
        String post() {
            return "posted";
        }

        @DeleteMapping("/things")
        @RequiresScopes("admin")
        String delete() {
            return "deleted";
        }

        @GetMapping("/area/things")
        @RequiresScopes("admin")
        String things() {
            return "things";
        }

        @GetMapping(value = "/head", headers = "Authorization")
        @Authenticated
        String withHeader() {
            return "with";
        }

        @GetMapping(value = "/head", headers = "!Authorization")
        @RequiresScopes("admin")
        String withoutHeader() {
            return "without";
        }

        @GetMapping("/claims")
        @Authenticated
        String claims(@TokenClaim("sub") String subject) {
            return subject;
        }
    }

    @RestController
    @Authenticated
    interface Api {
        @GetMapping("/proxied")
        String get();
    }

    static class Implementation implements Api {
        @Override
        @RequiresScopes("admin")
        public String get() {
            return "proxied";
        }
    }

    @RestController
    static class Base {
        @GetMapping("/base")
        @Authenticated
        public String get() {
            return "base";
        }
    }

    static class Stricter extends Base {
        @Override
        @RequiresScopes("admin")
        public String get() {
            return "stricter";
        }
    }

    /** A mapping that knows nothing of CORS. */
    static class SimpleMapping implements HandlerMapping, Ordered {
        @Override
        public int getOrder() {
            return -5;
        }

        @Override
        public HandlerExecutionChain getHandler(HttpServletRequest request) {
            HttpRequestHandler handler = (asked, answer) -> answer.getWriter().write("secret");
            return request.getRequestURI().equals("/simple") ? new HandlerExecutionChain(handler) : null;
        }
    }
}
