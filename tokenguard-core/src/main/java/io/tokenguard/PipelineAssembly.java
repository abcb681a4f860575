package io.tokenguard;

import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.cache.TokenCachePolicy;
import io.tokenguard.internal.cache.TokenCacheTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a configuration describes. */
final class PipelineAssembly {
    private PipelineAssembly() {}

    static DecisionPipeline assemble(GuardDescription settings, GuardState guardState) {
        Workers workers = settings.environment().workers();
        OpenedSharedState shared = OpenedSharedState.NOTHING;
        try {
            KeySources sources = settings.environment()
                    .keySources(settings.addresses(), workers)
                    .observedBy(guardState.keyBans()::learn);
            shared = settings.shared(guardState);
            TokenValidator examiner = examiner(settings, sources, guardState, workers);
            return new DecisionPipeline(settings, guardState, shared, examiner, workers);
        } catch (RuntimeException | Error wrong) {
            workers.close();
            guardState.closeUnused(shared);
            throw wrong;
        }
    }

    private static TokenValidator examiner(
            GuardDescription settings, KeySources sources, GuardState guardState, Workers workers) {
        Map<String, IssuerRules> lanes = lanes(settings, sources);
        return new TokenValidator(
                settings.parser(),
                new IssuerRegistry(lanes, templates(settings, sources)),
                new IntrospectionAssembly(settings, sources, lanes, guardState.keyBans()).assemble(),
                guardState.trustedKeys(),
                settings.verifier(),
                // By another configuration the same tokens may not be good: the memory goes with it.
                new CachedTokens(
                        new TokenCacheTable<>(tokenCache(settings.tokenCache())),
                        workers.fetcher().workers()));
    }

    private static TokenCachePolicy tokenCache(TokenCache chosen) {
        return new TokenCachePolicy(chosen.isOn(), chosen.maxEntries(), chosen.maxBytes());
    }

    /** Of an issuer that has no name, no signed token can be judged. */
    private static Map<String, IssuerRules> lanes(GuardDescription settings, KeySources sources) {
        Map<String, IssuerRules> named = new LinkedHashMap<>();
        for (TrustedIssuer issuer : settings.issuers()) {
            if (!issuer.isUnnamed() && !IssuerTemplate.isTemplate(issuer.issuer())) {
                named.put(issuer.issuer(), IssuerRules.of(issuer, sources.open(issuer)));
            }
        }
        return named;
    }

    private static List<TenantIssuers> templates(GuardDescription settings, KeySources sources) {
        List<TenantIssuers> templates = new ArrayList<>();
        for (TrustedIssuer issuer : settings.issuers()) {
            if (!issuer.isUnnamed() && IssuerTemplate.isTemplate(issuer.issuer())) {
                templates.add(new TenantIssuers(
                        issuer, sources, settings.environment().clock()));
            }
        }
        return templates;
    }
}
