package io.tokenguard.internal.keys;

import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an issuer, at the first of its addresses that has them. Metadata of another issuer is refused (RFC 8414
 * §3.3).
 *
 * @param place where the metadata is, and whose it is
 * @param fetcher fetches it
 * @param limits what that may cost
 * @param hosts where it may lead
 */
public record IssuerMetadata(Place place, DocumentFetcher fetcher, FetchLimits limits, HostPolicy hosts) {
    private static final String PLAIN = "plain http outside the ranges of jwks.allow-http-for";

    /**
     * Where metadata is.
     *
     * @param issuer what it has to name as issuer
     * @param base the address whose host the configuration, or a token, has named
     * @param addresses where it may be, in this order
     */
    public record Place(String issuer, URI base, List<URI> addresses) {
        /**
         * The well-known addresses of an issuer: appended (OpenID Connect Discovery 1.0 §4.1) and inserted (RFC 8414 §3.1, §5),
         * first those that standards name.
         */
        public static Place under(URI issuer, String identifier) {
            Stream<URI> addresses = Stream.of(
                    appended(issuer, "openid-configuration"),
                    inserted(issuer, "oauth-authorization-server"),
                    inserted(issuer, "openid-configuration"),
                    appended(issuer, "oauth-authorization-server"));
            return new Place(identifier, issuer, addresses.distinct().toList());
        }

        /** An address that the configuration names. */
        public static Place at(URI address, String identifier) {
            return new Place(identifier, address, List.of(address));
        }

        private static URI appended(URI issuer, String name) {
            return URI.create(withoutLastSlash(issuer.toString()) + "/.well-known/" + name);
        }

        private static URI inserted(URI issuer, String name) {
            return URI.create(issuer.getScheme() + "://" + issuer.getRawAuthority() + "/.well-known/" + name
                    + withoutLastSlash(issuer.getRawPath()));
        }

