package io.tokenguard.internal.keys;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A document that could not be had. Its message is made of constants and an HTTP status, never of text from outside. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final boolean notThere;

    FetchException(String rule) {
        this(rule, Duration.ZERO, false);
    }

    private FetchException(String rule, Duration retryAfter, boolean notThere) {
        super(rule, null, false, false);
        this.retryAfter = retryAfter;
        this.notThere = notThere;
    }

    /**
     * An answer that is not the document.
     *
     * @param status its HTTP status
     * @param retryAfter how much patience the server asks for; zero where it does not
     */
    static FetchException ofStatus(int status, Duration retryAfter) {
        boolean isClientError = status >= 400 && status < 500 && status != 408 && status != 429;
        return new FetchException("status " + status, retryAfter, isClientError);
    }

    /** What a failed load is to be called; of failures that are not ours only the kind is told. */
    public static FetchException of(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof FetchException known ? known : new FetchException(describe(cause));
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

    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the server itself said that it has no such document. */
    boolean isNotThere() {
        return notThere;
    }

    /** Which rule was broken. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
