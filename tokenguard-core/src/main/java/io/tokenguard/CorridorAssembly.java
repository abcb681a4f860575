package io.tokenguard;

import io.tokenguard.internal.possession.PossessionPolicy;
import io.tokenguard.internal.reuse.TokenMemory;
import io.tokenguard.internal.revocation.RevocationCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a configuration describes. */
final class CorridorAssembly {
    private CorridorAssembly() {}

    static Corridor assemble(TokenGuardBuilder settings, Lasting lasting) {
        Workers workers = settings.surroundings().workers();
        try {
            KeySources sources = settings.surroundings().keySources(settings.addresses(), workers);
            PossessionPolicy possession = settings.possession(lasting);
            TokenExaminer examiner = examiner(settings, directory(settings, sources), lasting, workers);
            var revocation = new RevocationCheck(lasting.revocations(settings.revocations()), settings.revocation());
            return new Corridor(settings, examiner, possession, revocation, workers);
        } catch (RuntimeException wrong) {
            workers.close();
            throw wrong;
        }
    }

    /** With the configuration goes the memory: by another one the same tokens may not be good. */
    private static TokenExaminer examiner(
            TokenGuardBuilder settings, IssuerDirectory issuers, Lasting lasting, Workers workers) {
        return new TokenExaminer(
                settings.parser(),
                issuers,
                lasting.bannedKeys(),
                new TokenMemory<>(settings.reuse().policy()),
                workers.fetcher().workers());
    }

    private static IssuerDirectory directory(TokenGuardBuilder settings, KeySources sources) {
        Map<String, IssuerLane> named = new LinkedHashMap<>();
        List<TemplateLanes> templates = new ArrayList<>();
        for (TrustedIssuer issuer : settings.issuers()) {
            if (IssuerTemplate.isTemplate(issuer.issuer())) {
                templates.add(new TemplateLanes(
                        issuer, sources, settings.surroundings().clock()));
            } else {
                named.put(issuer.issuer(), IssuerLane.of(issuer, sources.open(issuer)));
            }
        }
        return new IssuerDirectory(named, templates);
    }
}
