package io.tokenguard.internal.audit;

import io.tokenguard.access.RefusalReason;
import java.util.List;

/** The guide to refusals of tokens: form, header, key, signature, claims and lifetime. */
final class TokenRemedies {
    private TokenRemedies() {}

    static RefusalGuide ofToken(RefusalReason reason) {
        return switch (reason) {
            case TOKEN_TOO_LARGE ->
                new RefusalGuide(
                        "a longer token or header",
                        "a token within the limit",
                        List.of("tokenguard.max-token-length"),
                        "Ask the issuer for smaller tokens, such as without group lists. If that is impossible,"
                                + " raise tokenguard.max-token-length; the header limit of the server counts too.");
            case TOKEN_MALFORMED ->
                new RefusalGuide(
                        "a text that is not a signed JWT",
                        "three base64url parts, with strict JSON objects as header and payload",
                        List.of("tokenguard.introspection.uri"),
                        "Send the access token as the issuer returned it. If the issuer issues opaque tokens,"
                                + " set tokenguard.introspection.uri.");
            case TOKEN_ENCRYPTED ->
                new RefusalGuide(
                        "an encrypted token with five parts",
                        "a signed token with three parts",
                        List.of("tokenguard.decryption-key-file", "tokenguard.introspection.uri"),
                        "Let the issuer sign access tokens without encrypting them, or set the private key in"
                                + " tokenguard.decryption-key-file.");
            case DECRYPTION_FAILED ->
                new RefusalGuide(
                        "an encrypted token that can't be decrypted",
                        "a token encrypted for a key of this API, by RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW",
                        List.of("tokenguard.decryption-key-file"),
                        "Compare the key that the issuer encrypts for with tokenguard.decryption-key-file. The rule that"
                                + " the token breaks is in detail.");
            case HEADER_REJECTED ->
                new RefusalGuide(
                        "a header parameter that is missing, malformed or not accepted",
                        "alg and kid in their form, no crit, and b64 only if true",
                        List.of(),
                        "The parameter is in detail. Change the token settings of the issuer.");
            case ALGORITHM_NOT_ALLOWED ->
                new RefusalGuide(
                        "another algorithm",
                        "an algorithm agreed with the issuer",
                        List.of("tokenguard.algorithms"),
                        "Let the issuer sign with an accepted algorithm, or add its algorithm to"
                                + " tokenguard.algorithms. none is never accepted, HMAC only with"
                                + " tokenguard.hmac-secret-file.");
            case ISSUER_UNKNOWN ->
                new RefusalGuide(
                        "another issuer",
                        "a trusted issuer, to the letter",
                        List.of("tokenguard.issuer-uri"),
                        "Set tokenguard.issuer-uri to iss of the token, to the letter, if you trust that issuer.");
            case TOO_MANY_BAD_TOKENS ->
                new RefusalGuide(
                        "a token of a network that sent many bad tokens",
                        "fewer bad tokens from this network",
                        List.of(
                                "tokenguard.brake.mode",
                                "tokenguard.brake.max-failures",
                                "tokenguard.brake.new-tokens",
                                "tokenguard.trusted-proxies"),
                        "Look for the earlier refusals of the same client_address. If that is the address of your own proxy,"
                                + " set tokenguard.trusted-proxies. If many good clients share the network, raise"
                                + " tokenguard.brake.max-failures.");
            case TYPE_MISMATCH ->
                new RefusalGuide(
                        "another type",
                        "a type of access tokens",
                        List.of("tokenguard.token-types", "tokenguard.dialect"),
                        "Follow the hint, if there is one. If not, and the issuer cannot be changed to send"
                                + " at+jwt, set tokenguard.dialect to its product, or tokenguard.token-types to its type."
                                + " Check that the client sends its access token, not its ID token.");
            case KEY_UNKNOWN ->
                new RefusalGuide(
                        "a key ID that the issuer does not publish",
                        "a published key",
                        List.of("tokenguard.jwks-uri", "tokenguard.issuer-uri"),
                        "Compare the key set at the jwks_uri with kid. The token may come from another realm,"
                                + " environment or tenant.");
            case KEY_AMBIGUOUS ->
                new RefusalGuide(
                        "more than one key that fits",
                        "exactly one key",
                        List.of("tokenguard.jwks-uri"),
                        "Let the issuer put kid or x5t#S256 into tokens, and publish each kid and alg once.");
            case KEY_UNUSABLE ->
                new RefusalGuide(
                        "a key that is not meant for the algorithm of the token",
                        "a key whose kty, use and alg fit",
                        List.of("tokenguard.jwks-uri"),
                        "Compare alg of the token with kty, use, key_ops and alg of the key in the key set.");
            case KEY_REFUSED ->
                new RefusalGuide(
                        "a key that breaks a rule for keys, or is banned",
                        "a strong public key that was not banned",
                        List.of("tokenguard.jwks-uri"),
                        "The rule is in detail. Let the issuer replace the key. A banned key stays banned.");
            case KEYS_UNAVAILABLE ->
                new RefusalGuide(
                        "no keys",
                        "keys of the issuer",
                        List.of("tokenguard.jwks-uri", "tokenguard.jwks.outage-ttl"),
                        "Make the issuer reachable: proxy, DNS, certificates, firewall. The logger"
                                + " io.tokenguard.internal.keys.KeyAlarm has the cause.");
            case SIGNATURE_INVALID ->
                new RefusalGuide(
                        "a signature of something else, or of another key",
                        "the signature of the named key over header and payload",
                        List.of("tokenguard.jwks-uri"),
                        "The token was changed on its way, or the issuer reuses a kid for another key. If the"
                                + " latter, let it publish a new kid.");
            default -> RefusalGuide.NONE;
        };
    }

