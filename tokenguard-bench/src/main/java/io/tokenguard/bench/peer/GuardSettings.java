package io.tokenguard.bench.peer;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.Trust;
import io.tokenguard.config.TokenCache;
import io.tokenguard.spi.VerificationKey;

/** How TokenGuard is set up wherever it is measured: as for an API with one issuer, whose key stands in code. */
public final class GuardSettings {
    /** The path that asks for a scope which every token grants. */
    public static final String PATH = "/orders";

    private GuardSettings() {}

    /** A guard, to be closed by the caller. */
    public static TokenGuard open(Trust trust, TokenCache tokenCache, CryptoProvider provider) {
        return builder(tokenCache, provider)
                .issuer(issuer(trust.issuer(), trust))
                .build();
    }

    /** Everything but the issuer. */
    public static TokenGuardBuilder builder(TokenCache tokenCache, CryptoProvider provider) {
        return TokenGuard.builder()
                .tokenCache(tokenCache)
                .cryptoProvider(provider.title())
                .route(PATH + " scope orders:read");
    }

    /** An issuer of any name with the key of {@code trust}. */
    public static TrustedIssuer issuer(String name, Trust trust) {
        return TrustedIssuer.builder(name)
                .audience(trust.audience())
                .keys(new VerificationKey(trust.keyId(), trust.algorithm().guarded(), trust.publicKey()))
                .build();
    }
}
