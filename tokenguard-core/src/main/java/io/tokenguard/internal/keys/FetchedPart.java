package io.tokenguard.internal.keys;

import java.util.List;

/** What is fetched from an issuer, so that advice names the settings of its address. */
public enum FetchedPart {
    /** A key set, or the metadata that lead to it. */
    KEYS,
    /** The answer about a token (RFC 7662). */
    INTROSPECTION,
    /** The same over a connection with the client certificate of the client authentication (RFC 8705 §2). */
    INTROSPECTION_BY_CERTIFICATE,
    /** A status list: its address is in tokens. */
    STATUS_LIST;

    /** The settings of its address, without the prefix of the issuer; empty if none sets it. */
    List<String> addressSettings() {
        return switch (this) {
            case KEYS -> List.of("jwks-uri", "metadata-uri");
            case INTROSPECTION, INTROSPECTION_BY_CERTIFICATE -> List.of("introspection.uri");
            case STATUS_LIST -> List.of();
        };
    }

    boolean isIntrospection() {
        return this == INTROSPECTION || this == INTROSPECTION_BY_CERTIFICATE;
    }
}
