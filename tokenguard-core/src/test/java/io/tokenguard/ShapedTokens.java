package io.tokenguard;

import io.tokenguard.attacks.AttackBench;
import io.tokenguard.attacks.RawRequest;
import io.tokenguard.config.Dialect;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Gives tokens the claims that a dialect requires, and compares tokens with the printed settings of the dialect. */
final class ShapedTokens implements Consumer<TokenBuilder> {
    private static final Set<String> OWN = Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");
    private static final Set<String> CLIENTS = Set.of("client_id", "azp", "appid", "cid", "applicationId");
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");
    private static final String KINDS = "(?:typ|token_use|tty|tokenName)=.*";

    private final Map<String, String> settings;

    ShapedTokens(Dialect dialect) {
        this.settings = TrustedIssuer.settingsOf(dialect);
    }

    private List<String> list(String key) {
        String text = settings.getOrDefault("tokenguard." + key, "");
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(", ", -1));
    }

    @Override
    public void accept(TokenBuilder token) {
        list("required-claims").stream().filter(claim -> !OWN.contains(claim)).forEach(claim -> set(token, claim));
        list("marker").stream().limit(1).forEach(marker -> {
            for (String condition : marker.split(" and ", -1)) {
                set(token, condition);
            }
        });
        if (list("audience-claim").equals(List.of("azp"))) {
            token.claim("azp", AttackBench.AUDIENCE);
        }
    }

    private static void set(TokenBuilder token, String condition) {
        String[] parts = condition.split("=", 2);
        if (condition.startsWith("!")) {
            token.withoutClaim(condition.substring(1));
        } else if (parts.length == 2) {
            token.claim(parts[0], parts[1]);
        } else if (CLIENTS.contains(condition)) {
            token.claim(condition, "test-client");
        } else {
            token.claim(condition.replace("/https:~1~1", "https://").replace("~1", "/"), "x");
        }
    }

    /** Why the dialect does not accept the token of a request; empty if it does. Of its type and claims only. */
    List<String> offences(RawRequest request, Instant now) {
        String[] parts = request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Authorization"))
                .map(header -> header.value().substring("Bearer ".length()))
                .findFirst()
                .orElseThrow()
                .split("\\.", -1);
        List<String> offences = new ArrayList<>();
        Map<String, ?> header = read(parts[0]);
        String type = header.get("typ") instanceof String stated ? stated : "none";
        if (!list("token-types").stream().map(ShapedTokens::lower).toList().contains(lower(type))) {
            offences.add("type " + type);
        }
        Map<String, ?> claims = read(parts[1]);
        list("required-claims").stream()
                .filter(claim -> !claim.startsWith("/") && claims.get(claim) == null)
                .forEach(offences::add);
        if (!list("marker").isEmpty() && list("marker").stream().noneMatch(marker -> holds(marker, claims))) {
            offences.add("no marker");
        }
        boolean isProven = list("marker").stream().anyMatch(marker -> marker.matches(KINDS) && holds(marker, claims));
        boolean areIdTokens = settings.containsKey("tokenguard.accept-id-tokens");
        OF_ID_TOKENS.stream()
                .filter(claim -> claims.get(claim) != null && !isProven && !areIdTokens && !isAuthentik(claim))
                .forEach(offences::add);
        list("audience-claim").stream()
                .filter(claim -> claims.get(claim) != null)
                .findFirst()
                .filter(claim -> claims.get(claim).equals(AttackBench.AUDIENCE)
                        || (claims.get(claim) instanceof List<?> all && all.contains(AttackBench.AUDIENCE)))
                .ifPresentOrElse(claim -> {}, () -> offences.add("audience"));
        if (!(claims.get("exp") instanceof Number end) || end.longValue() + 30 <= now.getEpochSecond()) {
            offences.add("expiry");
        }
        return offences;
    }

    private boolean isAuthentik(String claim) {
        return claim.equals("nonce") && list("marker").equals(List.of("azp and uid"));
    }

    private static boolean holds(String marker, Map<String, ?> claims) {
        return Arrays.stream(marker.split(" and ", -1)).allMatch(condition -> {
            String[] parts = condition.split("=", 2);
            return condition.startsWith("!")
                    ? claims.get(condition.substring(1)) == null
                    : parts.length == 2 ? parts[1].equals("" + claims.get(parts[0])) : claims.get(condition) != null;
        });
    }

    private static String lower(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }

    private static Map<String, ?> read(String part) {
        try {
            return JsonReader.readObject(Base64.getUrlDecoder().decode(part), JsonLimits.CLAIMS);
        } catch (MalformedException malformed) {
            throw new AssertionError("accepted, but not JSON", malformed);
        }
    }
}
