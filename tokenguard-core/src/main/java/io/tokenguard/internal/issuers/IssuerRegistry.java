package io.tokenguard.internal.issuers;

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
import java.util.stream.Stream;

/** Finds the rules of an issuer by its identifier: of a configured issuer, or of one that a template matches. */
public final class IssuerRegistry {
    private final Map<String, IssuerRules> named;
    private final Map<String, IssuerRules> byAlias = new HashMap<>();
    private final List<TenantIssuers> templates;
    private final boolean mayWait;

    /** A registry. */
    public IssuerRegistry(Map<String, IssuerRules> named, List<TenantIssuers> templates) {
        this(named, templates, true);
    }

    private IssuerRegistry(Map<String, IssuerRules> named, List<TenantIssuers> templates, boolean mayWait) {
        // This map caches the hashes of its keys: among many issuers it compares no name but the one that matches.
        this.named = new HashMap<>(named);
        named.values().forEach(rules -> rules.names().aliases().forEach(alias -> byAlias.put(alias, rules)));
        this.templates = List.copyOf(templates);
        this.mayWait = mayWait;
    }

    /** The same issuers, for decisions that must not wait. To find issuers only: the other registry starts and closes them. */
    IssuerRegistry withoutWaiting() {
        Map<String, IssuerRules> views = new HashMap<>();
        named.forEach((issuer, rules) -> views.put(issuer, rules.withoutWaiting()));
        return new IssuerRegistry(views, templates, false);
    }

    /**
     * The rules of an issuer.
     *
     * @param trace who wants them
     * @throws RefusedException if it is not trusted
     */
    public IssuerRules find(String issuer, VerificationTrace trace) throws RefusedException {
        IssuerRules rules = named.get(issuer);
        rules = rules == null ? byAlias.get(issuer) : rules;
        if (rules != null) {
            return rules;
        }
        for (TenantIssuers template : templates) {
            if (template.covers(issuer)) {
                IssuerRules found = template.find(issuer, trace);
                return mayWait ? found : found.withoutWaiting();
            }
        }
        throw new RefusedException(RefusalReason.ISSUER_UNKNOWN, "", () -> NearestIssuer.explain(issuer, names()));
    }

    /** Whether an issuer is trusted by this name, or a template covers it. */
    public boolean isTrusted(String issuer) {
        return named.containsKey(issuer)
                || byAlias.containsKey(issuer)
                || templates.stream().anyMatch(template -> template.covers(issuer));
    }

    private List<String> names() {
        return Stream.concat(named.keySet().stream(), templates.stream().map(TenantIssuers::template))
                .toList();
    }

    /** An issuer has signed a token: if a template matches it, it is active from now on. */
    void proven(String issuer) {
        if (!templates.isEmpty() && !named.containsKey(issuer)) {
            templates.stream()
                    .filter(template -> template.covers(issuer))
                    .findFirst()
                    .ifPresent(template -> template.proven(issuer));
        }
    }

    /** Whether a token has named the host of an issuer, through a template. */
    public boolean isHostNamedByToken(String issuer) {
        return !named.containsKey(issuer)
                && !byAlias.containsKey(issuer)
                && templates.stream().anyMatch(template -> template.areHostsNamedByTokens() && template.covers(issuer));
    }

    /** The current keys, by issuer. */
    public Map<String, Collection<VerificationKey>> keys() {
        Map<String, Collection<VerificationKey>> keys = new HashMap<>();
        named.forEach((issuer, rules) -> keys.put(issuer, rules.keys().keys()));
        templates.forEach(template -> template.all()
                .forEach(rules -> keys.put(rules.issuer(), rules.keys().keys())));
        return keys;
    }

    /** The state of each issuer's keys, and which algorithms are in use. */
    public List<KeyHealth> health() {
        List<KeyHealth> health = new ArrayList<>();
        named.values().forEach(rules -> health.add(rules.health()));
        templates.forEach(template -> health.addAll(template.health()));
        return health;
    }

    /** Uses the keys of an older registry for the issuers that stay, until their own are loaded. */
    public void inherit(IssuerRegistry older) {
        named.forEach(
                (issuer, rules) -> Optional.ofNullable(older.named.get(issuer)).ifPresent(rules::inherit));
        older.templates.forEach(former -> {
            former.alive().forEach(this::inherit);
            templates.forEach(template -> template.inherit(former));
        });
    }

    private void inherit(String issuer, IssuerRules older) {
        for (TenantIssuers template : templates) {
            if (template.covers(issuer)) {
                template.revive(issuer).inherit(older);
                return;
            }
        }
    }

    /** Starts to load the keys of the configured issuers and the active tenants again; returns how many loads run now. */
    public int refreshKeys() {
        Stream<IssuerRules> tenants = templates.stream().flatMap(template -> template.alive().values().stream());
        return (int) Stream.concat(named.values().stream(), tenants)
                .filter(rules -> rules.keys().refresh())
                .count();
    }

    /** The key sources of the configured issuers. */
    public Set<KeySource> sources() {
        Set<KeySource> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        named.values().forEach(rules -> sources.add(rules.keys()));
        return sources;
    }

    /** Closes the key sources, except those that are still used. */
    public void closeAllBut(Set<KeySource> stillUsed) {
        sources().stream().filter(source -> !stillUsed.contains(source)).forEach(KeySource::close);
        templates.forEach(TenantIssuers::close);
    }
}
