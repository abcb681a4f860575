package io.tokenguard.internal.settings;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.writes.WriteSettings;
import java.util.Collection;
import java.util.List;

/**
 * Which requests are read, and how.
 *
 * @param proxies the proxies whose forwarding fields are trusted
 * @param allowsInsecureHttp whether plain http is allowed from and to other machines
 * @param passesPreflight whether CORS preflights pass without a token
 * @param maxTokenLength the greatest number of characters of a token
 * @param maxUnsettledPerSecond how many requests a second of one network get 503 for a key ID that no load has settled
 * @param readsProtocols whether a token may be among the subprotocols of a WebSocket
 * @param cookies what is required of requests with a token in a cookie
 * @param writes which requests happen once
 */
public record RequestSettings(
        List<AddressRange> proxies,
        boolean allowsInsecureHttp,
        boolean passesPreflight,
        int maxTokenLength,
        int maxUnsettledPerSecond,
        boolean readsProtocols,
        CookieSettings cookies,
        WriteSettings writes) {
    /** Copies the proxies. */
    public RequestSettings {
        proxies = List.copyOf(proxies);
    }

    /** The default limit of tokens: longer ones are usual with ML-DSA and encryption. */
    static int longestToken(Collection<IssuerSettings> issuers, CryptoSettings crypto) {
        boolean isMlDsa = issuers.stream()
                .anyMatch(issuer -> issuer.tokens().algorithms().stream().anyMatch(SignatureAlgorithm::isMlDsa));
        return isMlDsa || crypto.decryptionKeyFile().isPresent() ? 24_576 : 16_384;
    }
}
