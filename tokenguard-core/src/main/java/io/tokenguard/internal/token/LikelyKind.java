package io.tokenguard.internal.token;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Guesses by its claims what a token is if it is no access token. For hints to the operator only. */
public enum LikelyKind {
    /** OpenID Connect Core §2. */
    ID("an ID token"),
    /** RFC 6749 §1.5; Keycloak's offline tokens too. */
    REFRESH("a refresh token"),
    /** OpenID Connect Back-Channel Logout §2.4. */
    LOGOUT("a logout token");

    /** Where servers state the kind; Keycloak in {@code typ}, ForgeRock in {@code tokenName}, Descope in {@code drn}. */
    private static final List<String> STATED_IN =
            List.of("typ", "token_use", "token_usage", "token_type", "tokenType", "tok_type", "tokenName", "purpose");

    private static final Set<String> ID_WORDS = Set.of("id", "idtoken", "id_token", "id-token", "id token");
    private static final List<String> HASHES = List.of("at_hash", "c_hash", "s_hash");
    private static final Set<String> OF_LOGIN = Set.of("nonce", "auth_time", "amr", "acr", "sid");

    /** Claims that ID tokens do not have. */
    private static final Set<String> OF_ACCESS_TOKENS =
            Set.of("scope", "scp", "client_id", "cid", "appid", "permissions", "gty");

    private final String words;

    LikelyKind(String words) {
        this.words = words;
    }

    /** What to do about such a token. */
    public String hint() {
        return "this looks like " + words + ": send the access token";
    }

    /** The kind that the token states, or that only such tokens have the claims of; empty if it may be an access token. */
    public static Optional<LikelyKind> stated(Map<String, @Nullable Object> claims) {
        Optional<LikelyKind> stated = STATED_IN.stream()
                .map(claims::get)
                .flatMap(LikelyKind::named)
                .findFirst()
                .or(() -> "DSR".equals(claims.get("drn")) ? Optional.of(REFRESH) : Optional.empty());
        if (stated.isPresent()) {
            return stated;
        } else if (claims.get("events") instanceof Map<?, ?> events
                && events.containsKey("http://schemas.openid.net/event/backchannel-logout")) {
            return Optional.of(LOGOUT);
        }
        return HASHES.stream().anyMatch(claims::containsKey) ? Optional.of(ID) : Optional.empty();
    }

    /**
     * The kind, also if only the lack of each claim of access tokens shows it. Not for tokens that a dialect of their server
     * accepts.
     */
    public static Optional<LikelyKind> of(Map<String, @Nullable Object> claims) {
        return stated(claims).or(() -> isLikeIdToken(claims) ? Optional.of(ID) : Optional.empty());
    }

    private static boolean isLikeIdToken(Map<String, @Nullable Object> claims) {
        boolean isOfLogin = OF_LOGIN.stream().anyMatch(claims::containsKey) || isForItsClient(claims);
        return isOfLogin
                && !LikelyDialect.isAccessToken(claims)
                && OF_ACCESS_TOKENS.stream().noneMatch(claims::containsKey);
    }

    /** The audience of an ID token is the client (OpenID Connect Core §2). */
    private static boolean isForItsClient(Map<String, @Nullable Object> claims) {
        @Nullable Object client = claims.get("azp");
        @Nullable Object audience = claims.get("aud");
        return client != null && (client.equals(audience) || (audience instanceof List<?> all && all.contains(client)));
    }

    private static Stream<LikelyKind> named(@Nullable Object kind) {
        String word = kind instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
        if (ID_WORDS.contains(word)) {
            return Stream.of(ID);
        } else if (word.startsWith("refresh") || word.startsWith("offline")) {
            return Stream.of(REFRESH);
        }
        return word.startsWith("logout") ? Stream.of(LOGOUT) : Stream.empty();
    }
}
