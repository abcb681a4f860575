package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes WebSocket sessions (Jakarta WebSocket 2.1) when their token is no longer accepted. The token is that of the handshake, or
 * comes in a message. Needs the Jakarta WebSocket API, which containers with WebSocket have. Thread-safe: one instance serves
 * all endpoints of a guard.
 *
 * <p>A session is closed with 1008 and a constant text if its token is missing or no longer accepted, and with 1013 if that can't
 * be decided now (RFC 6455 §7.4). It closes within about two seconds, as {@link TokenGuard#watch} says.
 */
public final class WebSocketTokens {
    private final TokenGuard guard;
    private final Map<Session, Held> sessions = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * Tokens of one guard.
     *
     * @param guard created and closed by the application; its filter decides about handshakes
     */
    public WebSocketTokens(TokenGuard guard) {
        this.guard = guard;
    }

    /** What a session has; without a token, it is closed when its time is over. */
    private record Held(Optional<AccessToken> token, Runnable stop) {
        boolean isOfAnother(AccessToken other) {
            return token.isPresent()
                    && !(token.get().issuer().equals(other.issuer())
                            && token.get().subject().equals(other.subject())
                            && token.get().clientId().equals(other.clientId()));
        }
    }

    /**
     * A session has been opened on a route that requires a token: closes it when the token of its handshake is no longer
     * accepted. Call it first in {@code onOpen}.
     *
     * @return the token; empty if the session has none or if it is no longer accepted: the session is closed then
     */
    public Optional<AccessToken> opened(Session session) {
        if (session.getUserPrincipal() instanceof TokenPrincipal principal) {
            return hold(session, principal.token());
        }
        end(session, RefusalReason.NO_CREDENTIALS);
        return Optional.empty();
    }

    /**
     * A session has been opened on a public route, and its token is to come in a message: closes it unless {@link #received}
     * accepts a token in time. Call it first in {@code onOpen}. Anyone can open such a session. Do not send or do anything in it
     * before it has a token.
     *
     * @param longest how long to wait for the token, such as 10 s; checked once a second
     */
    public void expect(Session session, Duration longest) {
        try {
            keep(
                    session,
                    new Held(
                            Optional.empty(),
                            guard.expectToken(longest, () -> end(session, RefusalReason.NO_CREDENTIALS))));
        } catch (RefusedException full) {
            end(session, full.reason());
        }
    }

    /**
     * A token has come in a message: closes the session if it is refused, and when it is no longer accepted. A further token
     * replaces the first one, if it has the same issuer, subject and client; else the session is closed.
     *
     * <p>Validates the token alone, as {@link TokenGuard#validate} does: the requirements of routes, limits, and TLS are not
     * checked, and tokens that are bound to a key or a certificate are refused. What the token grants is up to the caller. May
     * wait for the issuer's keys.
     *
     * @param token the compact token, without a scheme
     * @return the token; empty if it is refused: the session is closed then
     */
    public Optional<AccessToken> received(Session session, String token) {
        try {
            AccessToken accepted = guard.validate(token);
            @Nullable Held earlier = sessions.get(session);
            if (earlier == null || !earlier.isOfAnother(accepted)) {
                return hold(session, accepted);
            }
            end(session, RefusalReason.POLICY_DENIED);
        } catch (RefusedException refused) {
            end(session, refused.reason());
        }
        return Optional.empty();
    }

    /** A session has been closed: forgets it. Call it in {@code onClose}. */
    public void closed(Session session) {
        @Nullable Held held = sessions.remove(session);
        if (held != null) {
            held.stop().run();
        }
    }

    private Optional<AccessToken> hold(Session session, AccessToken token) {
        try {
            keep(session, new Held(Optional.of(token), guard.watch(token, reason -> end(session, reason))));
            return session.isOpen() ? Optional.of(token) : Optional.empty();
        } catch (RefusedException over) {
            end(session, over.reason());
            return Optional.empty();
        }
    }

    private void keep(Session session, Held held) {
        @Nullable Held earlier = sessions.put(session, held);
        if (earlier != null) {
            earlier.stop().run();
        }
        if (!session.isOpen()) {
            closed(session);
        }
    }

    private void end(Session session, RefusalReason reason) {
        closed(session);
        CloseReason told = reason.isVerdict()
                ? new CloseReason(CloseCodes.VIOLATED_POLICY, "access token not accepted")
                : new CloseReason(CloseCodes.TRY_AGAIN_LATER, "try again later");
        try {
            session.close(told);
        } catch (IOException | IllegalStateException gone) {
            // The client has gone.
        }
    }
}
