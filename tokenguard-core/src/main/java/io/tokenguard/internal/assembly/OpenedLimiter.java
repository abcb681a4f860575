package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.limits.Limiter;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The limiter of one or more configurations.
 *
 * @param terms what it was opened for
 * @param limiter counts
 */
record OpenedLimiter(Limiter.Terms terms, Limiter limiter) {
    private static final String KEY = "tokenguard.limits and tokenguard.brake.mode";

    /**
     * Opens it.
     *
     * @throws ConfigurationException if no module on the class path or module path limits requests, or a library is missing
     */
    static OpenedLimiter open(Limiter.Terms terms) {
        try {
            Limiter.Provider provider = ServiceLoader.load(Limiter.Provider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .findFirst()
                    .orElseThrow(() -> ConfigurationException.because(
                            KEY,
                            "need a module that is not on the class path",
                            "add tokenguard-gateway, or remove these settings"));
            return new OpenedLimiter(terms, provider.open(terms));
        } catch (LinkageError | ServiceConfigurationError missing) {
            throw ConfigurationException.because(
                    KEY,
                    "need a library that is missing or of another version",
                    "add tokenguard-gateway with all that it depends on, by a build tool: bucket4j_jdk17-core");
        }
    }
}
