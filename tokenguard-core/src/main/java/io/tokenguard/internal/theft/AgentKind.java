package io.tokenguard.internal.theft;

import io.tokenguard.access.IncomingRequest;

/** The kind of a client program: its {@code User-Agent} without version numbers, so that an update is no other program. */
final class AgentKind {
    private static final int LONGEST = 256;

    private AgentKind() {}

    static CharSequence of(IncomingRequest request) {
        StringBuilder kind = new StringBuilder();
        for (String value : request.headers().valuesOf("User-Agent")) {
            append(kind, value);
        }
        return kind;
    }

    private static void append(StringBuilder kind, String value) {
        int length = Math.min(LONGEST, value.length());
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            boolean isOfVersion = (c >= '0' && c <= '9') || c == '.' || c == '_';
            if (!isOfVersion) {
                kind.append(c);
            }
        }
    }
}
