package io.tokenguard.internal.request;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.List;

/**
 * Finds the one access token in the credentials of a request (RFC 6750 §2.1, RFC 9449 §7.1). The query (§2.3) and the form
 * (§2.2) are never read.
 */
public final class CredentialExtractor {
    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";
    private static final int MOST_SPACES = 8;
    private static final boolean[] SCHEME_CHARACTERS = AsciiTable.alphanumericAnd("!#$%&'*+-.^_`|~");

    private CredentialExtractor() {}

    /**
     * Finds the token without parsing it.
     *
     * @param fields the Authorization fields
     * @param knowsDpop whether the scheme DPoP is accepted too (RFC 9449 §7.1)
     * @throws RefusedException if there is none, more than one, or nothing separates the token from the scheme
     */
    public static PresentedCredentials extract(List<String> fields, boolean knowsDpop) throws RefusedException {
        return extract(new SentCredentials(fields, CredentialPlace.AUTHORIZATION), knowsDpop);
    }

    /**
     * Finds the token, and leaves it unread.
     *
     * @param sent what the request sent
     * @param knowsDpop whether tokens are looked for under the scheme DPoP too (RFC 9449 §7.1)
     * @throws RefusedException if there is none, more than one, or nothing separates the token from the scheme
     */
    public static PresentedCredentials extract(SentCredentials sent, boolean knowsDpop) throws RefusedException {
        if (sent.fields().size() > 1) {
            throw new RefusedException(RefusalReason.MULTIPLE_CREDENTIALS, "", () -> several(sent));
        }
        if (sent.place() == CredentialPlace.COOKIE) {
            return CookieValue.read(sent.fields().get(0));
        }
        String field = sent.fields().isEmpty() ? "" : sent.fields().get(0);
        if (startsWith(BEARER, field)) {
            return new PresentedCredentials.Bearer(field, startOfToken(field, BEARER.length()));
        }
        if (knowsDpop && startsWith(DPOP, field)) {
            return new PresentedCredentials.Dpop(field, startOfToken(field, DPOP.length()));
        }
        if (sent.place() == CredentialPlace.PROXY_FIELD) {
            return new PresentedCredentials.Bearer(field, 0);
        }
        throw new RefusedException(RefusalReason.NO_CREDENTIALS, "", () -> missing(field, knowsDpop));
    }

    private static Finding several(SentCredentials sent) {
        return sent.place() == CredentialPlace.COOKIE
                ? Finding.of(sent.fields().size() + " credentials, of which one is a cookie", "one cookie with a token")
                        .hint("let the client send no Authorization field with the cookie; if the cookie is sent twice,"
                                + " another host or path of the site has set it, too")
                : Finding.of(sent.fields().size() + " fields with credentials", "one field with credentials");
    }

    /** The scheme is shown if it is a known one: any other text may be a token that was sent without a scheme. */
    private static Finding missing(String field, boolean knowsDpop) {
        String expected = knowsDpop ? "Authorization: Bearer TOKEN, or DPoP TOKEN" : "Authorization: Bearer TOKEN";
        if (field.isEmpty()) {
            return Finding.of("no Authorization field", expected);
        }
        if (startsWith(DPOP, field)) {
            return Finding.of("scheme DPoP, which is off", expected).by("tokenguard.dpop.mode");
        }
        return Finding.of(startsWith("Basic", field) ? "scheme Basic" : "another scheme, or none", expected);
    }

    /** Whether a field is under a scheme of access tokens. */
    static boolean namesToken(String field) {
        return startsWith(BEARER, field) || startsWith(DPOP, field);
    }

    /** Whether the one field is under the scheme DPoP, well formed or not. */
    static boolean namesDpop(List<String> fields) {
        return fields.size() == 1 && startsWith(DPOP, fields.get(0));
    }

    /** RFC 9110 §11.1: the scheme is case-insensitive. Any character after it except a letter or digit ends it. */
    private static boolean startsWith(String scheme, String field) {
        if (field.length() < scheme.length()) {
            return false;
        }
        for (int i = 0; i < scheme.length(); i++) {
            // One bit apart, so that no locale and no letter beyond ASCII is folded into an ASCII letter.
            if ((field.charAt(i) | 0x20) != (scheme.charAt(i) | 0x20)) {
                return false;
            }
        }
        return field.length() == scheme.length() || !AsciiTable.has(SCHEME_CHARACTERS, field.charAt(scheme.length()));
    }

    private static int startOfToken(String field, int schemeLength) throws RefusedException {
        int start = schemeLength;
        // A further space counts as part of the token, and makes it malformed.
        int latest = Math.min(start + MOST_SPACES, field.length());
        while (start < latest && field.charAt(start) == ' ') {
            start++;
        }
        if (start == schemeLength) {
            throw new RefusedException(RefusalReason.CREDENTIAL_SYNTAX);
        }
        return start;
    }
}
