package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the guard decide one request, and exposes the identity to the application.
 *
 * @param guard makes the decisions
 * @param clientAddress returns the numeric address of the client; empty if unknown
 * @param addressFailure limits the log lines if that fails
 */
record Gate(TokenGuard guard, Function<ContainerRequestContext, String> clientAddress, RepeatedFailure addressFailure) {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuardFeature.class);
    private static final String GUARD = TokenGuard.class.getName();
    private static final String TOKEN = AccessToken.class.getName();

    Gate(TokenGuard guard, Function<ContainerRequestContext, String> clientAddress) {
        this(guard, clientAddress, new RepeatedFailure(System::nanoTime));
    }

    /** Decides a request before it reaches a resource. Returns the refusal to send; empty if it may proceed. */
    Optional<Challenge> admit(ContainerRequestContext request, IncomingRequest.Handler handler) {
        Decision decision = decide(request, handler);
        if (decision instanceof Decision.Granted granted) {
            granted.accessToken().ifPresent(token -> identify(request, token));
            ResponseFields.keep(granted, request);
        }
        return refusal(decision);
    }

    /**
     * Starts a request that was admitted, if it happens once.
     *
     * @param isStored whether its answer will be stored
     */
    void startWrite(ContainerRequestContext request, boolean isStored) throws IOException {
        if (guard.hasWrites()) {
            new WriteStart(guard, isStored).start(request, describe(request));
        }
    }

    /** Hides the token itself from the application, if the guard requires that. */
    void hide(ContainerRequestContext request) {
        guard.hiddenHeaders().forEach(request.getHeaders()::remove);
        HiddenCookies.remove(guard.hiddenCookies(), request.getHeaders());
    }

    /** Decides a request that has a response although it reached no resource. */
    Optional<Challenge> release(ContainerRequestContext request, AccessRequirement requirement) {
        return refusal(decide(request, new MatchedHandler(requirement, null)));
    }

    private static Optional<Challenge> refusal(Decision decision) {
        return decision instanceof Decision.Refused refused ? Optional.of(refused.challenge()) : Optional.empty();
    }

    /** A token that the same guard validated in the same request, such as in the servlet filter, is not validated twice. */
    private Decision decide(ContainerRequestContext request, IncomingRequest.Handler handler) {
        IncomingRequest incoming = describe(request);
        boolean isDecided = request.getProperty(GUARD) == guard;
        AccessToken validated = isDecided ? tokenOf(request::getProperty) : null;
        return validated == null
                ? guard.decide(incoming, isDecided ? new CountedHandler(handler) : handler)
                : guard.decideAgain(incoming, handler, validated);
    }

    /** The handler of a request that the servlet filter of the same guard has let through without a token. */
    private record CountedHandler(IncomingRequest.Handler handler) implements IncomingRequest.Handler {
        @Override
        public Optional<AccessRequirement> requirement() {
            return handler.requirement();
        }

        @Override
        public String name() {
            return handler.name();
        }

        @Override
        public boolean isSelected() {
            return handler.isSelected();
        }

        @Override
        public boolean isCounted() {
            return true;
        }
    }

    IncomingRequest describe(ContainerRequestContext request) {
        String address = addressOf(request);
        @Nullable String stated = clientAddress == ServletAddressFilter.OF_SERVLET ? null : address;
        return WireRequest.in(request).describe(request, address, ServletAddressFilter.peerAddressOf(request, stated));
    }

    /** If the application's function fails, the address is unknown. The request is decided without it. */
    private String addressOf(ContainerRequestContext request) {
        try {
            return clientAddress.apply(request);
        } catch (RuntimeException untold) {
            addressFailure.log(count -> LOG.error(
                    "The address of a peer could not be determined, {} times since the last such line: {}",
                    count,
                    untold.getClass().getName()));
            return "";
        }
    }

    static @Nullable AccessToken tokenOf(Function<String, @Nullable Object> properties) {
        return properties.apply(TOKEN) instanceof AccessToken token ? token : null;
    }

    private void identify(ContainerRequestContext request, AccessToken token) {
        request.setProperty(GUARD, guard);
        request.setProperty(TOKEN, token);
        request.setSecurityContext(
                new TokenSecurityContext(new TokenPrincipal(token), ServletAddressFilter.isSecure(request)));
    }
}
