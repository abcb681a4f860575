package io.tokenguard.migrating.springsecurity.before;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class OrderController {
    @GetMapping("/health")
    public String health() {
        return "up";
    }

    @GetMapping("/orders/{id}")
    public String one(@PathVariable("id") String id, @AuthenticationPrincipal Jwt token) {
        return "order " + id + " of " + token.getSubject();
    }

    @PostMapping("/orders")
    public String create(@AuthenticationPrincipal Jwt token) {
        return "created by " + token.getClaimAsString("client_id");
    }
}
