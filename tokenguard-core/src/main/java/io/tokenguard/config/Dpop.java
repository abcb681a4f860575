package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.spi.ReplayStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How tokens bound to a key by DPoP are accepted (RFC 9449). Immutable: each method returns a new value.
 *
 * @param mode whether they are accepted. Default: {@link BindingMode#SUPPORTED}
 * @param algorithms the signature algorithms of proofs. Default: {@link SignatureAlgorithm#defaults()}
 * @param validity when a proof is valid
 * @param nonces whether proofs must contain a nonce of this API. Default: no
 * @param replayStore stores used proofs. Default: the memory of this process
 * @param replayCapacity how many unexpired proofs that memory holds. Default: 1000000; 1000 to 50000000
 * @see io.tokenguard.TokenGuardBuilder#dpop(Dpop)
 */
public record Dpop(
        BindingMode mode,
        Set<SignatureAlgorithm> algorithms,
        Validity validity,
        Nonces nonces,
        Optional<ReplayStore> replayStore,
        int replayCapacity) {
    private static final Duration LONGEST_AGE = Duration.ofMinutes(5);
    private static final Duration LONGEST_SKEW = Duration.ofSeconds(60);
    private static final int SHORTEST_SECRET = 32;

    /**
     * When a proof is valid, relative to its {@code iat}.
     *
     * @param maxAge how long after it
     * @param clockSkew how long before it
     */
    public record Validity(Duration maxAge, Duration clockSkew) {}

    /**
     * Whether proofs must contain a nonce of this API (RFC 9449 §9).
     *
     * @param areRequired whether they must
     * @param secret the secret from which nonces are made: at least 32 bytes, the same on all nodes; empty for a random one of
     *     this process
     */
    public record Nonces(boolean areRequired, Optional<String> secret) {
        /** Does not show the secret. */
        @Override
        public String toString() {
            return "Nonces[" + areRequired + "]";
        }
    }

    /** Copies the algorithms. */
    public Dpop {
        algorithms = Set.copyOf(algorithms);
    }

    /** Tokens bound to a key and bearer tokens are accepted. */
    public static Dpop supported() {
        return new Dpop(
                BindingMode.SUPPORTED,
                SignatureAlgorithm.defaults(),
                new Validity(Duration.ofSeconds(60), Duration.ofSeconds(5)),
                new Nonces(false, Optional.empty()),
                Optional.empty(),
                1_000_000);
    }

    /** Only tokens bound to a key are accepted. */
    public static Dpop required() {
        return supported().mode(BindingMode.REQUIRED);
    }

    /** Tokens bound to a key are refused, and the scheme {@code DPoP} is not supported. */
    public static Dpop off() {
        return supported().mode(BindingMode.OFF);
    }

    /** Whether tokens bound to a key are accepted. */
    public Dpop mode(BindingMode chosen) {
        return new Dpop(chosen, algorithms, validity, nonces, replayStore, replayCapacity);
    }

    /**
     * The signature algorithms of proofs.
     *
     * @throws ConfigurationException if there is none
     */
    public Dpop algorithms(SignatureAlgorithm... chosen) {
        if (chosen.length == 0) {
            throw ConfigurationException.missing("tokenguard.dpop.algorithms", "name at least one algorithm");
        }
        for (SignatureAlgorithm algorithm : chosen) {
            if (algorithm.isHmac()) {
                throw ConfigurationException.of(
                        "tokenguard.dpop.algorithms",
                        algorithm,
                        "a proof is verified with the public key in it (RFC 9449 §4.2); remove HMAC");
            }
        }
        Set<SignatureAlgorithm> set = new LinkedHashSet<>(Arrays.asList(chosen));
        return new Dpop(mode, set, validity, nonces, replayStore, replayCapacity);
    }

    /** How long a proof is valid after {@code iat}. */
    public Duration proofMaxAge() {
        return validity.maxAge();
    }

    /** How far {@code iat} of a proof may be in the future. */
    public Duration clockSkew() {
        return validity.clockSkew();
    }

    /**
     * How long a proof is valid after {@code iat}. Default: 60 s; 5 s to 5 min. A stolen proof is valid for the same time.
     *
     * @throws ConfigurationException if it is less than 5 s or more than 5 min
     */
    public Dpop proofMaxAge(Duration age) {
        Duration bounded = Bounds.between("tokenguard.dpop.proof-max-age", age, Duration.ofSeconds(5), LONGEST_AGE);
        return valid(new Validity(bounded, clockSkew()));
    }

    /**
     * How far {@code iat} of a proof may be in the future, because the client's clock is ahead (RFC 9449 §11.1). Default: 5 s;
     * 0 to 60 s. A proof that was made in advance can be used that much longer.
     *
     * @throws ConfigurationException if it is negative or more than 60 s
     */
    public Dpop clockSkew(Duration skew) {
        Duration bounded = Bounds.between("tokenguard.dpop.clock-skew", skew, Duration.ZERO, LONGEST_SKEW);
        return valid(new Validity(proofMaxAge(), bounded));
    }

    private Dpop valid(Validity other) {
        return new Dpop(mode, algorithms, other, nonces, replayStore, replayCapacity);
    }

    /** Whether proofs must contain a nonce of this API. */
    public boolean asksForNonces() {
        return nonces.areRequired();
    }

    /** The secret from which nonces are made; empty for a random one of this process. */
    public Optional<String> nonceSecret() {
        return nonces.secret();
    }

    /** Proofs must contain a nonce of this API, so that none can be made in advance (RFC 9449 §11.2). */
    public Dpop askForNonces() {
        return new Dpop(mode, algorithms, validity, new Nonces(true, nonces.secret()), replayStore, replayCapacity);
    }

    /**
     * The secret from which nonces are made: the same on all nodes that accept each other's nonces.
     *
     * @throws ConfigurationException if it is shorter than 32 bytes in UTF-8
     */
    public Dpop nonceSecret(String secret) {
        if (secret.getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET) {
            throw ConfigurationException.of(
                    "tokenguard.dpop.nonce-secret", "(not shown)", "set at least 32 random bytes");
        }
        return new Dpop(
                mode,
                algorithms,
                validity,
                new Nonces(asksForNonces(), Optional.of(secret)),
                replayStore,
                replayCapacity);
    }

    /** Stores used proofs, instead of the memory of this process. It is closed with the guard. */
    public Dpop replayStore(ReplayStore store) {
        return new Dpop(mode, algorithms, validity, nonces, Optional.of(store), replayCapacity);
    }

    /**
     * How many unexpired proofs the memory of this process holds, at most 50 bytes each. If it is full, requests with
     * proofs get 503.
     *
     * @throws ConfigurationException if it is less than 1000 or more than 50000000
     */
    public Dpop replayCapacity(int proofs) {
        int bounded = Bounds.between("tokenguard.dpop.replay-capacity", proofs, 1_000, 50_000_000);
        return new Dpop(mode, algorithms, validity, nonces, replayStore, bounded);
    }

    /** Shows the mode only. */
    @Override
    public String toString() {
        return "Dpop[" + mode + "]";
    }
}
