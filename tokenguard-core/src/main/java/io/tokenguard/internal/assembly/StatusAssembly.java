package io.tokenguard.internal.assembly;

import io.tokenguard.access.RefusedException;
import io.tokenguard.config.StatusLists;
import io.tokenguard.internal.issuers.IssuerTokenVerifier;
import io.tokenguard.internal.issuers.TokenKind;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.status.ListSupplies;
import io.tokenguard.internal.status.StatusCheck;
import io.tokenguard.internal.status.StatusListVerifier;
import io.tokenguard.internal.status.VerifiedStatusList;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.spi.VerificationKey;
import java.util.Optional;
import java.util.Set;

/** Wires the check of status lists. */
final class StatusAssembly {
    private static final Set<String> TYPES = Set.of("statuslist+jwt");

    private StatusAssembly() {}

    /** The check; empty if status lists are not used. */
    static Optional<StatusCheck> of(GuardSettings guard, IssuerTokenVerifier verifier, KeySources sources) {
        StatusLists settings = guard.withdrawal().statusLists();
        if (settings.mode() == StatusLists.Mode.OFF) {
            return Optional.empty();
        }
        TokenParser parser = new TokenParser(StatusPolicies.longestToken(settings), limits(settings));
        return Optional.of(new StatusCheck(new ListSupplies(
                StatusPolicies.of(settings, sources.hosts()),
                new Issuers(verifier, TokenKind.of(parser, TYPES)),
                issuer -> sources.connections().of(guard.issuers(), issuer),
                sources.connections().network().workers(),
                sources.timer(),
                sources.clocks(),
                sources.chance())));
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

    private record Issuers(IssuerTokenVerifier verifier, TokenKind kind) implements StatusListVerifier {
        @Override
        public boolean isHostNamedByToken(String issuer) {
            return verifier.issuers().isHostNamedByToken(issuer);
        }

        @Override
        public boolean isBanned(String issuer, VerificationKey key) {
            return verifier.keys().isBanned(issuer, key);
        }

        @Override
        public VerifiedStatusList verify(String issuer, String token) throws RefusedException {
            IssuerTokenVerifier.Verified list = verifier.verify(kind.by(issuer), token, VerificationTrace.NONE);
            return new VerifiedStatusList(
                    list.claims(), list.key(), list.rules().lifetime().clockSkew());
        }
    }
}
