package io.tokenguard;

import io.tokenguard.internal.reuse.TokenMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a configuration describes. */
final class CorridorAssembly {
    private CorridorAssembly() {}

    static Corridor assemble(GuardDescription settings, Lasting lasting) {
        Workers workers = settings.surroundings().workers();
        SharedPart shared = SharedPart.NOTHING;
        try {
            KeySources sources = settings.surroundings()
                    .keySources(settings.addresses(), workers)
                    .observedBy(lasting.keyBans()::learn);
            shared = settings.shared(lasting);
            TokenExaminer examiner = examiner(settings, sources, lasting, workers);
            return new Corridor(settings, lasting, shared, examiner, workers);
        } catch (RuntimeException | Error wrong) {
            workers.close();
            lasting.closeUnused(shared);
            throw wrong;
        }
    }

    private static TokenExaminer examiner(
            GuardDescription settings, KeySources sources, Lasting lasting, Workers workers) {
        Map<String, IssuerLane> lanes = lanes(settings, sources);
        return new TokenExaminer(
                settings.parser(),
                new IssuerDirectory(lanes, templates(settings, sources)),
                new IntrospectionAssembly(settings, sources, lanes, lasting.keyBans()).assemble(),
                lasting.trustedKeys(),
                settings.verifier(),
                // By another configuration the same tokens may not be good: the memory goes with it.
                new RememberedTokens(
                        new TokenMemory<>(settings.reuse().policy()),
                        workers.fetcher().workers()));
    }

    /** Of an issuer that has no name, no signed token can be judged. */
    private static Map<String, IssuerLane> lanes(GuardDescription settings, KeySources sources) {
        Map<String, IssuerLane> named = new LinkedHashMap<>();
        for (TrustedIssuer issuer : settings.issuers()) {
            if (!issuer.isUnnamed() && !IssuerTemplate.isTemplate(issuer.issuer())) {
                named.put(issuer.issuer(), IssuerLane.of(issuer, sources.open(issuer)));
            }
        }
        return named;
    }

    private static List<TemplateLanes> templates(GuardDescription settings, KeySources sources) {
        List<TemplateLanes> templates = new ArrayList<>();
        for (TrustedIssuer issuer : settings.issuers()) {
            if (!issuer.isUnnamed() && IssuerTemplate.isTemplate(issuer.issuer())) {
                templates.add(new TemplateLanes(
                        issuer, sources, settings.surroundings().clock()));
            }
        }
        return templates;
    }
}
