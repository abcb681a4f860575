package io.tokenguard.bench.peer;

import io.tokenguard.Reuse;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.bench.token.Trust;

/** TokenGuard, asked about a token alone. */
public final class ValidatingGuard implements Peer {
    private final TokenGuard guard;

    /** A guard that remembers as told. */
    public ValidatingGuard(Trust trust, Reuse reuse) {
        guard = GuardSettings.open(trust, reuse);
    }

    @Override
    public AccessToken validate(String token) throws RefusedException {
        return guard.validate(token);
    }

    @Override
    public void close() {
        guard.close();
    }
}
