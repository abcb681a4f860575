package io.tokenguard.bench.peer;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.Trust;
import io.tokenguard.config.TokenCache;

/** TokenGuard, asked about a token alone. */
public final class ValidatingGuard implements Peer {
    private final TokenGuard guard;

    /** A guard with a given token cache; the JDK verifies signatures. */
    public ValidatingGuard(Trust trust, TokenCache tokenCache) {
        this(trust, tokenCache, CryptoProvider.JDK);
    }

    ValidatingGuard(Trust trust, TokenCache tokenCache, CryptoProvider provider) {
        guard = GuardSettings.open(trust, tokenCache, provider);
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
