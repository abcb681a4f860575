package io.tokenguard.shop;

import io.tokenguard.access.AccessToken;
import io.tokenguard.spring.Authenticated;
import io.tokenguard.spring.RequiresRoles;
import io.tokenguard.spring.RequiresScopes;
import io.tokenguard.spring.TokenClaim;
import jakarta.annotation.security.PermitAll;
import java.security.Principal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class OrdersApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(OrdersApplication.class, arguments);
    }

    @GetMapping("/welcome")
    @PermitAll
    public String welcome() {
        return "welcome";
    }

    @GetMapping("/orders")
    @RequiresScopes("orders:read")
    public String list(@TokenClaim("sub") String subject) {
        return "orders of " + subject;
    }

    @PostMapping("/orders")
    @RequiresScopes("orders:write")
    public String create(AccessToken token) {
        return "created for " + token.subject().orElseThrow();
    }

    @GetMapping("/me")
    @Authenticated
    public String me(Principal principal) {
        return principal.getName();
    }

    @GetMapping("/admin")
    @RequiresRoles("admin")
    public String admin() {
        return "admin";
    }
}
