package io.tokenguard.internal.keys;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds an issuer's key set through its metadata: first as OpenID Connect Discovery 1.0 §4 names it, then as RFC 8414 §3.1
 * does. Metadata that speaks of another issuer is refused (RFC 8414 §3.3). The address that was found is kept for an hour,
 * or until it fails; that it does not lead to an inner address is checked before each load.
 */
final class Discovery implements KeySetLoader {
    private static final Duration ADDRESS_LIFE = Duration.ofHours(1);

    private final URI issuer;
    private final DocumentFetcher fetcher;
    private final FetchLimits limits;
    private final HostPolicy hosts;
    private final Clock clock;
    private volatile @Nullable Found found;

    Discovery(URI issuer, DocumentFetcher fetcher, FetchLimits limits, HostPolicy hosts, Clock clock) {
        this.issuer = issuer;
        this.fetcher = fetcher;
        this.limits = limits;
        this.hosts = hosts;
        this.clock = clock;
    }

    private record Found(AddressedKeys keys, Instant until) {}

    @Override
    public CompletableFuture<LoadedKeys> load() {
        Found known = found;
        return known != null && clock.instant().isBefore(known.until)
                ? loadFrom(known)
                : metadata().thenCompose(this::readAddress).thenCompose(jwksUri -> loadFrom(keep(jwksUri, known)));
    }

    /** The second form is asked for only where the issuer answers that it does not have the first. */
    private CompletableFuture<FetchedDocument> metadata() {
        return fetcher.fetch(openIdAddress(issuer), "", limits)
                .exceptionallyCompose(failure -> FetchException.of(failure).isNotThere()
                        ? fetcher.fetch(oauthAddress(issuer), "", limits)
                        : CompletableFuture.failedFuture(failure));
    }

    /** The same address keeps its copy of the keys. */
    private Found keep(URI jwksUri, @Nullable Found known) {
        AddressedKeys keys = known != null && known.keys.jwksUri().equals(jwksUri)
                ? known.keys
                : new AddressedKeys(jwksUri, fetcher, limits);
        return new Found(keys, clock.instant().plus(ADDRESS_LIFE));
    }

    private CompletableFuture<LoadedKeys> loadFrom(Found address) {
        return requireOuter(address.keys.jwksUri())
                .thenCompose(unused -> address.keys.load())
                .whenComplete((keys, failure) -> found = failure == null ? address : null);
    }

    private CompletableFuture<Void> requireOuter(URI jwksUri) {
        if (HostPolicy.isOwnHost(issuer, jwksUri)) {
            return CompletableFuture.completedFuture(null);
        }
        return fetcher.inTime(() -> hosts.leadsInside(issuer, jwksUri), limits)
                .thenCompose(isInner -> isInner
                        ? failed("jwks_uri leads to an inner address")
                        : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<URI> readAddress(FetchedDocument document) {
        try {
            Map<String, @Nullable Object> metadata = JsonReader.readObject(document.body(), JsonLimits.DOCUMENT);
            if (!issuer.toString().equals(metadata.get("issuer"))) {
                return failed("metadata is that of another issuer");
            }
            return metadata.get("jwks_uri") instanceof String address
                    ? readAddress(address)
                    : failed("metadata has no jwks_uri");
        } catch (MalformedException malformed) {
            return failed("metadata is malformed: " + malformed.getMessage());
        }
    }

    private CompletableFuture<URI> readAddress(String address) {
        try {
            URI jwksUri = URI.create(address);
            return hosts.allows(jwksUri)
                    ? CompletableFuture.completedFuture(jwksUri)
                    : failed("jwks_uri is not an https address");
        } catch (IllegalArgumentException malformed) {
            return failed("jwks_uri is not an address");
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
