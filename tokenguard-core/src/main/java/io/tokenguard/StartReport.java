package io.tokenguard;

import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once at start what the settings give up. */
final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuard.class);

    private StartReport() {}

    static void write(boolean allowsInsecureHttp, Collection<TrustedIssuer> issuers) {
        if (allowsInsecureHttp) {
            LOG.warn("allow-insecure-http: tokens are accepted, and keys fetched, over plain http");
        }
        issuers.stream()
                .filter(issuer -> issuer.header().types().isEmpty())
                .forEach(issuer -> LOG.warn(
                        "token-types any: issuer {} can't tell access tokens from its other tokens", issuer.issuer()));
        issuers.forEach(issuer -> issuer.asked().ifPresent(terms -> writeOf(issuer, terms.settings())));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("org.jose4j."))
                .sorted()
                .forEach(name -> LOG.warn(
                        "The system property {} changes jose4j for all of this JVM; what this guard checks stays",
                        name));
    }

    private static void writeOf(TrustedIssuer issuer, Introspection introspection) {
        if (!introspection.acceptedWithout().isEmpty()) {
            LOG.warn(
                    "introspection.accept-answers-without {}: answers of {} may lack them",
                    introspection.acceptedWithout(),
                    issuer.issuer());
        }
        if (introspection.client() instanceof ClientAuthentication.None) {
            LOG.warn(
                    "introspection.client-auth none: {} is asked about tokens by nobody in particular",
                    issuer.issuer());
        }
    }
}
