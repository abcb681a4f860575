package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.possession.ProvenToken;
import io.tokenguard.internal.request.CookieDefense;
import io.tokenguard.internal.request.CredentialExtractor;
import io.tokenguard.internal.request.CredentialPlaces;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.request.SentCredentials;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.request.TransportCheck;
import io.tokenguard.internal.token.TokenParser;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads credentials from requests and checks how they were sent. Thread-safe. */
public final class RequestReader {
    private final TokenParser parser;
    private final boolean knowsDpop;
    private final CredentialPlaces places;
    private final CookieDefense cookies;
    private final TargetUriPolicy targets;
    private final boolean allowsInsecureHttp;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /**
     * A reader.
     *
     * @param parser parses tokens; knows their greatest length
     * @param knowsDpop whether the scheme DPoP is accepted
     * @param places where the token may be, and what is required of requests with cookies
     * @param targets which address a request was sent to
     * @param allowsInsecureHttp whether plain http from other machines is accepted
     */
    public RequestReader(
            TokenParser parser, boolean knowsDpop, Places places, TargetUriPolicy targets, boolean allowsInsecureHttp) {
        this.parser = parser;
        this.knowsDpop = knowsDpop;
        this.places = places.tokens();
        this.cookies = places.cookies();
        this.targets = targets;
        this.allowsInsecureHttp = allowsInsecureHttp;
    }

    /**
     * Where tokens are.
     *
     * @param tokens the places
     * @param cookies what is required of requests with a token in a cookie
     */
    public record Places(CredentialPlaces tokens, CookieDefense cookies) {}

    TokenParser parser() {
        return parser;
    }

    /** The credentials. Records where they were sent, and whether under the scheme DPoP, well formed or not. */
    PresentedCredentials credentials(IncomingRequest request, AuditDetails details) throws RefusedException {
        SentCredentials sent = places.sent(request);
        details.tracked().sent(sent.place(), knowsDpop && sent.areUnderDpop());
        return CredentialExtractor.extract(sent, knowsDpop);
    }

    PresentedCredentials credentials(IncomingRequest request) throws RefusedException {
        return CredentialExtractor.extract(places.sent(request), knowsDpop);
    }

    /** Refuses a token in a header field or cookie that is not configured for its issuer. */
    void requirePlace(IncomingRequest request, AccessToken token) throws RefusedException {
        places.require(request, token.issuer());
    }

    /** The bearer token, of another kind than an access token. */
    String bearer(IncomingRequest request) throws RefusedException {
        PresentedCredentials sent = CredentialExtractor.extract(authorization(request), false);
        parser.requireLength(sent.length());
        return sent.token();
    }

    private static List<String> authorization(IncomingRequest request) {
        return request.headers().valuesOf("Authorization");
    }

    void requireSecure(IncomingRequest request) throws RefusedException {
        if (!allowsInsecureHttp) {
            TransportCheck.requireSecure(request, targets);
        }
    }

    /** Requires TLS, and of a request with a cookie also that no other site caused it. */
    void requireSecure(IncomingRequest request, PresentedCredentials credentials) throws RefusedException {
        requireSecure(request);
        if (credentials instanceof PresentedCredentials.Cookie cookie) {
            cookies.require(request, cookie, targets);
        }
    }

    /** Refuses a proof on a route that requires one, if only the request states the address that the proof must have. */
    void requireOwnAddress(AccessToken token, AccessRequirement demand) throws RefusedException {
        targets.requireConfigured(token, demand);
    }

    /** Warns once if the caller's Host field decided which proof was accepted. */
    void noteProof(ProvenToken proven) {
        if (proven.use().isPresent() && !targets.isConfigured() && !hasWarned.getAndSet(true)) {
            FailureLog.addressUnknown();
        }
    }
}
