package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.pattern.PathPatternParser;

/** Spring MVC behind the filter, told to take a slash at the end of a path and names in any case. */
@OnEveryContainer
class SpringMvcTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/** authenticated", "/admin role admin", "/items/*/secret/ role admin")
                .with(SpringMvcTest::register)
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static void register(ServletContext context) {
        context.addFilter(
                        "slashes",
                        UrlHandlerFilter.trailingSlashHandler("/**")
                                .wrapRequest()
                                .build())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(Mvc.class, Controller.class);
        ServletRegistration.Dynamic servlet = context.addServlet("spring", new DispatcherServlet(spring));
        servlet.addMapping("/");
        servlet.setLoadOnStartup(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/",
                "/%61dmin/",
                "/ADMIN",
                "/Admin/",
                "/items/7/secret",
                "/items/7/secret/",
                "/ITEMS/7/secret/"
            })
    void servesNoSpellingThatDoesNotMeetTheRuleOfTheResource(String target) throws IOException {
        assertThat(site.get(target).status()).isEqualTo(401);
        assertThat(site.get(target, site.bearer()).status()).isEqualTo(403);
        assertThat(site.get(target, site.bearerWithRole("admin")).body()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin.json", "/admin;x=1", "/admin//", "/admin%20", "/admin/index", "/x/../admin"})
    void reachesTheResourceByNoOtherSpelling(String target) throws IOException {
        assertThat(site.get(target, site.bearer()).body()).isNotEqualTo("secret");
    }

    @Configuration
    @EnableWebMvc
    public static class Mvc implements WebMvcConfigurer {
        @Override
        public void configurePathMatch(PathMatchConfigurer paths) {
            PathPatternParser parser = new PathPatternParser();
            parser.setCaseSensitive(false);
            paths.setPatternParser(parser);
        }
    }

    @RestController
    public static class Controller {
        @GetMapping("/admin")
        public String admin() {
            return "secret";
        }

        @GetMapping("/items/{id}/secret")
        public String secret() {
            return "secret";
        }
    }
}
