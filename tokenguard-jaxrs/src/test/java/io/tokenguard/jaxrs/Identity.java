package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessToken;
import jakarta.ws.rs.core.SecurityContext;

/** What a resource can say of its caller. */
final class Identity {
    private Identity() {}

    static String of(SecurityContext identity) {
        String principal = identity.getUserPrincipal() == null
                ? "nobody"
                : identity.getUserPrincipal().getName();
        String token = TokenGuardFeature.accessToken(identity)
                .flatMap(AccessToken::subject)
                .orElse("none");
        return principal + "/" + identity.getAuthenticationScheme() + "/" + identity.isUserInRole("x") + "/" + token;
    }

    /** What {@link #of} says of a token of this subject that states role x. */
    static String known(String subject) {
        return subject + "/Bearer/true/" + subject;
    }
}
