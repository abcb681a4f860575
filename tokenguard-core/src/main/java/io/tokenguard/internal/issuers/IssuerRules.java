package io.tokenguard.internal.issuers;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.keys.FixedKeySource;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.keys.SecretKeySource;
import io.tokenguard.internal.keys.SelectedRules;
import io.tokenguard.internal.waiting.WouldWaitException;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How the tokens of one issuer are validated.
 *
 * @param names its identifier and further values of {@code iss} in its tokens
 * @param audiences the names of this API
 * @param algorithms the algorithms that were agreed with it, and how often each is used
 * @param accessTokens how its access tokens are validated
 * @param keys its keys
 * @param lifetime how long tokens live
 */
public record IssuerRules(
        IssuerNames names,
        Set<String> audiences,
        AlgorithmUse algorithms,
        SelectedRules<TokenRules> accessTokens,
        KeySource keys,
        LifetimeCheck lifetime) {
    /** The issuer's identifier. */
    public String issuer() {
        return names.issuer();
    }

    /**
     * How its access tokens are validated. Waits for its metadata if they select that.
     *
     * @throws RefusedException if they have not loaded
     */
    public TokenRules tokens() throws RefusedException {
        return keys instanceof RemoteKeySource remote
                ? remote.select(accessTokens)
                : Objects.requireNonNull(accessTokens.current());
    }

    /**
     * The key of a token. Keys from the application are found by their key ID only.
     *
     * @throws RefusedException if there is none, or if keys are missing
     */
    VerificationKey key(KeyReference wanted, SignatureAlgorithm algorithm) throws RefusedException {
        return keys instanceof RemoteKeySource remote
                ? remote.find(wanted, algorithm)
                : keys.find(wanted.keyId(), algorithm);
    }

    /**
     * The same for decisions that must not wait: {@link #key} and {@link #tokens} throw {@link WouldWaitException} where they
     * would have to. Nothing is known about sources of the application, which may always wait.
     */
    public IssuerRules withoutWaiting() {
        return new IssuerRules(names, audiences, algorithms, accessTokens, withoutWaiting(keys), lifetime);
    }

    private static KeySource withoutWaiting(KeySource source) {
        if (source instanceof RemoteKeySource remote) {
            return remote.withoutWaiting();
        }
        if (source instanceof FixedKeySource || source instanceof SecretKeySource) {
            return source;
        }
        return (keyId, algorithm) -> {
            throw new WouldWaitException(false);
        };
    }

    /** How its access tokens are validated; empty if its metadata, which select that, have not loaded. */
    public Optional<TokenRules> selectedTokens() {
        return Optional.ofNullable(accessTokens.current());
    }

    /** The state of its keys, and which algorithms are in use. */
    KeyHealth health() {
        return keys.health(issuer()).verifying(algorithms.counts());
    }

    /** Uses the keys of older rules of the same issuer, if they come from the same place, until its own are loaded; counts on. */
    void inherit(IssuerRules older) {
        accessTokens.inherit(older.accessTokens);
        algorithms.inherit(older.algorithms);
        if (keys instanceof RemoteKeySource mine && older.keys instanceof RemoteKeySource theirs) {
            mine.inherit(theirs);
        }
    }
}
