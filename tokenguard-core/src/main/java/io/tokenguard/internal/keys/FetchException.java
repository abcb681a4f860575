package io.tokenguard.internal.keys;

import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.audit.SafeText;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A document that could not be fetched. Text from outside is in its message only as an address, a media type, a key ID or the
 * issuer that metadata name, each escaped and cut.
 */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_CREDENTIALS = 407;
    private static final Answer NO_ANSWER = new Answer(0, Duration.ZERO, "");

    private final String rule;
    private final FetchFault fault;
    private final transient Answer answer;
    private final transient FetchRemedy remedy;

    /**
     * An answer without the document.
     *
     * @param status its HTTP status; zero if there was no such answer
     * @param retryAfter how long the server asks to wait; zero if it does not
     * @param location where it redirects to; empty if it does not
     */
    private record Answer(int status, Duration retryAfter, String location) {}

    /**
     * A document broke a rule.
     *
     * @param rule a constant
     */
    public FetchException(String rule) {
        this(rule, FetchRemedy.NONE);
    }

    /** The same, with what would help. */
    FetchException(String rule, FetchRemedy remedy) {
        this(rule, FetchFault.OTHER, NO_ANSWER, remedy);
    }

    private FetchException(String rule, FetchFault fault, Answer answer, FetchRemedy remedy) {
        super(remedy.text().isEmpty() ? rule : rule + "; " + remedy.text(), null, false, false);
        this.rule = rule;
        this.fault = fault;
        this.answer = answer;
        this.remedy = remedy;
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
        if (status == PROXY_CREDENTIALS) {
            return new FetchException(
                    "the proxy answered with status 407", FetchFault.PROXY, NO_ANSWER, FetchRemedy.NONE);
        }
        String rule = "status " + status + (mediaType.isEmpty() ? "" : ", " + mediaType);
        return new FetchException(rule, FetchFault.OTHER, new Answer(status, retryAfter, location), FetchRemedy.NONE);
    }

    /** The client is rejected in the body of a status 400 (RFC 6749 §5.2); counts as status 401. */
    public static FetchException ofRejectedClient() {
        return new FetchException(
                "status 400: the client is rejected",
                FetchFault.OTHER,
                new Answer(UNAUTHORIZED, Duration.ZERO, ""),
                FetchRemedy.NONE);
    }

    /** The address of a document could not be found; says nothing about the document's server. */
    public FetchException ofTheAddress() {
        return new FetchException("its address is not known: " + rule, FetchFault.OTHER, NO_ANSWER, remedy);
    }

    /** The same, with what would help. */
    FetchException helpedBy(FetchRemedy help) {
        return new FetchException(rule, fault, answer, help);
    }

    /** The same, with the address of the document. */
    FetchException at(URI address) {
        return with(", at " + shown(address));
    }

    /** The same, with what was found. */
    FetchException found(String what) {
        return with(" (" + what + ")");
    }

    /** The same with a detail, which comes before what is left out. */
    FetchException with(String detail) {
        int end = rule.indexOf("; ") < 0 ? rule.length() : rule.indexOf("; ");
        return new FetchException(rule.substring(0, end) + detail + rule.substring(end), fault, answer, remedy);
    }

    /** An address without its query, which may hold a secret. */
    static String shown(URI address) {
        return SafeText.path(address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath());
    }

    /** Text that should be an address, without its query. */
    static String withoutQuery(String text) {
        int query = text.indexOf('?');
        return SafeText.finding(query < 0 ? text : text.substring(0, query));
    }

    /** A document exceeds the size limit. */
    static FetchException tooLarge() {
        return new FetchException(
                FetchFault.TOO_LARGE.describe(null), FetchFault.TOO_LARGE, NO_ANSWER, FetchRemedy.NONE);
    }

    /** A failure without the wrappers that futures put around it. */
    public static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The failure of a fetch; for failures of the platform, the message has their kind only. */
    public static FetchException of(@Nullable Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof FetchException known) {
            return known;
        }
        FetchFault fault = FetchFault.of(cause);
        FetchRemedy remedy = fault == FetchFault.UNTRUSTED || fault == FetchFault.TLS
                ? FetchRemedy.of("if a private authority issued the certificate, set %s", "jwks.ca-file")
                : FetchRemedy.NONE;
        return new FetchException(fault.describe(cause), fault, NO_ANSWER, remedy);
    }

    /**
     * The address that the server redirects to, if it is of the same origin (RFC 6454 §4): credentials and trust are about the
     * origin. Empty otherwise.
     */
    Optional<URI> redirectFrom(URI address) {
        try {
            URI next = resolve(address);
            boolean isFollowed = !answer.location().isEmpty()
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
        String location = answer.location();
        return location.startsWith("?")
                ? URI.create(address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath() + location)
                : address.resolve(location);
    }

    /** How long the server asks to wait; zero if it does not. */
    public Duration retryAfter() {
        return answer.retryAfter();
    }

    /** The HTTP status of an answer without the document; zero if there was no such answer. */
    public int status() {
        return answer.status();
    }

    FetchFault fault() {
        return fault;
    }

    /** Whether the document exceeds the size limit. */
    public boolean isTooLarge() {
        return fault == FetchFault.TOO_LARGE;
    }

    /** Whether the connection was refused, or broke before the answer was complete; a retry may succeed at once. */
    boolean isBroken() {
        return fault.isBroken();
    }

    /** Whether the server answered that it has no such document. */
    public boolean isNotThere() {
        return status() >= 400 && status() < 500 && status() != 408 && status() != 429;
    }

    /** What happened, without what would help. */
    public String rule() {
        return rule;
    }

    /** What would help. */
    FetchRemedy remedy() {
        return remedy;
    }

    /**
     * Explains a refusal by this failure.
     *
     * @param missing what is missing, such as "no keys"
     * @param expected what was expected
     */
    public Finding finding(String missing, String expected) {
        return new Finding(missing + ": " + rule, expected, remedy.settings(), remedy.text());
    }

    /** What happened, and what would help. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
