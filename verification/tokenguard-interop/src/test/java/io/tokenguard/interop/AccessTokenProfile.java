package io.tokenguard.interop;

import java.util.List;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Adds to access tokens what RFC 9068 §2 asks for and the server leaves out. */
record AccessTokenProfile(String audience) implements OAuth2TokenCustomizer<JwtEncodingContext> {
    @Override
    public void customize(JwtEncodingContext token) {
        if (token.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)) {
            token.getJwsHeader().type("at+jwt");
            token.getClaims()
                    .audience(List.of(audience))
                    .claim("client_id", token.getRegisteredClient().getClientId());
        }
    }
}
