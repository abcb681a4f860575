package io.tokenguard.internal.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Dpop;
import io.tokenguard.internal.possession.BindingSupport;
import io.tokenguard.internal.possession.DpopPolicy;
import io.tokenguard.internal.possession.NonceIssuer;
import io.tokenguard.internal.response.DpopOffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns {@link Dpop} settings into policies. */
final class DpopPolicies {
    private static final Duration NONCE_PERIOD = Duration.ofMinutes(5);

    private DpopPolicies() {}

    /** Which proofs are accepted. */
    static DpopPolicy proofs(Dpop settings) {
        return new DpopPolicy(
                support(settings.mode()), settings.algorithms(), settings.proofMaxAge(), settings.clockSkew());
    }

    static BindingSupport support(BindingMode mode) {
        return switch (mode) {
            case OFF -> BindingSupport.OFF;
            case SUPPORTED -> BindingSupport.SUPPORTED;
            case REQUIRED -> BindingSupport.REQUIRED;
        };
    }

    /**
     * What challenges and metadata state about DPoP.
     *
     * @param exposesNonce whether scripts of other origins may read the nonce
     */
    static DpopOffer offer(Dpop settings, boolean exposesNonce) {
        return new DpopOffer(
                settings.mode() != BindingMode.OFF,
                settings.mode() != BindingMode.REQUIRED,
                settings.algorithms().stream()
                        .sorted()
                        .map(algorithm -> algorithm.joseNames().get(0))
                        .toList(),
                exposesNonce);
    }

    /**
     * Makes nonces; empty if none are required.
     *
     * @param unconfigured the secret to use if none is configured
     * @throws ConfigurationException if a secret is set without nonces, or nonces without proofs
     */
    static Optional<NonceIssuer> nonces(Dpop settings, Supplier<byte[]> unconfigured, Clock clock) {
        if (settings.nonceSecret().isPresent() && !settings.asksForNonces()) {
            throw ConfigurationException.of(
                    "tokenguard.dpop.nonce-secret",
                    "(not shown)",
                    "it is used for nonces only; set tokenguard.dpop.nonce to required, or leave it out");
        }
        if (settings.asksForNonces() && settings.mode() == BindingMode.OFF) {
            throw ConfigurationException.of(
                    "tokenguard.dpop.nonce",
                    "required",
                    "nonces are used in proofs only; set tokenguard.dpop.mode, or leave it out");
        }
        return settings.asksForNonces()
                ? Optional.of(new NonceIssuer(secret(settings, unconfigured), NONCE_PERIOD, clock))
                : Optional.empty();
    }

    private static Supplier<byte[]> secret(Dpop settings, Supplier<byte[]> unconfigured) {
        if (settings.nonceSecret().isEmpty()) {
            return unconfigured;
        }
        byte[] configured = settings.nonceSecret().get().getBytes(UTF_8);
        return () -> configured;
    }
}
