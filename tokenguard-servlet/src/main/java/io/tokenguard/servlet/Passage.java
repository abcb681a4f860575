package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A granted dispatch of a request. Stored as a request attribute, so that it follows the request across threads and ends with
 * it.
 *
 * @param guard the guard that granted it; ignored by any other guard
 * @param dispatch the granted dispatch
 * @param identity the token whose identity the application sees
 * @param proven an accepted token of this request, whether or not the application sees it; validating it again would refuse
 *     its proof as a replay
 */
record Passage(
        TokenGuard guard, GrantedDispatch dispatch, Optional<AccessToken> identity, Optional<AccessToken> proven) {
    private static final String ATTRIBUTE = Passage.class.getName();
    private static final String TOKEN_ATTRIBUTE = AccessToken.class.getName();
    private static final String GUARD_ATTRIBUTE = TokenGuard.class.getName();

    static Optional<Passage> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Passage passage ? Optional.of(passage) : Optional.empty();
    }

    /** The token that another adapter of the same guard has accepted in the same request. */
    static Optional<AccessToken> validatedElsewhere(ServletRequest request, TokenGuard guard) {
        return request.getAttribute(GUARD_ATTRIBUTE) == guard
                        && request.getAttribute(TOKEN_ATTRIBUTE) instanceof AccessToken token
                ? Optional.of(token)
                : Optional.empty();
    }

    static Passage granted(TokenGuard guard, Target target, Optional<AccessToken> token) {
        return new Passage(guard, new GrantedDispatch(target), token, token);
    }

    void enter(ServletRequest request) {
        write(request, this, identity.orElse(null));
    }

    /** Returns to the enclosing dispatch. */
    void leave(ServletRequest request, Optional<Passage> outer) {
        outer.map(passage -> passage.guard == guard ? passage.after(this) : passage)
                .ifPresentOrElse(passage -> passage.enter(request), () -> write(request, null, null));
    }

    private Passage after(Passage nested) {
        return new Passage(guard, dispatch, identity, nested.proven);
    }

    /** Servlet 6.0, setAttribute: null removes. */
    private static void write(ServletRequest request, @Nullable Passage passage, @Nullable AccessToken token) {
        request.setAttribute(ATTRIBUTE, passage);
        request.setAttribute(TOKEN_ATTRIBUTE, token);
        request.setAttribute(GUARD_ATTRIBUTE, passage == null ? null : passage.guard);
    }

    /** Contains nothing: attributes get logged. */
    @Override
    public String toString() {
        return "Passage[not shown]";
    }
}
