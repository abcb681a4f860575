package io.tokenguard.spring;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Refusal;
import io.tokenguard.spi.GuardObserver;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application with handlers of every kind. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Shop.Orders.class, Shop.Reports.class, Shop.Pages.class})
class Shop {
    static final List<Refusal> REFUSALS = new CopyOnWriteArrayList<>();

    @Bean
    GuardObserver refusals() {
        return REFUSALS::add;
    }

    /** A composed annotation. */
    @Retention(RetentionPolicy.RUNTIME)
    @RequiresScopes("orders:write")
    @interface WritesOrders {}

    @RestController
    static class Orders {
        @GetMapping("/orders")
        @RequiresScopes("orders:read")
        @CrossOrigin("https://shop.example")
        String list() {
            return "orders";
        }

        @PostMapping("/orders")
        @WritesOrders
        String create() {
            return "created";
        }

        @GetMapping("/orders/{id}")
        @RequiresRoles("clerk")
        String one(@PathVariable("id") String id) {
            return id;
        }

        @GetMapping("/tenants/{tenant}/orders")
        @RequiresPolicy("claim tenant = path:tenant")
        String ofTenant(@PathVariable("tenant") String tenant) {
            return tenant;
        }

        @GetMapping("/forgotten")
        String forgotten() {
            return "secret";
        }

        @GetMapping("/routed/{id}")
        String routed(@PathVariable("id") String id) {
            return "routed " + id;
        }

        @GetMapping("/routed/both")
        @RequiresScopes("both")
        String both() {
            return "both";
        }

        @GetMapping("/open")
        @PermitAll
        String open(Optional<AccessToken> token) {
            return "open " + token.isPresent();
        }

        @GetMapping("/closed")
        @DenyAll
        String closed() {
            return "closed";
        }

        @GetMapping("/me")
        @Authenticated
        String me(
                AccessToken token,
                Principal principal,
                @TokenClaim("sub") String subject,
                @TokenClaim("iat") Instant issuedAt,
                @TokenClaim("groups") List<String> groups,
                @TokenClaim("absent") Optional<String> absent) {
            return token.subject().orElse("") + " " + principal.getName() + " " + subject + " "
                    + issuedAt.getEpochSecond() + " " + groups + " " + absent.isPresent();
        }
    }

    @RestController
    @RequestMapping("/reports")
    @RequiresScopes(anyOf = {"reports:read", "reports:admin"})
    static class Reports {
        @GetMapping("/daily")
        String daily() {
            return "daily";
        }

        @GetMapping("/public")
        @PermitAll
        String open() {
            return "public";
        }
    }

    @Controller
    static class Pages {
        @GetMapping("/forwarding")
        @PermitAll
        String forward() {
            return "forward:/orders";
        }

        @GetMapping("/later")
        @PermitAll
        Callable<String> later() {
            return () -> "forward:/orders";
        }
    }
}
