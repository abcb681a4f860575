package io.tokenguard.springtest;

import io.tokenguard.access.AccessToken;
import io.tokenguard.spring.Authenticated;
import io.tokenguard.spring.RequiresProof;
import io.tokenguard.spring.RequiresRoles;
import io.tokenguard.spring.RequiresScopes;
import io.tokenguard.spring.TokenClaim;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application that is tested. */
@SpringBootApplication
class OrdersApplication {
    @RestController
    static class Orders {
        @GetMapping("/orders")
        @RequiresScopes("orders:read")
        String list(@TokenClaim("sub") String subject) {
            return "orders of " + subject;
        }

        @GetMapping("/admin")
        @RequiresRoles("admin")
        String admin() {
            return "admin";
        }

        @GetMapping("/proven")
        @RequiresProof
        String proven() {
            return "proven";
        }

        @GetMapping("/me")
        @Authenticated
        String me(AccessToken token, @TokenClaim("groups") List<String> groups) {
            return token.subjectKind() + " " + token.subject().orElse("nobody") + " "
                    + token.clientId().orElse("") + " " + token.issuer() + " " + groups;
        }

        @GetMapping("/forgotten")
        String forgotten() {
            return "secret";
        }
    }
}
