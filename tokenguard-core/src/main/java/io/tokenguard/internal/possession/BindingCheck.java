package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;

/** Never takes a token that is bound to its sender for a bearer token (RFC 7800 §3, RFC 9449 §7.2, RFC 8705 §3). */
public final class BindingCheck {
    private BindingCheck() {}

    /**
     * Requires a token to be a bearer token.
     *
     * @throws RefusedException if it has a confirmation, whatever is in it
     */
    public static void requireUnbound(AccessToken token) throws RefusedException {
        if (token.claims().containsKey("cnf")) {
            throw new RefusedException(RefusalReason.BINDING_UNSUPPORTED);
        }
    }
}
