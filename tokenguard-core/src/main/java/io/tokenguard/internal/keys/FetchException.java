package io.tokenguard.internal.keys;

import io.tokenguard.internal.audit.SafeText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A document that could not be fetched. Text from outside is in its message only as an address, a media type, a key ID or the
 * issuer that metadata name, each escaped and cut.
 */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final int status;
    private final Kind kind;
    private final String location;

    private enum Kind {
        OTHER,
        BROKEN,
        TOO_LARGE
    }

    /**
     * A document broke a rule.
     *
     * @param rule a constant
     */
    public FetchException(String rule) {
        this(rule, Kind.OTHER, 0, Duration.ZERO, "");
    }

    private FetchException(String rule, Kind kind, int status, Duration retryAfter, String location) {
        super(rule, null, false, false);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
        this.location = location;
    }

    /**
     * An answer without the document.
     *
     * @param status its HTTP status
     * @param retryAfter how long the server asks to wait; zero if it does not
     */
    public static FetchException ofStatus(int status, Duration retryAfter) {
        return ofAnswer(status, "", retryAfter, "");
    }

    /** The same, with the media type of its body, and where the server redirects to; each empty if not known. */
    static FetchException ofAnswer(int status, String mediaType, Duration retryAfter, String location) {
        String rule = "status " + status + (mediaType.isEmpty() ? "" : ", " + mediaType);
        return new FetchException(rule, Kind.OTHER, status, retryAfter, location);
    }

    /** The same, with the address of the document and what would help. */
    FetchException at(URI address) {
        return with(", at " + shown(address), FetchRemedy.of(this));
    }

    /** The same, with what was found. */
    FetchException found(String what) {
        return with(" (" + what + ")", "");
    }

    private FetchException with(String detail, String remedy) {
        String rule = getMessage();
        int end = rule.indexOf("; ") < 0 ? rule.length() : rule.indexOf("; ");
        String detailed = rule.substring(0, end) + detail + rule.substring(end) + remedy;
        return new FetchException(detailed, kind, status, retryAfter, location);
    }

    /** Without the query, which may hold a secret. */
    private static String shown(URI address) {
        return SafeText.path(address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath());
    }

    /** A document exceeds the size limit. */
    static FetchException tooLarge() {
        return new FetchException("body is larger than the limit", Kind.TOO_LARGE, 0, Duration.ZERO, "");
    }

    /** The failure of a fetch; for failures of the platform, the message has their kind only. */
    public static FetchException of(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FetchException known) {
            return known;
        }
        boolean isBroken = cause instanceof IOException
                && !(cause instanceof HttpTimeoutException)
                && !(cause instanceof SSLException);
        return new FetchException(describe(cause), isBroken ? Kind.BROKEN : Kind.OTHER, 0, Duration.ZERO, "");
    }

    private static String describe(@Nullable Throwable cause) {
        Throwable root = cause != null && cause.getCause() != null ? cause.getCause() : cause;
        if (cause instanceof CancellationException) {
            return "no answer in time";
        }
        if (cause instanceof SSLException) {
            return "TLS failed: certificate or protocol not accepted; if a private authority issued the certificate, set"
                    + " jwks.ca-file";
        }
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return "host can't be resolved";
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return "can't connect";
        }
        return cause == null
                ? "no answer"
                : "connection failed: " + cause.getClass().getSimpleName();
    }

    /**
     * The address that the server redirects to, if it is of the same origin (RFC 6454 §4): credentials and trust are about the
     * origin. Empty otherwise.
     */
    Optional<URI> redirectFrom(URI address) {
        try {
            URI next = resolve(address);
            boolean isFollowed = !location.isEmpty()
                    && address.getScheme().equalsIgnoreCase(next.getScheme())
                    && address.getRawAuthority().equalsIgnoreCase(next.getRawAuthority())
                    && next.getRawFragment() == null;
            return isFollowed ? Optional.of(next) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A query alone keeps the path (RFC 3986 §5.2.2), which the platform does not do. */
    private URI resolve(URI address) {
        return location.startsWith("?")
                ? URI.create(address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath() + location)
                : address.resolve(location);
    }

    /** How long the server asks to wait; zero if it does not. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The HTTP status of an answer without the document; zero if there was no such answer. */
    public int status() {
        return status;
    }

    /** Whether the document exceeds the size limit. */
    public boolean isTooLarge() {
        return kind == Kind.TOO_LARGE;
    }

    /** Whether the connection was refused, or broke before the answer was complete; a retry may succeed at once. */
    boolean isBroken() {
        return kind == Kind.BROKEN;
    }

    /** Whether the server answered that it has no such document. */
    public boolean isNotThere() {
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }

    /** The rule that was broken. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
