package io.tokenguard.internal.assembly;

import io.tokenguard.access.AddressRange;
import io.tokenguard.internal.issuers.HostCalls;
import io.tokenguard.internal.issuers.IssuerRegistry;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.IssuerTemplate;
import io.tokenguard.internal.issuers.TenantIssuers;
import io.tokenguard.internal.keys.MetadataSelection;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.TenantSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wires the registry of issuers.
 *
 * @param issuers the issuers
 * @param sources opens their key sources
 * @param proxies the proxies whose forwarding fields count
 */
record IssuerAssembly(List<IssuerSettings> issuers, KeySources sources, List<AddressRange> proxies) {
    /** Omits an issuer without an identifier: none of its signed tokens is accepted. */
    IssuerRegistry registry() {
        Map<String, IssuerRules> named = new LinkedHashMap<>();
        List<TenantIssuers> templates = new ArrayList<>();
        for (IssuerSettings issuer : issuers) {
            if (!issuer.isUnnamed() && !issuer.isTemplate()) {
                named.put(issuer.issuer(), rules(issuer));
            }
        }
        HostCalls calls = new HostCalls(sources.clocks().nanoTime());
        for (IssuerSettings issuer : issuers) {
            if (issuer.isTemplate()) {
                templates.add(template(issuer, calls));
            }
        }
        return new IssuerRegistry(named, templates);
    }

    private IssuerRules rules(IssuerSettings issuer) {
        Optional<MetadataSelection> selection = DialectChoice.of(issuer);
        return IssuerPolicies.rules(issuer, selection, sources.open(issuer, selection));
    }

    private TenantIssuers template(IssuerSettings issuer, HostCalls calls) {
        IssuerTemplate names = IssuerTemplate.of(issuer.keyPrefix() + "issuer-uri", issuer.issuer());
        sources.requireAllowed(issuer.named(names.sample()));
        TenantSettings tenants = issuer.tenants();
        return new TenantIssuers(
                new TenantIssuers.Terms(
                        names, tenants.accepts(), tenants.maxActive(), tenants.areHostsNamed(), proxies),
                name -> rules(issuer.named(name)),
                calls,
                sources.clocks().nanoTime());
    }
}
