package io.tokenguard.springsecurity;

import io.tokenguard.access.AccessToken;
import io.tokenguard.spring.Authenticated;
import io.tokenguard.spring.RequiresScopes;
import jakarta.annotation.security.PermitAll;
import java.security.Principal;
import java.util.concurrent.Callable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** Handlers with annotations of both. */
@Controller
@ResponseBody
class Ledger {
    static String nameOnThisThread() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known == null ? "nobody" : known.getName();
    }

    @GetMapping("/entries")
    @Authenticated
    @PreAuthorize("hasAuthority('SCOPE_entries:read')")
    public String list() {
        return "entries";
    }

    @PostMapping("/entries")
    @RequiresScopes("entries:write")
    public String add() {
        return "added";
    }

    @GetMapping("/accounts/{owner}")
    @Authenticated
    @PreAuthorize("hasRole('clerk') or #owner == authentication.name")
    public String account(@PathVariable("owner") String owner) {
        return "account of " + owner;
    }

    @GetMapping("/me")
    @Authenticated
    public String me(Principal principal, Authentication known, @AuthenticationPrincipal AccessToken token) {
        return principal.getName() + " " + known.getName() + " "
                + token.subject().orElse("") + " " + known.getCredentials();
    }

    @GetMapping("/welcome")
    @PermitAll
    public String welcome() {
        return "welcome " + nameOnThisThread();
    }

    @GetMapping("/unclear")
    @PermitAll
    @PreAuthorize("hasAuthority('SCOPE_entries:read')")
    public String unclear() {
        return "secret";
    }

    @GetMapping("/unnamed")
    @PreAuthorize("permitAll()")
    public String unnamed() {
        return "secret";
    }

    @GetMapping("/later")
    @Authenticated
    public Callable<String> later() {
        return Ledger::nameOnThisThread;
    }

    @GetMapping("/broken")
    @Authenticated
    public String broken() {
        throw new IllegalStateException("broken");
    }
}
