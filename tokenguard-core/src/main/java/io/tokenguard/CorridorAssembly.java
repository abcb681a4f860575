package io.tokenguard;

import io.tokenguard.internal.possession.PossessionPolicy;
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
            Map<String, IssuerLane> lanes = lanes(settings, sources);
            IssuerDirectory issuers = new IssuerDirectory(lanes, templates(settings, sources));
            Introspectors introspectors =
                    new IntrospectionAssembly(settings, sources, lanes, lasting.bannedKeys()).assemble();
            return new Corridor(settings, issuers, introspectors, possession, lasting.bannedKeys(), workers);
        } catch (RuntimeException wrong) {
            workers.close();
            throw wrong;
        }
    }

    /** Of an issuer that has no name, no signed token can be judged. */
    private static Map<String, IssuerLane> lanes(TokenGuardBuilder settings, KeySources sources) {
        Map<String, IssuerLane> named = new LinkedHashMap<>();
        for (TrustedIssuer issuer : settings.issuers()) {
            if (!issuer.isUnnamed() && !IssuerTemplate.isTemplate(issuer.issuer())) {
                named.put(issuer.issuer(), IssuerLane.of(issuer, sources.open(issuer)));
            }
        }
        return named;
    }

    private static List<TemplateLanes> templates(TokenGuardBuilder settings, KeySources sources) {
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
