package io.tokenguard.internal.keys;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains why a document could not be fetched: its address, the proxy on the way, and what would help.
 *
 * @param part what is fetched
 * @param reach how the issuer is reached
 * @param address the document's
 * @param proxy the proxy on the way; empty if there is none
 */
record FetchAdvice(FetchedPart part, Reach reach, URI address, Optional<UsedProxy> proxy) {
    private static final String BEARER = "jwks.bearer-token-file";
    private static final String CLIENT_KEYS = "jwks.client-key-store";
    private static final String HEADERS = "jwks.headers";
    private static final String CERTIFICATE = "introspection.client-key-store";

    FetchException explained(FetchException failure) {
        FetchException located = failure.at(address);
        FetchException complete =
                proxy.map(used -> located.with(", through the proxy " + used)).orElse(located);
        FetchRemedy help = remedy(failure);
        return help.text().isEmpty() ? complete : complete.helpedBy(help);
    }

    /** The document is there, and is no usable key set. */
    FetchException explainedAsNoKeySet(FetchException failure) {
        return explained(failure)
                .helpedBy(
                        failure.remedy().text().isEmpty()
                                ? of(
                                        "set %s to the address of a key set, or %s to that of the metadata",
                                        FetchedPart.KEYS.addressSettings().toArray(String[]::new))
                                : failure.remedy());
    }

    private FetchRemedy remedy(FetchException failure) {
        if (failure.status() > 0) {
            return ofStatus(failure.status());
        }
        FetchFault fault = failure.fault();
        if (proxy.isPresent() && (fault == FetchFault.PROXY || fault.isUnreachable())) {
            return ofProxy(fault, proxy.get());
        }
        return fault.isUnreachable()
                ? of("check the address, and set %s if a proxy is needed", "jwks.proxy")
                : ofConnection(fault);
    }

    private FetchRemedy ofConnection(FetchFault fault) {
        return switch (fault) {
            case TOO_LARGE -> part == FetchedPart.KEYS ? of("raise %s", "jwks.max-size") : FetchRemedy.NONE;
            case UNTRUSTED, TLS -> untrusted();
            case CERTIFICATE_EXPIRED -> FetchRemedy.of("renew the server's certificate; no setting accepts it");
            case OTHER_HOST ->
                address(
                        "set the address with a host that the certificate names, in",
                        "no setting accepts its certificate");
            case TLS_REFUSED -> clientCertificate();
            case BROKEN -> isHttps() ? clientCertificate() : FetchRemedy.NONE;
            case OTHER -> part.isIntrospection() ? rightAddress() : FetchRemedy.NONE;
            default -> FetchRemedy.NONE;
        };
    }

    private FetchRemedy untrusted() {
        if (isByCertificate()) {
            return of(
                    "add the authority of the server to those of the platform, which %s uses, or in code to the"
                            + " context of ClientAuthentication.certificate",
                    CERTIFICATE);
        }
        String trust = reach.set().trust();
        return trust.isEmpty()
                ? of("if a private authority issued the certificate, set %s", "jwks.ca-file")
                : of(
                        "%s is set, and what it holds does not certify this server; add the authority of the server",
                        trust);
    }

    private FetchRemedy clientCertificate() {
        return hasClientKeys()
                ? of(
                        "check that the issuer accepts the client certificate of %s",
                        isByCertificate() ? CERTIFICATE : CLIENT_KEYS)
                : of("if the issuer requires a client certificate, set %s", CLIENT_KEYS);
    }

    private boolean hasClientKeys() {
        return isByCertificate() || reach.set().hasClientKeys();
    }

    private boolean isByCertificate() {
        return part == FetchedPart.INTROSPECTION_BY_CERTIFICATE;
    }

    private FetchRemedy ofProxy(FetchFault fault, UsedProxy used) {
        String setting = reach.set().key("jwks.proxy");
        String problem = fault == FetchFault.PROXY
                ? "let the proxy allow this host without credentials"
                : "check that the proxy runs at that address";
        return FetchRemedy.of(
                problem
                        + (used.source().equals(setting)
                                ? ", or correct %s"
                                : ", or set %s to another proxy, or to none"),
                setting);
    }

    private FetchRemedy ofStatus(int status) {
        if (status >= 300 && status < 400) {
            return part.isIntrospection()
                    ? address("redirects are not followed; set the final address in", "")
                    : address(
                            "at most three redirects within the same scheme, host and port are followed; set the final"
                                    + " address in",
                            "at most three redirects within the same scheme, host and port are followed");
        }
        return switch (status) {
            case 400 -> badRequest();
            case 401, 403 -> part.isIntrospection() ? client() : credentials(status);
            case 408, 429 ->
                part.isIntrospection()
                        ? of("raise the limit there, or %s here", "introspection.cache-ttl")
                        : FetchRemedy.NONE;
            default -> status < 500 ? rightAddress() : FetchRemedy.NONE;
        };
    }

    private FetchRemedy client() {
        FetchRemedy correct = of("correct %s and what authenticates it", "introspection.client-id");
        return reach.set().withheld().equals(reach.set().key(HEADERS))
                ? notSent("introspection.uri").and("; else ", correct)
                : correct;
    }

    private FetchRemedy rightAddress() {
        return address("set the right address in", "its address is in the issuer's tokens, and no setting changes it");
    }

    /** Advice about the address, or other words if no setting names it. */
    private FetchRemedy address(String advice, String otherwise) {
        List<String> settings = part.addressSettings();
        return settings.isEmpty()
                ? FetchRemedy.of(otherwise)
                : of(advice + " %s" + " or %s".repeat(settings.size() - 1), settings.toArray(String[]::new));
    }

    /** Servers answer so if they miss a client certificate, too. */
    private FetchRemedy badRequest() {
        return isHttps() && !hasClientKeys()
                ? of("if the issuer requires a client certificate, set %s", CLIENT_KEYS)
                        .and("; else ", rightAddress())
                : rightAddress();
    }

    private FetchRemedy credentials(int status) {
        if (!reach.set().withheld().isEmpty()) {
            return notSent("jwks-uri");
        }
        String sent = sent();
        return sent.isEmpty()
                ? of("if the issuer requires credentials, set %s, %s or %s", BEARER, CLIENT_KEYS, HEADERS)
                : of(
                        "%s was sent and refused; "
                                + (status == 401 ? "correct it" : "let the issuer permit it, or" + " correct it"),
                        sent);
    }

    private FetchRemedy notSent(String addressSetting) {
        return FetchRemedy.of(
                "%s was not sent, because the configuration does not name the host "
                        + address.getHost().replace("%", "%%") + "; to send it there, set %s to this address",
                reach.set().withheld(),
                reach.set().key(addressSetting));
    }

    /** The setting of the credentials that were sent; empty if none were. */
    private String sent() {
        String keys = reach.set().hasClientKeys() && isHttps() ? CLIENT_KEYS : "";
        String headers = reach.headers().isEmpty() ? keys : HEADERS;
        return reach.bearerTokenFile().isPresent() ? BEARER : headers;
    }

    private boolean isHttps() {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private FetchRemedy of(String pattern, String... names) {
        return FetchRemedy.of(pattern, Stream.of(names).map(reach.set()::key).toArray(String[]::new));
    }
}
