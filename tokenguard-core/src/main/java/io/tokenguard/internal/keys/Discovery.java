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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds an issuer's key set through its metadata: first as OpenID Connect Discovery 1.0 §4 names it, then as RFC 8414 §3.1
 * does. Metadata that speaks of another issuer is refused (RFC 8414 §3.3). The address that was found is kept for an hour,
 * or until it fails.
 */
final class Discovery implements KeySetLoader {
    private static final Duration ADDRESS_LIFE = Duration.ofHours(1);

    private final URI issuer;
    private final DocumentFetcher fetcher;
    private final Predicate<URI> isAllowed;
    private final Clock clock;
    private volatile @Nullable Found found;

    Discovery(URI issuer, DocumentFetcher fetcher, Predicate<URI> isAllowed, Clock clock) {
        this.issuer = issuer;
        this.fetcher = fetcher;
        this.isAllowed = isAllowed;
        this.clock = clock;
    }

    private record Found(URI jwksUri, Instant at) {}

    @Override
    public CompletableFuture<KeySet> load() {
        Found known = found;
        if (known != null && clock.instant().isBefore(known.at.plus(ADDRESS_LIFE))) {
            return loadFrom(known.jwksUri);
        }
        return fetcher.fetch(openIdAddress(issuer))
                .exceptionallyCompose(notThere -> fetcher.fetch(oauthAddress(issuer)))
                .thenCompose(this::readAddress)
                .thenCompose(this::loadFrom);
    }

    private CompletableFuture<KeySet> loadFrom(URI jwksUri) {
        return KeySetLoader.at(jwksUri, fetcher).load().whenComplete((keys, failure) -> {
            found = failure == null ? new Found(jwksUri, foundAt(jwksUri)) : null;
        });
    }

    private Instant foundAt(URI jwksUri) {
        Found known = found;
        return known != null && known.jwksUri.equals(jwksUri) ? known.at : clock.instant();
    }

    private CompletableFuture<URI> readAddress(byte[] document) {
        try {
            Map<String, @Nullable Object> metadata = JsonReader.readObject(document, JsonLimits.DOCUMENT);
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
            return isAllowed.test(jwksUri)
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
