package io.tokenguard.internal.properties;

import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.settings.IssuerSettingsBuilder;
import java.util.function.UnaryOperator;

/** Collects the introspection properties of one issuer. Not thread-safe. */
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
     * Adds the authentication of this API, once all properties are read.
     *
     * @throws io.tokenguard.access.ConfigurationException if one is missing, malformed, or contradicts another
     */
    void complete() {
        if (isStated) {
            IssuerSettingsBuilder unused =
                    change(settings -> settings.client(client.build(issuer.keyPrefix() + "introspection.")));
        }
    }
}
