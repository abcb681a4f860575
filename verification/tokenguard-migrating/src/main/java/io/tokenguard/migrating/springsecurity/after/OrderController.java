package io.tokenguard.migrating.springsecurity.after;

import io.tokenguard.access.AccessToken;
import io.tokenguard.spring.RequiresScopes;
import io.tokenguard.spring.TokenClaim;
import jakarta.annotation.security.PermitAll;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrderController {
    @GetMapping("/health")
    @PermitAll
    public String health() {
        return "up";
    }

    @GetMapping("/orders/{id}")
    @RequiresScopes("orders:read")
    public String one(@PathVariable("id") String id, @TokenClaim("sub") String subject) {
        return "order " + id + " of " + subject;
    }

    @PostMapping("/orders")
    @RequiresScopes("orders:write")
    public String create(AccessToken token) {
        return "created by " + token.clientId().orElse("nobody");
    }
}
