package io.tokenguard.bench.peer;

import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.EngineSource;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.Trust;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token in bytes, taken apart: what is left for the JDK alone when a library has done all of its own work. Not thread-safe. */
public final class BareSignature {
    private final Engines engines;
    private final byte[] signed;
    private final byte[] signature;

    private BareSignature(String token, Engines engines) throws GeneralSecurityException {
        int end = token.lastIndexOf('.');
        byte[] decoded = Base64.getUrlDecoder().decode(token.substring(end + 1));
        this.engines = engines;
        this.signed = token.substring(0, end).getBytes(StandardCharsets.US_ASCII);
        this.signature = engines.provider.signatureForEngine(engines.algorithm, decoded);
    }

    /**
     * Takes tokens apart, and makes sure that they are good, and would be bad if they were altered.
     *
     * @throws UnsupportedOperationException if the provider does not run on this machine
     */
    public static BareSignature[] ofAll(List<String> tokens, Trust trust, CryptoProvider provider)
            throws GeneralSecurityException {
        if (!provider.isAvailable()) {
            throw new UnsupportedOperationException(provider.title() + " does not run on this machine");
        }
        Engines engines = new Engines(trust, provider);
        BareSignature[] bare = new BareSignature[tokens.size()];
        for (int i = 0; i < bare.length; i++) {
            bare[i] = new BareSignature(tokens.get(i), engines);
            bare[i].requireTelling();
        }
        return bare;
    }

    private void requireTelling() throws GeneralSecurityException {
        boolean isGood = verify() && verifyByReused();
        signed[0] ^= 1;
        boolean isBad = !verify() && !verifyByReused();
        signed[0] ^= 1;
        if (!isGood || !isBad) {
            throw new IllegalStateException(engines.provider.title() + " does not tell good signatures from bad ones");
        }
    }

    /** Verifies by an engine that is fetched and initialised for it. */
    public boolean verify() throws GeneralSecurityException {
        Signature engine = engines.fresh();
        engine.update(signed);
        return engine.verify(signature);
    }

    /** Verifies by the engine that all tokens of a set share; it was initialised once. */
    public boolean verifyByReused() throws GeneralSecurityException {
        Signature engine = engines.reused();
        engine.update(signed);
        return engine.verify(signature);
    }

    private static final class Engines {
        private final SigningAlgorithm algorithm;
        private final PublicKey key;
        private final CryptoProvider provider;
        private final EngineSource source;
        private @Nullable Signature reused;

        Engines(Trust trust, CryptoProvider provider) {
            this.algorithm = trust.algorithm();
            this.key = trust.publicKey();
            this.provider = provider;
            this.source = provider.engines(algorithm);
        }

        Signature fresh() throws GeneralSecurityException {
            Signature engine = source.open();
            engine.initVerify(key);
            return engine;
        }

        Signature reused() throws GeneralSecurityException {
            if (reused == null) {
                reused = fresh();
            }
            return reused;
        }
    }
}
