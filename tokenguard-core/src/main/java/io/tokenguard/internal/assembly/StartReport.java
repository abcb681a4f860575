package io.tokenguard.internal.assembly;

import io.tokenguard.access.AddressRange;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.bounds.Durations;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.settings.AccessSettings;
import io.tokenguard.internal.settings.DialectOrigin;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once at start what the settings weaken. */
final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");
    private static final int MOST_GAPS = 20;

    private StartReport() {}

    /** Lists paths and methods that a wider route decides, up to a bound, and unknown methods. */
    static void write(RouteTable routes, AccessSettings access) {
        writeGaps(routes.gaps().stream()
                .map(gap -> gap + access.named(Stream.of(gap.narrow(), gap.wide())))
                .toList());
        writeGaps(routes.methodGaps().stream()
                .map(gap -> gap + access.named(Stream.of(gap.narrow(), gap.wide())))
                .toList());
        routes.unregisteredMethods()
                .forEach(method -> LOG.warn(
                        "routes: '{}' is not a registered HTTP method (RFC 9110 section 16.1.1); check its spelling{}",
                        method,
                        access.named(routes.routes().stream()
                                .filter(route -> route.methods().contains(method)))));
    }

    /** A filter has nothing but the guard's routes to decide by; annotations of Jakarta REST need none. */
    static void writeWithoutRoutes(String adapter) {
        LOG.warn(
                "routes: none is set, and {} denies every request that no route covers; set tokenguard.routes.<id>, such as"
                        + " 'GET /orders/** scope orders:read'",
                adapter);
    }

    private static void writeGaps(List<String> gaps) {
        gaps.stream().limit(MOST_GAPS).forEach(gap -> LOG.warn("routes: {}", gap));
        if (gaps.size() > MOST_GAPS) {
            LOG.warn("routes: {} more pairs of routes are like those above", gaps.size() - MOST_GAPS);
        }
    }

    static void write(GuardSettings settings) {
        WeakenedChecks.of(settings).forEach(LOG::warn);
        write(settings.api().requests().allowsInsecureHttp(), settings.issuers());
    }

    private static void write(boolean allowsInsecureHttp, Collection<IssuerSettings> issuers) {
        if (allowsInsecureHttp) {
            LOG.warn("allow-insecure-http: accepts tokens and fetches keys over plain http");
        }
        issuers.forEach(StartReport::writeHttpRanges);
        issuers.stream()
                .filter(issuer -> issuer.tokens().types().filter(Set::isEmpty).isPresent())
                .forEach(issuer -> LOG.warn(
                        "token-types any: for issuer {}, access tokens are not distinguished from its other tokens by type",
                        issuer.issuer()));
        issuers.stream()
                .filter(issuer -> issuer.tokens().claims().origin() == DialectOrigin.ADDRESS)
                .forEach(StartReport::writeRecognised);
        issuers.stream()
                .filter(issuer -> issuer.tokens().claims().origin() == DialectOrigin.NOTHING && !issuer.isUnnamed())
                .forEach(issuer -> LOG.info(
                        "Issuer {}: its address is not that of a known server, and no metadata are loaded because the keys are"
                                + " configured, so the dialect is rfc9068. If it refuses the access tokens, set {}dialect",
                        issuer.issuer(),
                        issuer.keyPrefix()));
        issuers.stream()
                .filter(issuer -> issuer.tokens().claims().shape().acceptsIdTokens())
                .forEach(issuer -> LOG.warn(
                        "accept-id-tokens: ID tokens of issuer {} are accepted; anyone who gets one for the audiences {} can call"
                                + " this API",
                        issuer.issuer(),
                        issuer.tokens().audiences()));
        issuers.forEach(issuer -> issuer.introspection().ifPresent(asked -> writeOf(issuer, asked.how())));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("org.jose4j."))
                .sorted()
                .forEach(name -> LOG.warn(
                        "The system property {} changes jose4j for the whole JVM; the checks of this guard do not change",
                        name));
    }

    private static void writeHttpRanges(IssuerSettings issuer) {
        List<AddressRange> ranges = issuer.keys().connection().httpRanges();
        if (ranges.stream().anyMatch(range -> range.toString().endsWith("/0"))) {
            LOG.warn(
                    "jwks.allow-http-for {}: keys of issuer {} may come over plain http from every address; anyone on the way can"
                            + " make keys trusted, and with them any token; name the few addresses that need it",
                    ranges,
                    issuer.issuer());
        } else if (!ranges.isEmpty()) {
            LOG.warn(
                    "jwks.allow-http-for {}: keys of issuer {} may come over plain http from there; anyone who can alter traffic"
                            + " there can make keys trusted",
                    ranges,
                    issuer.issuer());
        }
    }

    private static void writeRecognised(IssuerSettings issuer) {
        Dialect recognised = issuer.tokens().claims().dialect();
        DialectNeeds.missing(issuer, recognised)
                .ifPresentOrElse(
                        lacking -> LOG.warn(lacking.warning(issuer, recognised)),
                        () -> LOG.info(
                                "Issuer {}: its address selects dialect {}. To change it, set {}dialect",
                                issuer.issuer(),
                                recognised.settingName(),
                                issuer.keyPrefix()));
    }

    private static void writeOf(IssuerSettings issuer, Introspection introspection) {
        if (!introspection.acceptedWithout().isEmpty()) {
            LOG.warn(
                    "introspection.accept-answers-without {}: answers of {} may lack them",
                    introspection.acceptedWithout(),
                    issuer.issuer());
        }
        if (!introspection.load().outageGrace().isZero()) {
            LOG.warn(
                    "introspection.outage-grace {}: while the introspection endpoint of {} fails, revoked tokens may be accepted"
                            + " for that much longer than cache-ttl",
                    Durations.write(introspection.load().outageGrace()),
                    issuer.issuer());
        }
        if (introspection.client() instanceof ClientAuthentication.None) {
            LOG.warn(
                    "introspection.client-auth none: this API does not authenticate to the introspection endpoint of {}",
                    issuer.issuer());
        }
    }
}
