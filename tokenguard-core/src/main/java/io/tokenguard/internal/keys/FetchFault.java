package io.tokenguard.internal.keys;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What kind of fault ends a fetch. */
enum FetchFault {
    /** The document breaks a rule, or the server answered without it. */
    OTHER("connection failed"),
    /** The document exceeds the size limit. */
    TOO_LARGE("body is larger than the limit"),
    /** The connection broke before the answer was complete. */
    BROKEN("connection failed: closed before the answer was complete"),
    /** Nothing listens there. */
    UNREACHABLE("can't connect"),
    /** No connection in time. */
    NO_CONNECTION("can't connect in time"),
    /** The host has no address. */
    UNRESOLVED("host can't be resolved"),
    /** No answer in time. */
    SILENT("no answer in time"),
    /** The proxy does not open a tunnel. */
    PROXY("the proxy refuses"),
    /** No trusted authority certifies the server. */
    UNTRUSTED("TLS failed: no trusted authority certifies the server's certificate"),
    /** The server's certificate is of another host. */
    OTHER_HOST("TLS failed: the server's certificate is for another host"),
    /** The server's certificate has expired. */
    CERTIFICATE_EXPIRED("TLS failed: the server's certificate has expired"),
    /** The server ended the handshake. */
    TLS_REFUSED("TLS failed: the server refused the handshake"),
    /** Any other fault of TLS. */
    TLS("TLS failed: certificate or protocol not accepted");

    private static final String TUNNEL_FAILED = "Tunnel failed, got: ";

    private final String text;

    FetchFault(String text) {
        this.text = text;
    }

    /** What happened, in fixed words and the kind of exception; never its message, which may be text from outside. */
    String describe(@Nullable Throwable cause) {
        return switch (this) {
            case OTHER ->
                cause == null ? "no answer" : text + ": " + cause.getClass().getSimpleName();
            case PROXY -> "the proxy answered with status " + tunnelStatus(cause);
            case TLS_REFUSED -> text + alert(cause);
            default -> text;
        };
    }

    static FetchFault of(@Nullable Throwable cause) {
        if (cause instanceof CancellationException) {
            return SILENT;
        }
        if (cause instanceof SSLException) {
            return ofTls(cause);
        }
        Throwable root = cause != null && cause.getCause() != null ? cause.getCause() : cause;
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return UNRESOLVED;
        }
        if (cause instanceof HttpTimeoutException) {
            return cause instanceof HttpConnectTimeoutException ? NO_CONNECTION : SILENT;
        }
        if (cause instanceof ConnectException) {
            return UNREACHABLE;
        }
        if (tunnelStatus(cause) > 0) {
            return PROXY;
        }
        return cause instanceof IOException ? BROKEN : OTHER;
    }

    private static FetchFault ofTls(Throwable failure) {
        FetchFault fault = message(failure).contains("fatal alert") ? TLS_REFUSED : TLS;
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof CertificateExpiredException) {
                return CERTIFICATE_EXPIRED;
            }
            if (cause instanceof CertificateException) {
                boolean isName = message(cause).startsWith("No subject alternative")
                        || message(cause).startsWith("No name matching");
                fault = isName ? OTHER_HOST : UNTRUSTED;
            } else if (message(cause).contains("trustAnchors parameter must be non-empty")) {
                return UNTRUSTED;
            }
            cause = cause.getCause();
        }
        return fault;
    }

    /** The alert's name (RFC 8446 §6.2), of the platform's list. */
    private static String alert(@Nullable Throwable cause) {
        String text = message(cause).toLowerCase(Locale.ROOT);
        String name = text.substring(text.lastIndexOf(' ') + 1);
        return name.length() <= 40 && name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'))
                ? " (alert " + name + ")"
                : "";
    }

    private static int tunnelStatus(@Nullable Throwable cause) {
        String text = message(cause);
        String status = text.startsWith(TUNNEL_FAILED) ? text.substring(TUNNEL_FAILED.length()) : "";
        boolean isStatus = status.length() == 3 && status.chars().allMatch(c -> c >= '0' && c <= '9');
        return isStatus ? Integer.parseInt(status) : 0;
    }

    private static String message(@Nullable Throwable cause) {
        return cause == null || cause.getMessage() == null ? "" : cause.getMessage();
    }

    /** Whether the connection was refused, or broke before the answer was complete. */
    boolean isBroken() {
        return this == BROKEN || this == UNREACHABLE || this == UNRESOLVED;
    }

    /** Whether nothing answers. */
    boolean isUnreachable() {
        return this == UNREACHABLE || this == UNRESOLVED || this == NO_CONNECTION || this == SILENT;
    }
}
