package io.tokenguard.internal.possession;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Envoy's {@code X-Forwarded-Client-Cert}: elements separated by commas, each of pairs separated by semicolons. Each
 * proxy on the way adds an element, and only the one that terminated the client's TLS connection knows which one is the
 * client's: several elements are refused. A value may be in double quotes, with a backslash before each quote inside.
 */
final class ForwardedClientCert {
    private static final String KEY = "Cert=";

    private ForwardedClientCert() {}

    /**
     * The certificate, still URL-encoded.
     *
     * @throws IllegalArgumentException if there is none, or the field is malformed
     * @throws RefusedException if there is more than one element, or more than one certificate in it
     */
    static String certificate(String field) throws RefusedException {
        List<String> certificates = new ArrayList<>();
        for (String pair : pairs(field)) {
            if (pair.regionMatches(true, 0, KEY, 0, KEY.length())) {
                certificates.add(unquoted(pair.substring(KEY.length())));
            }
        }
        if (certificates.size() > 1) {
            throw ambiguous();
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        return certificates.get(0);
    }

    private static List<String> pairs(String field) throws RefusedException {
        List<String> pairs = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (isQuoted && c == '\\') {
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && c == ',') {
                throw ambiguous();
            } else if (!isQuoted && c == ';') {
                pairs.add(field.substring(start, i));
                start = i + 1;
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException("open quotes");
        }
        pairs.add(field.substring(start));
        return pairs;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static RefusedException ambiguous() {
        return new RefusedException(RefusalReason.BINDING_AMBIGUOUS, "several elements");
    }
}
