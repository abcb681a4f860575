package io.tokenguard.internal.keys;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A document could not be fetched. The message has constants and an HTTP status, and no text from outside. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final int status;
    private final boolean isBroken;
    private final boolean isTooLarge;

    /**
     * A document broke a rule.
     *
     * @param rule a constant
     */
    public FetchException(String rule) {
        this(rule, Duration.ZERO, 0, false, false);
    }

    private FetchException(String rule, Duration retryAfter, int status, boolean isBroken, boolean isTooLarge) {
        super(rule, null, false, false);
        this.retryAfter = retryAfter;
        this.status = status;
        this.isBroken = isBroken;
        this.isTooLarge = isTooLarge;
    }

    /**
     * An answer without the document.
     *
     * @param status its HTTP status
     * @param retryAfter how long the server asks to wait; zero if it does not
     */
    public static FetchException ofStatus(int status, Duration retryAfter) {
        return new FetchException("status " + status, retryAfter, status, false, false);
    }

    /** A document exceeds the size limit. */
    static FetchException tooLarge() {
        return new FetchException("body is larger than the limit", Duration.ZERO, 0, false, true);
    }

    /** Classifies the failure of a load; of an exception from elsewhere, only the class is used. */
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
        return new FetchException(describe(cause), Duration.ZERO, 0, isBroken, false);
    }

    private static String describe(@Nullable Throwable cause) {
        Throwable root = cause != null && cause.getCause() != null ? cause.getCause() : cause;
        if (cause instanceof CancellationException) {
            return "no answer in time";
        }
        if (cause instanceof SSLException) {
            return "TLS failed: certificate or protocol not accepted";
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
        return isTooLarge;
    }

    /** Whether the connection was refused, or broke before the answer was complete; a retry may succeed at once. */
    boolean isBroken() {
        return isBroken;
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
