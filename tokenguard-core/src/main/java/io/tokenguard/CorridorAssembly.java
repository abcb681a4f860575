package io.tokenguard;

import io.tokenguard.internal.reuse.TokenMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a configuration describes. */
final class CorridorAssembly {
    private CorridorAssembly() {}

    static Corridor assemble(TokenGuardBuilder settings, Lasting lasting) {
        Workers workers = settings.surroundings().workers();
        SharedPart shared = SharedPart.NOTHING;
        try {
            KeySources sources = settings.surroundings().keySources(settings.addresses(), workers);
            shared = settings.shared(lasting);
            TokenExaminer examiner = examiner(settings, directory(settings, sources), lasting, workers);
            Corridor corridor = new Corridor(settings, lasting, shared, examiner, workers);
            lasting.use(shared);
            return corridor;
        } catch (RuntimeException wrong) {
            workers.close();
            lasting.closeUnused(shared);
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
