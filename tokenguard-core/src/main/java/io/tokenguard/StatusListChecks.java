package io.tokenguard;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.StatusLists;
import io.tokenguard.internal.assembly.StatusPolicies;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.status.ListSupplies;
import io.tokenguard.internal.status.StatusCheck;
import io.tokenguard.internal.status.StatusListVerifier;
import io.tokenguard.internal.status.VerifiedStatusList;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.spi.VerificationKey;
import java.util.Optional;
import java.util.Set;

/**
 * Has tokens judged by the status lists of their issuers, where these are used.
 *
 * @param check judges; empty where they are not used
 */
record StatusListChecks(Optional<StatusCheck> check) implements AutoCloseable {
    private static final Set<String> TYPES = Set.of("statuslist+jwt");

    static StatusListChecks of(
            StatusLists settings,
            SignatureVerifier signatures,
            KeySources sources,
            IssuerRegistry issuers,
            TrustedKeys keys) {
        if (settings.mode() == StatusLists.Mode.OFF) {
            return new StatusListChecks(Optional.empty());
        }
        TokenParser parser = new TokenParser(StatusPolicies.longestToken(settings), limits(settings));
        return new StatusListChecks(Optional.of(new StatusCheck(new ListSupplies(
                StatusPolicies.of(settings, sources.hosts()),
                new Issuers(issuers, keys, signatures, parser),
                sources.fetcher(),
                sources.timer(),
                sources.clock(),
                sources.chance()))));
    }

    private static JsonLimits limits(StatusLists settings) {
        JsonLimits claims = JsonLimits.CLAIMS;
        return new JsonLimits(
                claims.depth(),
                claims.members(),
                claims.items(),
                StatusPolicies.longestToken(settings),
                claims.digits());
    }

    private record Issuers(IssuerRegistry issuers, TrustedKeys keys, SignatureVerifier signatures, TokenParser parser)
            implements StatusListVerifier {
        @Override
        public boolean isHostNamedByToken(String issuer) {
            return issuers.isHostNamedByToken(issuer);
        }

        @Override
        public boolean isBanned(String issuer, VerificationKey key) {
            return keys.isBanned(issuer, key);
        }

        @Override
        public VerifiedStatusList vouch(String issuer, String token) throws RefusedException {
            IssuerRules lane = issuers.find(issuer);
            UnverifiedToken list = parser.parse(token);
            new HeaderPolicy(lane.header().algorithms(), TYPES).require(list.header());
            VerificationKey key =
                    keys.find(lane, list.header().keyId(), list.header().algorithm());
            return new VerifiedStatusList(
                    signatures.verify(list, key), key, lane.lifetime().clockSkew());
        }
    }

    void check(AccessToken token) throws RefusedException {
        if (check.isPresent()) {
            check.get().check(token);
        }
    }

    void inherit(StatusListChecks older) {
        check.ifPresent(mine -> older.check.ifPresent(mine::inherit));
    }

    @Override
    public void close() {
        check.ifPresent(StatusCheck::close);
    }
}
