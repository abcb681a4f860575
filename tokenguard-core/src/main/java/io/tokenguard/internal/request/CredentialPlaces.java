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
 * The places where a request may carry its token: the Authorization field, fields that trusted proxies add, cookies, and the
 * subprotocols of a WebSocket. A request uses exactly one of them (RFC 6750 §2). Immutable.
 *
 * @param others the fields besides Authorization
 * @param cookies the cookies
 * @param proxies the trusted proxies
 * @param readsProtocols whether a token may be among the subprotocols of a WebSocket
 */
public record CredentialPlaces(
        List<CredentialField> others,
        List<CredentialCookie> cookies,
        List<AddressRange> proxies,
        boolean readsProtocols) {
    private static final String AUTHORIZATION = "Authorization";
    private static final String COOKIE = "Cookie";

    /** Copies the lists. */
    public CredentialPlaces {
        others = List.copyOf(others);
        cookies = List.copyOf(cookies);
        proxies = List.copyOf(proxies);
    }

    /** What a request sent; not read yet. */
    public SentCredentials sent(IncomingRequest request) {
        List<String> standard = request.headers().valuesOf(AUTHORIZATION);
        List<String> proxied = others.isEmpty() ? List.of() : proxied(request);
        List<String> offered = readsProtocols ? ProtocolToken.sent(request) : List.of();
        List<String> inCookies = cookies.isEmpty() ? List.of() : inCookies(request);
        if (!inCookies.isEmpty()) {
            return new SentCredentials(
                    Stream.of(inCookies, proxied, offered, standard)
                            .flatMap(List::stream)
                            .toList(),
                    CredentialPlace.COOKIE);
        }
        if (proxied.isEmpty() && offered.isEmpty()) {
            return new SentCredentials(standard, CredentialPlace.AUTHORIZATION);
        }
        List<String> all = new ArrayList<>(proxied);
        all.addAll(offered);
        standard.stream().filter(CredentialExtractor::namesToken).forEach(all::add);
        return new SentCredentials(all, proxied.isEmpty() ? CredentialPlace.SUBPROTOCOL : CredentialPlace.PROXY_FIELD);
    }

    private List<String> proxied(IncomingRequest request) {
        return counted(request)
                .flatMap(field -> request.headers().valuesOf(field.name()).stream())
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** An empty cookie counts, too: it is not up to an attacker to decide which of two is the one. */
    private List<String> inCookies(IncomingRequest request) {
        List<String> lines = request.headers().valuesOf(COOKIE);
        return lines.isEmpty()
                ? List.of()
                : cookies.stream()
                        .flatMap(cookie -> CookiePairs.valuesOf(lines, cookie.name()).stream())
                        .toList();
    }

    private Stream<CredentialField> counted(IncomingRequest request) {
        boolean isProxied = ForwardedChain.isDeclared(request.peerAddress(), proxies);
        return others.stream().filter(field -> isProxied || field.isFromAnyAddress());
    }

    /**
     * Refuses a token of an issuer for which the field or cookie that contains it is not configured.
     *
     * @throws RefusedException if it is in such a place
     */
    public void require(IncomingRequest request, String issuer) throws RefusedException {
        if (!others.isEmpty()) {
            requireField(request, issuer);
        }
        if (!cookies.isEmpty()) {
            requireCookie(request, issuer);
        }
    }

    private void requireField(IncomingRequest request, String issuer) throws RefusedException {
        Optional<CredentialField> used = counted(request)
                .filter(field ->
                        request.headers().valuesOf(field.name()).stream().anyMatch(value -> !value.isBlank()))
                .findFirst();
        if (used.isPresent() && !used.get().issuers().test(issuer)) {
            throw misplaced(used.get().name(), issuer, "field");
        }
    }

    private void requireCookie(IncomingRequest request, String issuer) throws RefusedException {
        List<String> lines = request.headers().valuesOf(COOKIE);
        Optional<CredentialCookie> used = cookies.stream()
                .filter(cookie -> !CookiePairs.valuesOf(lines, cookie.name()).isEmpty())
                .findFirst();
        if (used.isPresent() && !used.get().issuers().test(issuer)) {
            throw misplaced(used.get().name(), issuer, "cookie");
        }
    }

    private static RefusedException misplaced(String name, String issuer, String kind) {
        String setting = kind.equals("cookie") ? "tokenguard.credentials.cookie" : "tokenguard.credentials.header";
        return new RefusedException(
                RefusalReason.CREDENTIALS_MISPLACED,
                name,
                () -> Finding.of("a token of " + issuer + " in " + name, "a token of an issuer with that " + kind)
                        .by(setting));
    }
}
