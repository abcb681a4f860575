package io.tokenguard.bench.token;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * Gives engines that compute one algorithm.
 *
 * @param name the algorithm in the words of the provider
 * @param parameters of the algorithm; empty if it has none
 * @param provider who computes; empty for the JDK's choice
 */
public record EngineSource(String name, Optional<PSSParameterSpec> parameters, Optional<Provider> provider) {
    /** An engine that is not initialised. */
    public Signature open() throws GeneralSecurityException {
        Signature engine =
                provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
        if (parameters.isPresent()) {
            engine.setParameter(parameters.get());
        }
        return engine;
    }
}
