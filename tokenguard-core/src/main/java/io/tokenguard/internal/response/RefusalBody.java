package io.tokenguard.internal.response;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.OAuthError;

/** The form of the body of refusals. Every text is a constant. */
public enum RefusalBody {
    /** The OAuth error code, where there is one (RFC 6749 §5.2). */
    OAUTH_ERROR("application/json") {
        @Override
        String of(RefusalReason reason) {
            return reason.error() == OAuthError.NONE ? "" : "{" + error(reason) + "}";
        }
    },
    /** Problem details (RFC 9457), for every refusal: the status, its phrase, and the OAuth error code where there is one. */
    PROBLEM_DETAILS("application/problem+json") {
        @Override
        String of(RefusalReason reason) {
            String error = reason.error() == OAuthError.NONE ? "" : "," + error(reason);
            return "{\"type\":\"about:blank\",\"title\":\"" + phrase(reason.status()) + "\",\"status\":"
                    + reason.status() + error + "}";
        }
    };

    private final String mediaType;

    RefusalBody(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The body; empty if there is none. */
    abstract String of(RefusalReason reason);

    private static String error(RefusalReason reason) {
        return "\"error\":\"" + reason.error().code() + "\"";
    }

    /** RFC 9110 §15; RFC 9457 §4.2.1: the title of {@code about:blank} is the phrase of the status. */
    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalArgumentException("no phrase for status " + status);
        };
    }
}
