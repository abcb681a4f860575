package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.jose.SignatureEngines;
import io.tokenguard.internal.jose.SignatureEngines.Found;
import java.security.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who checks signatures.
 *
 * @param name what it is called in the settings
 * @param provider the one that was given in code; empty where it is to be found by its name
 */
record CryptoChoice(String name, Optional<Provider> provider) {
    static final CryptoChoice AUTO = of("auto");

    private static final Logger LOG = LoggerFactory.getLogger(TokenGuard.class);

    static CryptoChoice of(String name) {
        return new CryptoChoice(name, Optional.empty());
    }

    static CryptoChoice of(Provider provider) {
        return new CryptoChoice(provider.getName(), Optional.of(provider));
    }

    /**
     * Finds who checks signatures, and says who it is where that is not the platform.
     *
     * @param needed the algorithms that have to be checked
     * @throws ConfigurationException if there is nobody who can
     */
    SignatureEngine find(Set<SignatureAlgorithm> needed) {
        Found found = found();
        needed.forEach(algorithm -> require(found, algorithm));
        found.mistakes().forEach(mistake -> LOG.warn("crypto-provider {}: {}; it is not asked", name, mistake));
        if (!found.isPlatform()) {
            LOG.info("crypto-provider {}: signatures are checked by {}", name, workers(found.engine(), needed));
        }
        return found.engine();
    }

    private Found found() {
        if (provider.isPresent()) {
            return SignatureEngines.by(provider.get());
        }
        return switch (name) {
            case "auto" -> SignatureEngines.fastest();
            case "jdk" -> SignatureEngines.platform();
            default -> SignatureEngines.named(name);
        };
    }

    private static Map<String, Set<SignatureAlgorithm>> workers(
            SignatureEngine engine, Set<SignatureAlgorithm> algorithms) {
        Map<String, Set<SignatureAlgorithm>> workers = new TreeMap<>();
        algorithms.forEach(algorithm -> workers.computeIfAbsent(engine.worker(algorithm), none -> new TreeSet<>())
                .add(algorithm));
        return workers;
    }

    private void require(Found found, SignatureAlgorithm algorithm) {
        if (!found.engine().covers(algorithm)) {
            Optional<String> mistake = found.mistakes().stream()
                    .filter(known -> known.contains(algorithm.name()))
                    .findFirst();
            throw ConfigurationException.of(
                    "tokenguard.crypto-provider",
                    name,
                    mistake.orElse("nobody checks " + algorithm)
                            + "; leave it out of tokenguard.algorithms and tokenguard.dpop.algorithms, or name another"
                            + " provider");
        }
    }
}
