package io.tokenguard.internal.issuers;

import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.token.HeaderPolicy;
import java.util.stream.Stream;

/**
 * How the access tokens of one issuer are validated.
 *
 * @param header the rules for headers
 * @param claims the rules for claims
 * @param lifetime how long tokens live
 * @param areIntrospected whether the issuer is asked about each token, whose answer may complete it
 * @param origin how they are configured, for the operator
 */
public record TokenRules(
        HeaderPolicy header, ClaimsValidator claims, LifetimeCheck lifetime, boolean areIntrospected, Origin origin) {
    /**
     * How the rules of an issuer are configured.
     *
     * @param dialect the name of the dialect in force
     * @param keyPrefix what the keys of its settings begin with, such as {@code tokenguard.issuers.main.}
     * @param keys the setting that names its keys: a property without its prefix, such as {@code jwks-uri}, or a method
     */
    public record Origin(String dialect, String keyPrefix, String keys) {
        private static final String ALL = "tokenguard.";
        private static final String ADDRESS = "jwks-uri";

        /**
         * The settings of this issuer for those of an issuer whose keys are loaded from an address.
         *
         * @param key the full key, without the issuer's name
         */
        public Stream<String> settings(String key) {
            String name = key.substring(ALL.length());
            if (keys.equals(ADDRESS)) {
                return Stream.of(keyPrefix + name);
            } else if (name.equals(ADDRESS)) {
                return Stream.of(isProperty() ? keyPrefix + keys : keys);
            }
            return name.startsWith("jwks.") ? Stream.of() : Stream.of(keyPrefix + name);
        }

        private boolean isProperty() {
            return keys.indexOf('.') < 0;
        }
    }
}
