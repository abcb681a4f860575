package io.tokenguard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts together what a configuration describes. */
final class CorridorAssembly {
    private CorridorAssembly() {}

    static Corridor assemble(TokenGuardBuilder settings, Set<String> bannedKeys) {
        Workers workers = settings.surroundings().workers();
        try {
            KeySources sources = settings.surroundings().keySources(settings.addresses(), workers);
            return new Corridor(settings, directory(settings, sources), bannedKeys, workers);
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
