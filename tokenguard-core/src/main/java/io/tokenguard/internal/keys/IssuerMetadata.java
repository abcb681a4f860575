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
     * Starts to read the address in a member; fails with a {@link FetchException}.
     *
     * @param member its name, such as {@code jwks_uri}
     */
    public CompletableFuture<URI> find(String member) {
        return read().thenCompose(metadata -> address(metadata, member));
    }

    /** Starts to read the metadata; fails with a {@link FetchException}, also if they are those of another issuer. */
    CompletableFuture<Map<String, @Nullable Object>> read() {
        return requireOuter("issuer", place.base())
                .thenCompose(unused -> document(0))
                .thenCompose(this::members);
    }

    /** The next form is asked for only if the issuer answers that it does not have this one. */
    private CompletableFuture<FetchedDocument> document(int form) {
        return fetcher.fetch(place.addresses().get(form), "", limits)
                .exceptionallyCompose(failure -> FetchException.of(failure).isNotThere()
                                && form + 1 < place.addresses().size()
                        ? document(form + 1)
                        : CompletableFuture.failedFuture(failure));
    }

    /** Fails if an address leads to an inner host, or to plain http outside its ranges; to be asked before each use of it. */
    public CompletableFuture<Void> requireOuter(String member, URI address) {
        if (hosts.isTrusted(place.base(), address) && !hosts.isHttpByRange(address)) {
            return CompletableFuture.completedFuture(null);
        }
        return fetcher.inTime(() -> flawOf(address), limits)
                .thenCompose(flaw -> flaw.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : failed(member + " leads to " + flaw));
    }

    /** What is wrong with an address; empty if it is good. May block. */
    private String flawOf(URI address) {
        if (hosts.isHttpByRange(address) && !hosts.isInHttpRange(address)) {
            return "plain http at an address that is not in jwks.allow-http-for";
        }
        boolean isInner = !hosts.isTrusted(place.base(), address) && hosts.leadsInside(place.base(), address);
        return isInner ? "an internal address" : "";
    }

    private CompletableFuture<Map<String, @Nullable Object>> members(FetchedDocument document) {
        try {
            Map<String, @Nullable Object> metadata = JsonReader.readObject(document.body(), JsonLimits.DOCUMENT);
            return place.issuer().equals(metadata.get("issuer"))
                    ? CompletableFuture.completedFuture(metadata)
                    : failed("metadata is that of another issuer" + difference(metadata.get("issuer")));
        } catch (MalformedException malformed) {
            return failed("metadata is malformed: " + malformed.getMessage() + " (" + document.shownType()
                    + "); set metadata-uri to the address of the metadata, or jwks-uri");
        }
    }

    private String difference(@Nullable Object named) {
        String text = named instanceof String found ? found : "";
        boolean isSlash = place.issuer().equals(text + "/") || text.equals(place.issuer() + "/");
        return ": found " + (text.isEmpty() ? "no issuer" : SafeText.finding(text)) + ", expected "
                + SafeText.finding(place.issuer()) + (isSlash ? " (they differ in the last slash)" : "")
                + "; set issuer-uri to the issuer that tokens name, and if the metadata are right, metadata-issuer or"
                + " jwks-uri";
    }

    /** The address that a member of the metadata holds. */
    CompletableFuture<URI> address(Map<String, @Nullable Object> metadata, String member) {
        return metadata.get(member) instanceof String address
                ? readAddress(member, address)
                : failed("metadata has no " + member + remedy(member));
    }

    private static String remedy(String member) {
        return member.equals("jwks_uri") ? "; set jwks-uri" : "; set introspection.uri";
    }

    private CompletableFuture<URI> readAddress(String member, String address) {
        try {
            URI found = URI.create(address);
            return hosts.allows(found)
                    ? CompletableFuture.completedFuture(found)
                    : failed(member + " is not an https address" + remedy(member));
        } catch (IllegalArgumentException malformed) {
            return failed(member + " is not an address" + remedy(member));
        }
    }

    private static <T> CompletableFuture<T> failed(String rule) {
        return CompletableFuture.failedFuture(new FetchException(rule));
    }
}
