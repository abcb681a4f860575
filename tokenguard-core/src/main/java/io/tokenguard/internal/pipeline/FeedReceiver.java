package io.tokenguard.internal.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.feeds.EventTokenReader;
import io.tokenguard.internal.feeds.FeedMessage;
import io.tokenguard.internal.feeds.FeedPolicy;
import io.tokenguard.internal.feeds.FeedProtocol;
import io.tokenguard.internal.feeds.FeedTerms;
import io.tokenguard.internal.feeds.LogoutTokenReader;
import io.tokenguard.internal.feeds.ReceivedTokens;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.IssuerTokenVerifier;
import io.tokenguard.internal.issuers.TokenKind;
import io.tokenguard.internal.revocation.RevocationSender;
import io.tokenguard.internal.telemetry.DecisionCounters;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Accepts logout tokens and security events, and revokes the tokens that they name. An invalid one costs no more than an
 * invalid access token.
 *
 * @param policy what is accepted
 * @param requests reads requests
 * @param verifier verifies tokens
 * @param seen the tokens that were processed before
 * @param notifier notifies observers of refusals
 * @param revocations stores revocations, and returns whether they are stored
 */
public record FeedReceiver(
        FeedPolicy policy,
        RequestReader requests,
        IssuerTokenVerifier verifier,
        ReceivedTokens seen,
        ObserverNotifier notifier,
        BiPredicate<Revocation, RevocationSender> revocations) {
    private static final Set<String> LOGOUT = Set.of("logout+jwt");
    private static final Set<String> LOGOUT_OR_UNTYPED = Set.of("logout+jwt", "JWT", "");
    private static final Set<String> EVENTS = Set.of("secevent+jwt");

    /**
     * Accepts a token without HTTP.
     *
     * @throws RefusedException if it is rejected
     */
    public void receive(FeedProtocol protocol, String token) throws RefusedException {
        FeedMessage unused = notifier.observed(DecisionCounters.FEED, details -> take(protocol, token, details));
    }

    /** Accepts a token in a request; bad input is an answer, never an exception. */
    public FeedAnswer receive(FeedProtocol protocol, IncomingRequest request, InputStream body) {
        if (!request.method().equals("POST")) {
            return protocol.methodNotAllowed();
        }
        AuditDetails details = notifier.details(request);
        details.tracked().decidedBy(DecisionCounters.FEED);
        try {
            if (protocol == FeedProtocol.EVENTS) {
                requireTransmitter(request);
            }
            FeedMessage unused = take(protocol, protocol.token(request, body), details);
            return protocol.taken();
        } catch (RefusedException refused) {
            return refuse(protocol, refused, details);
        } catch (RuntimeException | Error failure) {
            return refuse(protocol, notifier.failed(failure), details);
        }
    }

    private FeedAnswer refuse(FeedProtocol protocol, RefusedException refused, AuditDetails details) {
        Refusal unused = notifier.refused(details, refused);
        return protocol.refused(refused.reason());
    }

    /** RFC 8935 §5.2: over TLS; and with the secret, if one is set. */
    private void requireTransmitter(IncomingRequest request) throws RefusedException {
        requests.requireSecure(request);
        if (policy.eventSecret().isPresent()) {
            requireSecret(policy.eventSecret().get(), request);
        }
    }

    private void requireSecret(String secret, IncomingRequest request) throws RefusedException {
        if (!MessageDigest.isEqual(
                secret.getBytes(UTF_8), requests.bearer(request).getBytes(UTF_8))) {
            throw new RefusedException(RefusalReason.NO_CREDENTIALS, "transmitter");
        }
    }

    private FeedMessage take(FeedProtocol protocol, String token, AuditDetails details) throws RefusedException {
        FeedMessage message = protocol == FeedProtocol.LOGOUT ? logout(token, details) : events(token, details);
        if (seen.contains(protocol, message)) {
            return message;
        }
        requireKept(message);
        // Last: a token whose revocations are not stored has to be sent again.
        seen.add(protocol, message);
        notifier.received()
                .accepted(
                        protocol == FeedProtocol.LOGOUT ? "logout" : "events",
                        message.issuer(),
                        message.revocations().size(),
                        message.ignored());
        return message;
    }

    /** Tries all of them, as each one that is stored takes effect. */
    private void requireKept(FeedMessage message) throws RefusedException {
        boolean areKept = true;
        RevocationSender sender = new RevocationSender(message.issuer(), message.subject(), message.issuedAt());
        for (Revocation revocation : message.revocations()) {
            areKept &= revocations.test(revocation, sender);
        }
        if (!areKept) {
            throw new RefusedException(RefusalReason.REVOCATION_UNKNOWN, "revocation not stored");
        }
    }

    private FeedMessage logout(String token, AuditDetails details) throws RefusedException {
        Set<String> types = policy.acceptsUntypedLogoutTokens() ? LOGOUT_OR_UNTYPED : LOGOUT;
        IssuerTokenVerifier.Verified verified = verify(token, types, details);
        return new LogoutTokenReader(policy.endsAllSessions())
                .read(verified.claims(), terms(verified, policy.logoutAudiences()));
    }

    private FeedMessage events(String token, AuditDetails details) throws RefusedException {
        IssuerTokenVerifier.Verified verified = verify(token, EVENTS, details);
        return EventTokenReader.read(verified.claims(), terms(verified, policy.eventAudiences()));
    }

    private IssuerTokenVerifier.Verified verify(String token, Set<String> types, AuditDetails details)
            throws RefusedException {
        return verifier.verify(TokenKind.of(requests.parser(), types), token, details);
    }

    private FeedTerms terms(IssuerTokenVerifier.Verified verified, Set<String> audiences) {
        IssuerRules rules = verified.rules();
        return new FeedTerms(
                rules.issuer(),
                rules.names().aliases(),
                audiences.isEmpty() ? rules.audiences() : audiences,
                rules.lifetime().clockSkew(),
                seen.clock().instant());
    }
}