    static RefusalGuide ofClaims(RefusalReason reason) {
        return switch (reason) {
            case CLAIMS_MALFORMED ->
                new RefusalGuide(
                        "a claim of the wrong form",
                        "the form of RFC 7519",
                        List.of(),
                        "The claim is in detail. Change the claim mapping of the issuer.");
            case NOT_AN_ACCESS_TOKEN ->
                new RefusalGuide(
                        "claims of another kind of token",
                        "an access token",
                        List.of("tokenguard.dialect", "tokenguard.marker", "tokenguard.accept-id-tokens"),
                        "Check that the client sends its access token, not its ID or refresh token. Follow the"
                                + " hint, if there is one.");
            case ISSUER_MISMATCH ->
                new RefusalGuide(
                        "another issuer",
                        "the issuer that was asked",
                        List.of("tokenguard.issuer-uri"),
                        "Let the introspection endpoint answer with the issuer that is configured.");
            case CLAIM_MISSING ->
                new RefusalGuide(
                        "no such claim",
                        "the claim that detail names",
                        List.of("tokenguard.dialect", "tokenguard.required-claims"),
                        "Follow the hint, if there is one. If not, let the issuer add the claim, or set"
                                + " tokenguard.dialect to its product.");
            case AUDIENCE_MISMATCH ->
                new RefusalGuide(
                        "other audiences",
                        "an audience of this API",
                        List.of("tokenguard.audiences"),
                        "Let the issuer name this API in aud (Keycloak: an audience mapper; Entra: the"
                                + " application ID URI; Auth0: the API identifier). Or set tokenguard.audiences to the"
                                + " name that the issuer uses for this API. Never add the audience of another API.");
            case EXPIRED ->
                new RefusalGuide(
                        "a token whose time is over",
                        "a token before its expiry",
                        List.of("tokenguard.clock-skew"),
                        "Let the client get a new token before the old one expires. If fresh tokens expire at"
                                + " once, compare the clocks of issuer and API.");
            case NOT_YET_VALID ->
                new RefusalGuide(
                        "a token whose time has not come",
                        "a token after its start",
                        List.of("tokenguard.clock-skew"),
                        "Compare the clocks of issuer and API.");
            case ISSUED_IN_FUTURE ->
                new RefusalGuide(
                        "a token that was issued in the future",
                        "a token that was issued before now",
                        List.of("tokenguard.clock-skew"),
                        "Compare the clocks of issuer and API.");
            case MAX_AGE_EXCEEDED ->
                new RefusalGuide(
                        "an older token",
                        "a token within the greatest age",
                        List.of("tokenguard.max-token-age", "tokenguard.clock-skew"),
                        "Let the client get a new token, or raise tokenguard.max-token-age.");
            case LIFETIME_TOO_LONG ->
                new RefusalGuide(
                        "a longer lifetime",
                        "a lifetime within the limit",
                        List.of("tokenguard.max-token-lifetime"),
                        "Let the issuer issue tokens with a shorter lifetime, or raise"
                                + " tokenguard.max-token-lifetime.");
            default -> RefusalGuide.NONE;
        };
    }
}
