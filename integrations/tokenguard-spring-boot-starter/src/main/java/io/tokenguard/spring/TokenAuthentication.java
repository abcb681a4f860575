package io.tokenguard.spring;

import io.tokenguard.access.AccessToken;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * An accepted token as Spring Security's authentication: the principal is the {@link AccessToken}, the name its subject or else its
 * client. Not serializable, so that no identity can be deserialized or kept in a session. Thread-safe.
 */
final class TokenAuthentication implements Authentication {
    /** Before each scope and each role: the prefixes that Spring Security uses itself. */
    private static final String SCOPE = "SCOPE_";

    private static final String ROLE = "ROLE_";
    private static final long serialVersionUID = 1L;

    private final transient AccessToken token;
    private final transient List<GrantedAuthority> authorities;
    private volatile boolean isAuthenticated = true;

    TokenAuthentication(AccessToken token) {
        this.token = token;
        List<GrantedAuthority> granted = new ArrayList<>();
        token.scopes().forEach(scope -> granted.add(new SimpleGrantedAuthority(SCOPE + scope)));
        token.roles().forEach(role -> granted.add(new SimpleGrantedAuthority(ROLE + role)));
        this.authorities = List.copyOf(granted);
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return authorities;
    }

    /** None: the token itself is not known here. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public @Nullable Object getDetails() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return token;
    }

    @Override
    public String getName() {
        return token.subject().or(token::clientId).orElse("");
    }

    @Override
    public boolean isAuthenticated() {
        return isAuthenticated;
    }

    /**
     * Ends the authentication.
     *
     * @throws IllegalArgumentException if it is to begin
     */
    @Override
    public void setAuthenticated(boolean isTrusted) {
        if (isTrusted) {
            throw new IllegalArgumentException("only TokenGuard authenticates a token");
        }
        isAuthenticated = false;
    }

    @SuppressWarnings("UnusedMethod") // called by serialization
    private void writeObject(ObjectOutputStream unused) throws NotSerializableException {
        throw new NotSerializableException(TokenAuthentication.class.getName());
    }

    /** Does not contain the identity, so that it can't reach a log by accident. */
    @Override
    public String toString() {
        return "TokenAuthentication[not shown]";
    }
}
