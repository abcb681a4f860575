package io.tokenguard.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The introspection endpoint of a {@link TestIssuer} (RFC 7662). Knows the tokens that were created or registered here, and
 * those of the token endpoint; all others are inactive. Answers are signed if the client accepts only signed ones (RFC 9701). Needs no client authentication.
 *
 * <p>Safe for use by any thread.
 */
@SuppressWarnings("exports") // users need no nullness annotations to compile
public final class TestIntrospection {
    private static final String SIGNED = "application/token-introspection+jwt";

    private final Map<String, Map<String, @Nullable Object>> answers = new ConcurrentHashMap<>();
    private final Supplier<TokenBuilder> builders;
    private final IssuedTokens issued;

    TestIntrospection(Supplier<TokenBuilder> builders, IssuedTokens issued) {
        this.builders = builders;
        this.issued = issued;
    }

    /** A new, active opaque token with the claims of {@link TestIssuer#token}. */
    public String opaque() {
        return opaque(builders.get());
    }

    /**
     * A new opaque token.
     *
     * @param token its claims
     */
    public String opaque(TokenBuilder token) {
        return opaque("", token);
    }

    /**
     * A new opaque token.
     *
     * @param prefix the beginning of the token
     * @param token its claims
     */
    public String opaque(String prefix, TokenBuilder token) {
        String opaque = prefix + RandomText.next();
        answer(opaque, active(token));
        return opaque;
    }

    /** A new signed token, which is active too and has the same claims in its answer. */
    public String signed(TokenBuilder token) {
        String signed = token.sign();
        answer(signed, active(token));
        return signed;
    }

    /** The members of the answer about an active token with these claims, in a new map, to be altered. */
    public Map<String, @Nullable Object> active(TokenBuilder token) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("active", true);
        members.put("token_type", "Bearer");
        members.putAll(token.claims());
        return members;
    }

    /** Answers about a token with these members. */
    public void answer(String token, Map<String, ? extends @Nullable Object> members) {
        answers.put(token, new LinkedHashMap<>(members));
    }

    /** Makes a token inactive from now on. */
    public void revoke(String token) {
        answers.remove(token);
        issued.forget(token);
    }

    /** The signed answer about a token (RFC 9701 §5), for the API that tokens are for; to be altered before it is signed. */
    public TokenBuilder signedAnswer(String token) {
        return builders.get()
                .type("token-introspection+jwt")
                .withoutClaim("sub")
                .withoutClaim("client_id")
                .withoutClaim("exp")
                .withoutClaim("jti")
                .claim("token_introspection", known(token));
    }

    private Map<String, ? extends @Nullable Object> known(String token) {
        Map<String, @Nullable Object> members = answers.get(token);
        return members == null ? issued.introspected(token) : members;
    }

    HonestAnswer answer(RecordedRequest request) {
        String token = Form.of(request).value("token").orElse("");
        return request.header("Accept").filter(SIGNED::equals).isPresent()
                ? new HonestAnswer(
                        Map.of("Content-Type", SIGNED), signedAnswer(token).sign())
                : new HonestAnswer(Map.of("Content-Type", "application/json"), TestJson.write(known(token)));
    }
}
