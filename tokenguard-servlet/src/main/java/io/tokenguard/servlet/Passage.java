package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a guard has let a dispatch pass. Kept as an attribute of the request, so that it goes wherever the request goes,
 * from thread to thread, and ends with it.
 *
 * @param guard who let it pass; nobody else has to believe it
 * @param dispatch the dispatch that was granted
 * @param identity the token whose identity the application sees
 * @param proven a token of this request that was found good, whether or not it is seen; judging it twice would take
 *     its proof for a replay
 */
record Passage(
        TokenGuard guard, GrantedDispatch dispatch, Optional<AccessToken> identity, Optional<AccessToken> proven) {
    private static final String ATTRIBUTE = Passage.class.getName();
    private static final String TOKEN_ATTRIBUTE = AccessToken.class.getName();
    private static final String GUARD_ATTRIBUTE = TokenGuard.class.getName();

    static Optional<Passage> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Passage passage ? Optional.of(passage) : Optional.empty();
    }

    /** What another adapter of the same guard has found good in the same request. */
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

    /** Goes back to the dispatch around this one. */
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

    /** Shows nothing: attributes get printed. */
    @Override
    public String toString() {
        return "Passage[not shown]";
    }
}
