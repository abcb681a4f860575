package io.tokenguard.internal.request;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places where a request may carry its token: the Authorization field, fields that trusted proxies add, and the
 * subprotocols of a WebSocket. A request uses exactly one of them (RFC 6750 §2). Immutable.
 *
 * @param others the fields besides Authorization
 * @param proxies the trusted proxies
 * @param readsProtocols whether a token may be among the subprotocols of a WebSocket
 */
public record CredentialPlaces(List<CredentialField> others, List<AddressRange> proxies, boolean readsProtocols) {
    private static final String AUTHORIZATION = "Authorization";

    /** Copies the lists. */
    public CredentialPlaces {
        others = List.copyOf(others);
        proxies = List.copyOf(proxies);
    }

    /** What a request sent; not read yet. */
    public SentCredentials sent(IncomingRequest request) {
        List<String> standard = request.headers().valuesOf(AUTHORIZATION);
        List<String> proxied = others.isEmpty() ? List.of() : proxied(request);
        List<String> offered = readsProtocols ? ProtocolToken.sent(request) : List.of();
        if (proxied.isEmpty() && offered.isEmpty()) {
            return new SentCredentials(standard, false);
        }
        List<String> all = new ArrayList<>(proxied);
        all.addAll(offered);
        standard.stream().filter(CredentialExtractor::namesToken).forEach(all::add);
        return new SentCredentials(all, !proxied.isEmpty());
    }

    private List<String> proxied(IncomingRequest request) {
        return counted(request)
                .flatMap(field -> request.headers().valuesOf(field.name()).stream())
                .filter(value -> !value.isBlank())
                .toList();
    }

    private Stream<CredentialField> counted(IncomingRequest request) {
        boolean isProxied = ForwardedChain.isDeclared(request.peerAddress(), proxies);
        return others.stream().filter(field -> isProxied || field.isFromAnyAddress());
    }

    /**
     * Refuses a token of an issuer for which the field that contains it is not configured.
     *
     * @throws RefusedException if it is in such a field
     */
    public void require(IncomingRequest request, String issuer) throws RefusedException {
        if (others.isEmpty()) {
            return;
        }
        Optional<CredentialField> used = counted(request)
                .filter(field ->
                        request.headers().valuesOf(field.name()).stream().anyMatch(value -> !value.isBlank()))
                .findFirst();
        if (used.isPresent() && !used.get().issuers().test(issuer)) {
            String field = used.get().name();
            throw new RefusedException(
                    RefusalReason.CREDENTIALS_MISPLACED,
                    field,
                    () -> Finding.of("a token of " + issuer + " in " + field, "a token of an issuer with that field")
                            .by("tokenguard.credentials.header"));
        }
    }
}
