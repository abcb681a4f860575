package io.tokenguard.internal.keys;

import java.util.List;

/** What is fetched from an issuer, so that advice names the settings of its address. */
public enum FetchedPart {
    /** A key set, or the metadata that lead to it. */
    KEYS("jwks-uri", "metadata-uri"),
    /** The answer about a token (RFC 7662). */
    INTROSPECTION("introspection.uri"),
    /** A status list: its address is in tokens. */
    STATUS_LIST();

    private final List<String> addressSettings;

    FetchedPart(String... addressSettings) {
        this.addressSettings = List.of(addressSettings);
    }

    /** The settings of its address, without the prefix of the issuer; empty if none sets it. */
    List<String> addressSettings() {
        return addressSettings;
    }
}
