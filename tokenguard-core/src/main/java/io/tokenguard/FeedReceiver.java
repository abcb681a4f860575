package io.tokenguard;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.internal.audit.FeedLog;
import io.tokenguard.internal.feeds.EventTokenReader;
import io.tokenguard.internal.feeds.FeedMessage;
import io.tokenguard.internal.feeds.FeedProtocol;
import io.tokenguard.internal.feeds.FeedTerms;
import io.tokenguard.internal.feeds.LogoutTokenReader;
import io.tokenguard.internal.feeds.ReceivedTokens;
import io.tokenguard.internal.request.CredentialExtractor;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.request.TransportCheck;
import io.tokenguard.internal.revocation.RevocationSender;
import io.tokenguard.spi.GuardObserver;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Takes what issuers send of their own accord, by one configuration: what they withdraw goes to whoever remembers it. Tokens of
 * strangers cost what their access tokens do.
 *
 * @param logout which logout tokens are accepted
 * @param events which security event tokens are accepted
 * @param vouching finds out who vouches for a token
 * @param seen remembers which tokens were carried out
 * @param targets tells what a trusted proxy says of a request
 * @param allowsInsecureHttp whether events are taken over plain http
 * @param clock the time
 * @param notifier are told of refusals
 * @param revocations takes revocations, and says whether they are kept
 */
record FeedReceiver(
        BackChannelLogout logout,
        SecurityEvents events,
        IssuerTokenVerifier vouching,
        ReceivedTokens seen,
        TargetUriPolicy targets,
        boolean allowsInsecureHttp,
        Clock clock,
        ObserverNotifier notifier,
        BiPredicate<Revocation, RevocationSender> revocations) {
    private static final Set<String> LOGOUT = Set.of("logout+jwt");
    private static final Set<String> LOGOUT_OR_UNTYPED = Set.of("logout+jwt", "JWT", "");
    private static final Set<String> EVENTS = Set.of("secevent+jwt");

    /** Takes a token without HTTP. */
    void receive(FeedProtocol protocol, String token) throws RefusedException {
        FeedMessage unused = notifier.judging(auditDetails -> take(protocol, token, auditDetails));
    }

    /** Takes a token out of a request. */
    FeedAnswer receive(FeedProtocol protocol, IncomingRequest request, InputStream body) {
        if (!request.method().equals("POST")) {
            return protocol.methodNotAllowed();
        }
        AuditDetails auditDetails = AuditDetails.of(request);
        try {
            if (protocol == FeedProtocol.EVENTS) {
                requireTransmitter(request);
            }
            FeedMessage unused = take(protocol, protocol.token(request, body), auditDetails);
            return protocol.taken();
        } catch (RefusedException refused) {
            return refuse(protocol, refused, auditDetails);
        } catch (RuntimeException | Error failure) {
            return refuse(protocol, ObserverNotifier.failed(failure), auditDetails);
        }
    }

    private FeedAnswer refuse(FeedProtocol protocol, RefusedException refused, AuditDetails auditDetails) {
        notifier.tell(GuardObserver::refused, auditDetails.refusal(refused));
        return protocol.refused(refused.reason());
    }

    /** RFC 8935 §5.2: over TLS; and with the secret, where there is one. */
    private void requireTransmitter(IncomingRequest request) throws RefusedException {
        if (!allowsInsecureHttp) {
            TransportCheck.requireSecure(request, targets);
        }
        if (events.secret().isPresent()) {
            requireSecret(events.secret().get(), request);
        }
    }

    private void requireSecret(String secret, IncomingRequest request) throws RefusedException {
        List<String> fields = request.headers().valuesOf("Authorization");
        PresentedCredentials sent = CredentialExtractor.extract(fields, false);
        vouching.parser().requireLength(sent.length());
        if (!MessageDigest.isEqual(bytes(secret), bytes(sent.token()))) {
            throw new RefusedException(RefusalReason.NO_CREDENTIALS, "transmitter");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FeedMessage take(FeedProtocol protocol, String token, AuditDetails auditDetails) throws RefusedException {
        FeedMessage message =
                protocol == FeedProtocol.LOGOUT ? logout(token, auditDetails) : events(token, auditDetails);
        if (seen.contains(protocol, message)) {
            return message;
        }
        requireKept(message);
        // Last: a token whose revocations are not kept has to be sent again.
        seen.add(protocol, message);
        FeedLog.taken(message.issuer(), message.revocations().size(), message.ignored());
        return message;
    }

    /** All of them are tried: each that is kept takes effect. */
    private void requireKept(FeedMessage message) throws RefusedException {
        boolean areKept = true;
        RevocationSender sender = new RevocationSender(message.issuer(), message.subject());
        for (Revocation revocation : message.revocations()) {
            areKept &= revocations.test(revocation, sender);
        }
        if (!areKept) {
            throw new RefusedException(RefusalReason.REVOCATION_UNKNOWN, "revocation not kept");
        }
    }

    private FeedMessage logout(String token, AuditDetails auditDetails) throws RefusedException {
        Set<String> types = logout.acceptsUntypedTokens() ? LOGOUT_OR_UNTYPED : LOGOUT;
        IssuerTokenVerifier.Verified vouched = vouching.vouch(token, types, auditDetails);
        return new LogoutTokenReader(logout.endsAllSessions())
                .read(vouched.claims(), terms(vouched, logout.audiences()));
    }

    private FeedMessage events(String token, AuditDetails auditDetails) throws RefusedException {
        IssuerTokenVerifier.Verified vouched = vouching.vouch(token, EVENTS, auditDetails);
        return EventTokenReader.read(vouched.claims(), terms(vouched, events.audiences()));
    }

    private FeedTerms terms(IssuerTokenVerifier.Verified vouched, Set<String> audiences) {
        IssuerRules lane = vouched.lane();
        return new FeedTerms(
                vouched.issuer(),
                audiences.isEmpty() ? lane.claims().audiences() : audiences,
                lane.lifetime().clockSkew(),
                clock.instant());
    }
}
