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
            return new Corridor(settings, directory(settings, sources), possession, lasting.bannedKeys(), workers);
        } catch (RuntimeException wrong) {
            workers.close();
            throw wrong;
        }
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
