package io.tokenguard.internal.writes;

import io.tokenguard.access.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which header fields of an answer are stored.
 *
 * @param stored their names, in lower case
 */
record AnswerFields(Set<String> stored) {
    private static final int LONGEST = 8_192;
    private static final Set<String> USUAL = Set.of(
            "content-type",
            "content-language",
            "content-encoding",
            "content-disposition",
            "content-location",
            "location",
            "etag",
            "last-modified",
            "link",
            "vary",
            "preference-applied",
            "cache-control",
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options");

    /** Credentials, fields of one connection (RFC 9110 §7.6.1), and fields that the sender of this answer computes. */
    private static final Set<String> NEVER = Set.of(
            "set-cookie",
            "set-cookie2",
            "cookie",
            "authorization",
            "proxy-authorization",
            "www-authenticate",
            "proxy-authenticate",
            "authentication-info",
            "proxy-authentication-info",
            "authentication-control",
            "optional-www-authenticate",
            "dpop",
            "dpop-nonce",
            "clear-site-data",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "date",
            "age",
            "server");

    static AnswerFields and(List<String> further) {
        return new AnswerFields(Stream.concat(USUAL.stream(), further.stream().map(AnswerFields::lower))
                .collect(Collectors.toUnmodifiableSet()));
    }

    static void requireStorable(String name) {
        if (NEVER.contains(lower(name)) || lower(name).startsWith("access-control-")) {
            throw ConfigurationException.of(
                    "tokenguard.idempotency.fields",
                    name,
                    "name header fields that hold for every repetition of an answer; cookies, credentials, and fields of a"
                            + " connection are never stored");
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The fields to store. Values that are very long or contain control characters are left out. */
    Map<String, List<String>> of(Map<String, List<String>> fields) {
        Map<String, List<String>> kept = new HashMap<>();
        fields.forEach((name, values) -> {
            if (stored.contains(lower(name)) && values.stream().allMatch(AnswerFields::isPlain)) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    private static boolean isPlain(String value) {
        return value.length() <= LONGEST && value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
    }
}
