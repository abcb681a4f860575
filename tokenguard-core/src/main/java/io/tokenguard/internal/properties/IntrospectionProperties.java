package io.tokenguard.internal.properties;

import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import java.util.function.UnaryOperator;

/** Collects, from properties, how one issuer is asked about tokens. Not thread-safe. */
final class IntrospectionProperties {
    private final ClientProperties client = new ClientProperties();
    private final IssuerSettingsBuilder issuer;
    private boolean isStated;

    IntrospectionProperties(IssuerSettingsBuilder issuer) {
        this.issuer = issuer;
    }

    IssuerSettingsBuilder change(UnaryOperator<Introspection> change) {
        isStated = true;
        Introspection known = issuer.introspection().orElseGet(() -> Introspection.as(ClientAuthentication.none()));
        return issuer.introspection(change.apply(known));
    }

    IssuerSettingsBuilder client(ClientProperties.Part part, String text) {
        client.set(part, text);
        return change(UnaryOperator.identity());
    }

    /**
     * Adds how this API authenticates, once all properties are read.
     *
     * @throws io.tokenguard.access.ConfigurationException if something is missing, can't be read, or contradicts the rest
     */
    void complete() {
        if (isStated) {
            IssuerSettingsBuilder unused = change(settings -> settings.client(client.build(issuer.keyPrefix())));
        }
    }
}
