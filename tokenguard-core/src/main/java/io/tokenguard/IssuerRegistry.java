package io.tokenguard;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the lane of an issuer by its name: at once where it was named itself, else through the templates. */
final class IssuerRegistry {
    private final Map<String, IssuerRules> named;
    private final List<TenantIssuers> templates;

    IssuerRegistry(Map<String, IssuerRules> named, List<TenantIssuers> templates) {
        // This map keeps the hashes of its keys: among many issuers it compares no name but the one that is meant.
        this.named = new HashMap<>(named);
        this.templates = List.copyOf(templates);
    }

    IssuerRules find(String issuer) throws RefusedException {
        IssuerRules lane = named.get(issuer);
        if (lane != null) {
            return lane;
        }
        for (TenantIssuers template : templates) {
            if (template.covers(issuer)) {
                return template.find(issuer);
            }
        }
        throw new RefusedException(RefusalReason.ISSUER_UNKNOWN);
    }

    /** Whether a token has named the host of an issuer, through a template. */
    boolean isHostNamedByToken(String issuer) {
        return !named.containsKey(issuer)
                && templates.stream().anyMatch(template -> template.areHostsNamedByTokens() && template.covers(issuer));
    }

    /** The keys that are known now, by issuer. */
    Map<String, Collection<VerificationKey>> keys() {
        Map<String, Collection<VerificationKey>> keys = new HashMap<>();
        named.forEach((issuer, rules) -> keys.put(issuer, rules.keys().keys()));
        templates.forEach(template -> template.alive()
                .forEach((issuer, rules) -> keys.put(issuer, rules.keys().keys())));
        return keys;
    }

    List<KeyHealth> health() {
        List<KeyHealth> health = new ArrayList<>();
        named.forEach((issuer, lane) -> health.add(lane.keys().health(issuer)));
        templates.forEach(template -> health.addAll(template.health()));
        return health;
    }

    /** Lets the lanes of issuers that stay serve the keys they have. */
    void inherit(IssuerRegistry older) {
        named.forEach(
                (issuer, lane) -> Optional.ofNullable(older.named.get(issuer)).ifPresent(lane::inherit));
        older.templates.forEach(former -> former.alive().forEach(this::inherit));
    }

    private void inherit(String issuer, IssuerRules older) {
        for (TenantIssuers template : templates) {
            if (template.covers(issuer)) {
                template.revive(issuer).inherit(older);
                return;
            }
        }
    }

    /** The key sources of the issuers that were named themselves; of others, nobody else can have one. */
    Set<KeySource> sources() {
        Set<KeySource> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        named.values().forEach(lane -> sources.add(lane.keys()));
        return sources;
    }

    void closeAllBut(Set<KeySource> stillUsed) {
        sources().stream().filter(source -> !stillUsed.contains(source)).forEach(KeySource::close);
        templates.forEach(TenantIssuers::close);
    }
}
