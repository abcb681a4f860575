package io.tokenguard.spring.test;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.access.GuardHealth.KeyHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * An accepted access token of a MockMvc request, without a signature and without a network.
 *
 * <p>{@code mockMvc.perform(get("/orders").with(accessToken().scope("orders:read")))}. The guard decides as for a token that it has
 * validated earlier in the same request: routes, annotations and revocations count; signature, issuer, audience, lifetime and
 * proofs are not checked. By default the issuer is the guard's first, the subject {@code alice}, the client {@code test-client},
 * issued now for five minutes, without scopes and roles. Each method returns a changed copy. Immutable and thread-safe.
 *
 * <p>Has an effect on {@code MockHttpServletRequest} only. No server has such requests.
 */
@SuppressWarnings("exports") // users need no nullness annotations to compile
public final class MockAccessToken implements RequestPostProcessor {
    private static final String NO_ISSUER = "https://issuer.example.com";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String ISSUER = "iss";
    private static final String SUBJECT = "sub";
    private static final String CLIENT = "client_id";

    private final Map<String, @Nullable Object> claims;
    private final UnaryOperator<AccessToken.Builder> changes;

    private MockAccessToken(Map<String, @Nullable Object> claims, UnaryOperator<AccessToken.Builder> changes) {
        this.claims = claims;
        this.changes = changes;
    }

    /** A token with everything as by default. */
    public static MockAccessToken accessToken() {
        return new MockAccessToken(Map.of(SUBJECT, "alice", CLIENT, "test-client"), token -> token);
    }

    private MockAccessToken with(UnaryOperator<AccessToken.Builder> change) {
        return new MockAccessToken(claims, token -> change.apply(changes.apply(token)));
    }

    /** Sets the scopes, and the claim that states them; they replace those of an earlier call. */
    public MockAccessToken scope(String... granted) {
        return claim("scope", String.join(" ", granted)).with(token -> token.scopes(Set.of(granted)));
    }

    /** Sets the roles, which no claim states; they replace those of an earlier call. */
    public MockAccessToken role(String... stated) {
        return with(token -> token.roles(Set.of(stated)));
    }

    /** Sets the subject, and the claim {@code sub}. */
    public MockAccessToken subject(String name) {
        return claim(SUBJECT, name);
    }

    /** Sets the client, and the claim {@code client_id}. */
    public MockAccessToken clientId(String id) {
        return claim(CLIENT, id);
    }

    /** Sets the issuer, and the claim {@code iss}. */
    public MockAccessToken issuer(String identifier) {
        return claim(ISSUER, identifier);
    }

    /** Removes the subject: the client acts for itself. */
    public MockAccessToken withoutSubject() {
        Map<String, @Nullable Object> fewer = new LinkedHashMap<>(claims);
        fewer.remove(SUBJECT);
        return new MockAccessToken(fewer, changes);
    }

    /**
     * Sets a claim. Scopes and roles are not read from it: see {@link #scope} and {@link #role}.
     *
     * @param value of a type that {@link AccessToken#claims} has, such as {@link String}, {@link Long} or {@link List}; deeply
     *     immutable
     */
    public MockAccessToken claim(String name, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(claims);
        more.put(name, value);
        return new MockAccessToken(more, changes);
    }

    /** Sets what the sender is to have proven, as {@code @RequiresProof} demands it. */
    public MockAccessToken provenBy(Binding binding) {
        Confirmation proven = binding == Binding.DPOP
                ? new Confirmation.DpopKey("key-of-the-test")
                : new Confirmation.Certificate("certificate-of-the-test");
        return with(token -> token.confirmation(proven));
    }

    /**
     * Adds the token to a request of MockMvc.
     *
     * @throws IllegalStateException if the application has no {@link TokenGuard}
     */
    @Override
    public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
        TokenGuard guard = guardOf(request);
        request.setAttribute(TokenGuard.class.getName(), guard);
        request.setAttribute(AccessToken.class.getName(), acceptedBy(guard));
        return request;
    }

    private static TokenGuard guardOf(MockHttpServletRequest request) {
        WebApplicationContext context =
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext());
        TokenGuard guard = context == null
                ? null
                : context.getBeanProvider(TokenGuard.class).getIfAvailable();
        if (guard == null) {
            throw new IllegalStateException(
                    "The application context of this MockMvc has no TokenGuard. Use @SpringBootTest with"
                            + " @AutoConfigureMockMvc, or @WebMvcTest, and set tokenguard.issuer-uri and tokenguard.audiences");
        }
        return guard;
    }

    private AccessToken acceptedBy(TokenGuard guard) {
        Instant now = Instant.now();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put(ISSUER, firstIssuer(guard));
        all.put("iat", now.getEpochSecond());
        all.put("exp", now.plus(LIFETIME).getEpochSecond());
        all.putAll(claims);
        AccessToken.Builder token = AccessToken.builder(String.valueOf(all.get(ISSUER)))
                .expiresAt(now.plus(LIFETIME))
                .claims(Collections.unmodifiableMap(all));
        if (all.get(CLIENT) instanceof String client) {
            token.clientId(client);
        }
        if (all.get(SUBJECT) instanceof String subject) {
            token.subject(subject);
        }
        return changes.apply(token).build();
    }

    private static String firstIssuer(TokenGuard guard) {
        List<KeyHealth> issuers = guard.health().issuers();
        return issuers.isEmpty() ? NO_ISSUER : issuers.get(0).issuer();
    }
}
