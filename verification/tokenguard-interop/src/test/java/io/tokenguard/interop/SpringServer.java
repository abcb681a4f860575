package io.tokenguard.interop;

import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;

/** Spring Authorization Server on loopback, with its defaults and one client, which may have tokens for itself. */
final class SpringServer implements AutoCloseable {
    static final String CLIENT = "orders-client";
    static final String SECRET = "a-secret-for-tests-only";
    static final String SCOPE = "orders:read";

    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
    private final SigningKeys keys = new SigningKeys();
    private final NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
    private final LoopbackServer server;

    private final OAuth2TokenFormat format;

    private SpringServer(Optional<AccessTokenProfile> profile, OAuth2TokenFormat format) throws Exception {
        this.format = format;
        keys.rotate();
        encoder.setJwkSelector(found -> found.get(0));
        profile.ifPresent(chosen -> spring.registerBean(AccessTokenProfile.class, () -> chosen));
        server = LoopbackServer.start(this::deploy);
    }

    /** A server whose tokens are left as they are by default. */
    static SpringServer start() throws Exception {
        return new SpringServer(Optional.empty(), OAuth2TokenFormat.SELF_CONTAINED);
    }

    static SpringServer start(AccessTokenProfile profile) throws Exception {
        return new SpringServer(Optional.of(profile), OAuth2TokenFormat.SELF_CONTAINED);
    }

    /** A server whose tokens nobody else can read. */
    static SpringServer startOpaque() throws Exception {
        return new SpringServer(Optional.empty(), OAuth2TokenFormat.REFERENCE);
    }

    private void deploy(ServletContextHandler context, URI address) {
        spring.registerBean(SigningKeys.class, () -> keys);
        spring.registerBean(JwtEncoder.class, () -> encoder);
        spring.registerBean(RegisteredClientRepository.class, () -> new InMemoryRegisteredClientRepository(client()));
        spring.registerBean(
                AuthorizationServerSettings.class,
                () -> AuthorizationServerSettings.builder()
                        .issuer(address.toString())
                        .build());
        spring.register(SpringSecurity.class);
        spring.refresh();
        Filter chain = spring.getBean("springSecurityFilterChain", Filter.class);
        context.addFilter(new FilterHolder(chain), "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private RegisteredClient client() {
        return RegisteredClient.withId("1")
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(SCOPE)
                .tokenSettings(TokenSettings.builder().accessTokenFormat(format).build())
                .build();
    }

    String issuer() {
        return server.address().toString();
    }

    URI tokenEndpoint() {
        return server.address().resolve("/oauth2/token");
    }

    URI revocationEndpoint() {
        return server.address().resolve("/oauth2/revoke");
    }

    /** What the server gives a client to tell it of a user, by the generator that the server itself uses. */
    BearerAccessToken idToken() {
        Jwt token = new JwtGenerator(encoder)
                .generate(DefaultOAuth2TokenContext.builder()
                        .registeredClient(client())
                        .principal(new TestingAuthenticationToken("alice", "unused"))
                        .authorizationServerContext(new Issuing(issuer()))
                        .tokenType(new OAuth2TokenType(OidcParameterNames.ID_TOKEN))
                        .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                        .build());
        return new BearerAccessToken(token.getTokenValue());
    }

    SigningKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        server.close();
        spring.close();
    }

    private record Issuing(String getIssuer) implements AuthorizationServerContext {
        @Override
        public AuthorizationServerSettings getAuthorizationServerSettings() {
            return AuthorizationServerSettings.builder().issuer(getIssuer).build();
        }
    }
}
