package io.tokenguard.internal.keys;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an issuer: at the address of OpenID Connect Discovery 1.0 §4, otherwise at that of RFC 8414 §3.1. Rejects
 * metadata of another issuer (RFC 8414 §3.3).
 *
 * @param issuer the issuer
 * @param fetcher fetches it
 * @param limits the limits of a fetch
 * @param hosts the allowed hosts of addresses in it
 */
public record IssuerMetadata(URI issuer, DocumentFetcher fetcher, FetchLimits limits, HostPolicy hosts) {
    /**
     * Starts to read the address in a member; fails with a {@link FetchException}.
     *
     * @param member its name, such as {@code jwks_uri}
     */
    public CompletableFuture<URI> find(String member) {
        return document().thenCompose(document -> readAddress(document, member));
    }

    /** Requests the second address only if the issuer answers that it has no document at the first. */
    private CompletableFuture<FetchedDocument> document() {
        return requireOuter("issuer", issuer)
                .thenCompose(unused -> fetcher.fetch(openIdAddress(issuer), "", limits))
                .exceptionallyCompose(failure -> FetchException.of(failure).isNotThere()
                        ? fetcher.fetch(oauthAddress(issuer), "", limits)
                        : CompletableFuture.failedFuture(failure));
    }

    /** Fails if an address leads to an internal one. To be called before each use of the address. */
    public CompletableFuture<Void> requireOuter(String member, URI address) {
        if (hosts.isTrusted(issuer, address)) {
            return CompletableFuture.completedFuture(null);
        }
        return fetcher.inTime(() -> hosts.leadsInside(issuer, address), limits)
                .thenCompose(isInner -> isInner
                        ? failed(member + " leads to an internal address")
                        : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<URI> readAddress(FetchedDocument document, String member) {
        try {
            Map<String, @Nullable Object> metadata = JsonReader.readObject(document.body(), JsonLimits.DOCUMENT);
            if (!issuer.toString().equals(metadata.get("issuer"))) {
                return failed("metadata is that of another issuer");
            }
            return metadata.get(member) instanceof String address
                    ? readAddress(member, address)
                    : failed("metadata has no " + member);
        } catch (MalformedException malformed) {
            return failed("metadata is malformed: " + malformed.getMessage());
        }
    }

    private CompletableFuture<URI> readAddress(String member, String address) {
        try {
            URI found = URI.create(address);
            return hosts.allows(found)
                    ? CompletableFuture.completedFuture(found)
                    : failed(member + " is not an https address");
        } catch (IllegalArgumentException malformed) {
            return failed(member + " is not an address");
        }
    }

    private static <T> CompletableFuture<T> failed(String rule) {
        return CompletableFuture.failedFuture(new FetchException(rule));
    }

    /** OpenID Connect Discovery 1.0 §4.1: appended to the issuer, without its last slash. */
    static URI openIdAddress(URI issuer) {
        return URI.create(withoutLastSlash(issuer.toString()) + "/.well-known/openid-configuration");
    }

    /** RFC 8414 §3.1: inserted between host and path. */
    static URI oauthAddress(URI issuer) {
        String path = withoutLastSlash(issuer.getRawPath());
        return URI.create(issuer.getScheme() + "://" + issuer.getRawAuthority()
                + "/.well-known/oauth-authorization-server" + path);
    }

    private static String withoutLastSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
