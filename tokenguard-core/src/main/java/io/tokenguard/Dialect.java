package io.tokenguard;

import java.util.List;
import java.util.Set;

/** The shape in which an issuer makes its access tokens: what has to be in them. */
public enum Dialect {
    /** RFC 9068 §2.2: {@code iss}, {@code exp}, {@code aud}, {@code sub}, {@code client_id}, {@code iat} and {@code jti}; roles (§2.2.3.1) in {@code roles}. */
    RFC9068("rfc9068"),
    /** Any JWT: {@code iss}, {@code exp} and {@code aud}. Gives up knowing the subject, the client and the identifier. */
    GENERIC("generic");

    private final String settingName;

    Dialect(String settingName) {
        this.settingName = settingName;
    }

    /** Its name in properties. */
    public String settingName() {
        return settingName;
    }

    /** The path to the roles, unless the issuer is configured otherwise; empty where none are read. */
    public List<String> rolesClaim() {
        return switch (this) {
            case RFC9068 -> List.of("roles");
            case GENERIC -> List.of();
        };
    }

    /** The claims that a token of this shape has. */
    public Set<String> requiredClaims() {
        return switch (this) {
            case RFC9068 -> Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");
            case GENERIC -> Set.of("iss", "exp", "aud");
        };
    }
}
