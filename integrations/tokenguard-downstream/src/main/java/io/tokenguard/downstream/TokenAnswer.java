package io.tokenguard.downstream;

import io.tokenguard.config.Destination;
import io.tokenguard.config.Destination.TokenRequest;
import io.tokenguard.downstream.RelayException.Reason;
import io.tokenguard.spi.TokenEndpoint.Answer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the answer of a token endpoint (RFC 6749 §5, RFC 8693 §2.2). */
final class TokenAnswer {
    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final long LONGEST_LIFE = 3_600;

    /** RFC 6749 §5.2, RFC 8693 §2.2.2. No other text of the server is shown. */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "invalid_target");

    private final Destination destination;
    private final Map<String, @Nullable Object> members;

    private TokenAnswer(Destination destination, Map<String, @Nullable Object> members) {
        this.destination = destination;
        this.members = members;
    }

    /** A token, and for how many seconds it is good; zero if that is not known. */
    record Issued(String token, long seconds) {
        /** Shows nothing. */
        @Override
        public String toString() {
            return "Issued[not shown]";
        }
    }

    /**
     * The token in an answer.
     *
     * @throws RelayException if there is none, or none of the kind that was asked for
     */
    static Issued read(Destination destination, Answer answer) throws RelayException {
        TokenAnswer read = new TokenAnswer(destination, answer.members());
        if (!answer.isSuccess()) {
            throw new RelayException(Reason.REFUSED, destination.id(), "the issuer answers with " + read.error());
        }
        if (destination.credential() instanceof Destination.Exchanged exchanged) {
            read.requireIssuedType(exchanged.request());
        }
        read.require("Bearer".equalsIgnoreCase(read.text("token_type")), "token_type is not Bearer");
        return new Issued(read.token(), read.seconds());
    }

    private String error() {
        String error = text("error");
        return ERRORS.contains(error) ? error : "an error";
    }

    private void requireIssuedType(TokenRequest request) throws RelayException {
        require(
                request.type().uri().equals(text("issued_token_type")),
                "issued_token_type is not the type that was asked for");
    }

    /** RFC 6750 §2.1. */
    private String token() throws RelayException {
        String token = text("access_token");
        require(
                !token.isEmpty() && token.chars().allMatch(TokenAnswer::isTokenCharacter),
                "access_token is missing or malformed");
        require(token.length() <= LONGEST_TOKEN, "access_token has more than " + LONGEST_TOKEN + " characters");
        return token;
    }

    private static boolean isTokenCharacter(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "-._~+/=".indexOf(c) >= 0;
    }

    /** RFC 6749 §5.1: recommended. Without it, the token serves the requests that wait for it. */
    private long seconds() throws RelayException {
        Object stated = members.get("expires_in");
        if (stated == null) {
            return 0;
        }
        require(stated instanceof Long seconds && seconds > 0, "expires_in is not a positive number");
        return Math.min(LONGEST_LIFE, (Long) stated);
    }

    private String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    private void require(boolean isMet, String otherwise) throws RelayException {
        if (!isMet) {
            throw new RelayException(Reason.UNUSABLE_ANSWER, destination.id(), otherwise);
        }
    }
}