        private static String withoutLastSlash(String text) {
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /**
     * Metadata that were read.
     *
     * @param address where they were
     * @param members what they say
     */
    record Read(URI address, Map<String, @Nullable Object> members) {}

    /**
     * Starts to read the address in a member; fails with a {@link FetchException}.
     *
     * @param member its name, such as {@code jwks_uri}
     */
    public CompletableFuture<URI> find(String member) {
        return read().thenCompose(metadata -> address(metadata, member));
    }

    /** Starts to read the metadata; fails with a {@link FetchException}, also if they are those of another issuer. */
    CompletableFuture<Read> read() {
        return requireOuter("issuer", place.base()).thenCompose(unused -> readAt(0, null));
    }

    /**
     * The next form is asked for only if the issuer answers that it does not have this one. If it has none, the failure is that
     * of the first form.
     */
    private CompletableFuture<Read> readAt(int form, @Nullable FetchException first) {
        URI address = place.addresses().get(form);
        return fetcher.fetch(address, "", limits)
                .thenCompose(document -> members(document, address))
                .exceptionallyCompose(cause -> {
                    FetchException failure = FetchException.of(cause);
                    FetchException shown = first == null || !failure.isNotThere() ? failure : first;
                    return failure.isNotThere() && form + 1 < place.addresses().size()
                            ? readAt(form + 1, shown)
                            : CompletableFuture.failedFuture(form > 0 && failure.isNotThere() ? nowhere(shown) : shown);
                });
    }

    private FetchException nowhere(FetchException first) {
        int others = place.addresses().size() - 1;
        return first.with(
                ", and at none of the " + others + " other well-known " + (others == 1 ? "address" : "addresses"));
    }

    /** Fails if an address leads to an inner host, or to plain http outside its ranges; to be asked before each use of it. */
    public CompletableFuture<Void> requireOuter(String member, URI address) {
        if (hosts.isTrusted(place.base(), address) && !hosts.isHttpByRange(address)) {
            return CompletableFuture.completedFuture(null);
        }
        return fetcher.inTime(() -> flawOf(address), limits)
                .thenCompose(flaw -> flaw.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(leadingTo(flaw, member, address)));
    }

    private FetchException leadingTo(String flaw, String member, URI address) {
        String rule = member + " leads to " + flaw + ", at " + FetchException.shown(address);
        if (flaw.equals(PLAIN)) {
            return new FetchException(
                    rule,
                    FetchRemedy.of(
                            "use https, or set %s to a range with all addresses of the host",
                            key("jwks.allow-http-for")));
        }
        return new FetchException(
                rule,
                member.equals("jwks_uri")
                        ? FetchRemedy.of("if that address is right, set it in %s", key("jwks-uri"))
                        : FetchRemedy.NONE);
    }

    private String key(String name) {
        return fetcher.reach().set().key(name);
    }

    /** What is wrong with an address; empty if it is good. May block. */
    private String flawOf(URI address) {
        if (hosts.isHttpByRange(address) && !hosts.isInHttpRange(address)) {
            return PLAIN;
        }
        boolean isInner = !hosts.isTrusted(place.base(), address) && hosts.leadsInside(place.base(), address);
        return isInner ? "an internal address" : "";
    }

    private CompletableFuture<Read> members(FetchedDocument document, URI address) {
        try {
            Map<String, @Nullable Object> metadata = JsonReader.readObject(document.body(), JsonLimits.DOCUMENT);
            return place.issuer().equals(metadata.get("issuer"))
                    ? CompletableFuture.completedFuture(new Read(address, metadata))
                    : failed(
                            "metadata is that of another issuer" + difference(metadata.get("issuer")),
                            address,
                            FetchRemedy.of(
                                    "set %s to the issuer that tokens name, and if the metadata are right, %s or %s",
                                    key("issuer-uri"), key("metadata-issuer"), key("jwks-uri")));
        } catch (MalformedException malformed) {
            return failed(
                    "metadata is malformed: " + malformed.getMessage() + " (" + document.shownType() + ")",
                    address,
                    FetchRemedy.of(
                            "set %s to the address of the metadata, or %s", key("metadata-uri"), key("jwks-uri")));
        }
    }

    private String difference(@Nullable Object named) {
        String text = named instanceof String found ? found : "";
        boolean isSlash = place.issuer().equals(text + "/") || text.equals(place.issuer() + "/");
        return ": found " + (text.isEmpty() ? "no issuer" : SafeText.finding(text)) + ", expected "
                + SafeText.finding(place.issuer()) + (isSlash ? " (they differ in the last slash)" : "");
    }

    /** The address that a member of the metadata holds. */
    CompletableFuture<URI> address(Read metadata, String member) {
        FetchRemedy remedy = remedyFor(member);
        if (!(metadata.members().get(member) instanceof String text)) {
            return failed("metadata has no " + member, metadata.address(), remedy);
        }
        try {
            URI found = URI.create(text);
            return hosts.allows(found)
                    ? CompletableFuture.completedFuture(found)
                    : failed(
                            member
                                    + (AddressPolicy.isPortOfAnotherProtocol(found)
                                            ? " has the port of another protocol: found "
                                            : " is not an https address: found ")
                                    + FetchException.withoutQuery(text),
                            metadata.address(),
                            remedy);
        } catch (IllegalArgumentException malformed) {
            return failed(
                    member + " is not an address: found " + FetchException.withoutQuery(text),
                    metadata.address(),
                    remedy);
        }
    }

    /** Token endpoints are set by destination. */
    private FetchRemedy remedyFor(String member) {
        return switch (member) {
            case "jwks_uri" -> FetchRemedy.of("set %s", key("jwks-uri"));
            case "token_endpoint" -> FetchRemedy.of("set %s", "tokenguard.downstream.<id>.token-uri");
            default -> FetchRemedy.of("set %s", key("introspection.uri"));
        };
    }

    private static <T> CompletableFuture<T> failed(String rule, URI address, FetchRemedy remedy) {
        return CompletableFuture.failedFuture(
                new FetchException(rule + ", at " + FetchException.shown(address), remedy));
    }
}
