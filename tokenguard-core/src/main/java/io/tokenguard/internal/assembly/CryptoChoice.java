package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.jose.SignatureEngines;
import io.tokenguard.internal.jose.SignatureEngines.Found;
import io.tokenguard.internal.settings.CryptoSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the provider that verifies signatures.
 *
 * @param settings the setting
 */
record CryptoChoice(CryptoSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");

    /**
     * Finds the provider, and logs its name if it is not the platform.
     *
     * @param needed the algorithms that it has to verify
     * @throws ConfigurationException if no provider can
     */
    SignatureEngine find(Set<SignatureAlgorithm> needed) {
        Found found = found(needed);
        needed.forEach(algorithm -> require(found, algorithm));
        found.mistakes().stream()
                .filter(mistake -> needed.stream().anyMatch(algorithm -> isAbout(mistake, algorithm)))
                .forEach(mistake ->
                        LOG.warn("crypto-provider {}: {}; it is not used for that", settings.name(), mistake));
        if (!found.isPlatform()) {
            LOG.info(
                    "crypto-provider {}: signatures are checked by {}",
                    settings.name(),
                    workers(found.engine(), needed));
        }
        return found.engine();
    }

    private Found found(Set<SignatureAlgorithm> needed) {
        if (settings.provider().isPresent()) {
            return SignatureEngines.by(settings.provider().get());
        }
        return switch (settings.name()) {
            case "auto" -> SignatureEngines.fastest().completedFor(needed);
            case "jdk" -> SignatureEngines.platform();
            default -> SignatureEngines.named(settings.name());
        };
    }

    private static Map<String, Set<SignatureAlgorithm>> workers(
            SignatureEngine engine, Set<SignatureAlgorithm> algorithms) {
        Map<String, Set<SignatureAlgorithm>> workers = new TreeMap<>();
        algorithms.forEach(algorithm -> workers.computeIfAbsent(engine.worker(algorithm), none -> new TreeSet<>())
                .add(algorithm));
        return workers;
    }

    private static boolean isAbout(String mistake, SignatureAlgorithm algorithm) {
        return mistake.contains(" is wrong about " + algorithm + ":");
    }

    private static String remedy(SignatureAlgorithm algorithm) {
        String bouncyCastle = "put org.bouncycastle:bcprov-jdk18on on the class path with crypto-provider auto";
        if (algorithm.isMlDsa()) {
            return "use Java 24 or later, or " + bouncyCastle;
        }
        return algorithm == SignatureAlgorithm.ES256K ? "or " + bouncyCastle : "or name another provider";
    }

    private void require(Found found, SignatureAlgorithm algorithm) {
        if (!found.engine().covers(algorithm)) {
            Optional<String> mistake = found.mistakes().stream()
                    .filter(known -> isAbout(known, algorithm))
                    .findFirst();
            throw ConfigurationException.of(
                    "tokenguard.crypto-provider",
                    settings.name(),
                    mistake.orElse("no provider verifies " + algorithm) + "; leave it out of tokenguard.algorithms and"
                            + " tokenguard.dpop.algorithms, " + remedy(algorithm));
        }
    }
}
