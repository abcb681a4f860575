package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Challenge;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard about one request, and leaves the identity where the application finds it.
 *
 * @param guard decides
 * @param clientAddress tells the numeric address of the peer; empty where it is not known
 */
record Gate(TokenGuard guard, Function<ContainerRequestContext, String> clientAddress) {
    private static final String GUARD = TokenGuard.class.getName();
    private static final String TOKEN = AccessToken.class.getName();

    /** The answer to give; empty where the request may go on. */
    Optional<Challenge> refusal(ContainerRequestContext request, AccessRequirement requirement) {
        Decision decision = decide(request, requirement);
        Optional<Challenge> refusal = Optional.empty();
        if (decision instanceof Decision.Granted granted) {
            granted.accessToken().ifPresent(token -> identify(request, token));
        } else if (decision instanceof Decision.Refused refused) {
            refusal = Optional.of(refused.challenge());
        }
        new Judgement(refusal).keepIn(request);
        return refusal;
    }

    /** What the same guard has vouched for in the same request, as the servlet filter does, is not judged twice. */
    private Decision decide(ContainerRequestContext request, AccessRequirement requirement) {
        IncomingRequest incoming = WireRequest.in(request).describe(request, clientAddress.apply(request));
        AccessToken vouched = request.getProperty(GUARD) == guard ? tokenOf(request::getProperty) : null;
        return vouched == null
                ? guard.decide(incoming, requirement)
                : guard.decideAgain(incoming, requirement, vouched);
    }

    static @Nullable AccessToken tokenOf(Function<String, @Nullable Object> properties) {
        return properties.apply(TOKEN) instanceof AccessToken token ? token : null;
    }

    private void identify(ContainerRequestContext request, AccessToken token) {
        request.setProperty(GUARD, guard);
        request.setProperty(TOKEN, token);
        request.setSecurityContext(new TokenSecurityContext(new TokenPrincipal(token), WireRequest.isSecure(request)));
    }
}
