package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service that this API calls, and the token that its requests get. Used by {@code tokenguard-downstream}. Immutable: each
 * method returns a new value; {@code toString} shows no secret.
 *
 * @param id its name in settings and messages: up to 64 letters, digits, {@code _} and {@code -}
 * @param address its origin and the beginning of its paths: {@code https://orders.internal/v2} is {@code /v2} and all below it.
 *     https, or http on this machine
 * @param credential the token of requests. Default: none
 * @see io.tokenguard.TokenGuardBuilder#destinations(Destination...)
 */
public record Destination(String id, URI address, Credential credential) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PATH = Pattern.compile("/?|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Checks the name and the address.
     *
     * @throws ConfigurationException if the name is malformed, or if the address has no host, or has user info, a query, a
     *     fragment, or a path that can be read in two ways
     */
    public Destination {
        if (!ID.matcher(id).matches()) {
            throw ConfigurationException.of(
                    "tokenguard.downstream.<id>", id, "name it by 1 to 64 letters, digits, _ and -");
        }
        String key = key(id, "uri");
        Bounds.withoutUserInfo(key, address.toString());
        boolean isPlain = address.getHost() != null
                && !address.getHost().endsWith(".")
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && PATH.matcher(address.getRawPath()).matches();
        if (!isPlain) {
            throw ConfigurationException.of(
                    key,
                    address,
                    "write an origin and a path, such as https://orders.internal/v2, with letters, digits and -._~ between"
                            + " single slashes, and no dot at the end of the host");
        }
    }

    private static String key(String id, String part) {
        return "tokenguard.downstream." + id + "." + part;
    }

    /** A service whose requests get no token. Within another destination, it excepts its paths from that. */
    public static Destination of(String id, URI address) {
        return new Destination(id, address, new Nothing());
    }

    /**
     * Gives the service the token of the caller, as it is. Cost: the service, and anyone who reads its memory or its logs, can call this
     * API and every other one that accepts the token, as the caller. Prefer {@link #exchange}. Tokens that are bound to a key or a
     * certificate ({@code cnf}) are never passed on.
     */
    public Destination exposeCallerToken() {
        return new Destination(id, address, new CallerToken());
    }

    /**
     * Exchanges the token of the caller for one that is for this service (RFC 8693).
     *
     * @throws ConfigurationException if the request names neither an audience nor a resource: the token would be good elsewhere
     */
    public Destination exchange(TokenRequest request) {
        if (request.target.audience.isEmpty() && request.target.resource.isEmpty()) {
            throw ConfigurationException.missing(
                    key(id, "audience"),
                    "an exchanged token is for one service: name its audience, or its address as resource");
        }
        return new Destination(id, address, new Exchanged(request));
    }

    /** Gives the service a token of this API itself, which names no caller (RFC 6749 §4.4). */
    public Destination clientCredentials(TokenRequest request) {
        return new Destination(id, address, new OwnToken(request));
    }

    /** How tokens are requested; empty if none are. */
    public Optional<TokenRequest> tokenRequest() {
        if (credential instanceof Exchanged exchanged) {
            return Optional.of(exchanged.request);
        }
        return credential instanceof OwnToken own ? Optional.of(own.request) : Optional.empty();
    }

    /** The token that requests get. */
    public sealed interface Credential {}

    /** No token. */
    public record Nothing() implements Credential {}

    /** The token of the caller. See {@link Destination#exposeCallerToken}. */
    public record CallerToken() implements Credential {}

    /** A token for which that of the caller is exchanged (RFC 8693). */
    public record Exchanged(TokenRequest request) implements Credential {}

    /** A token of this API itself (RFC 6749 §4.4). */
    public record OwnToken(TokenRequest request) implements Credential {}

    /** What a token that was exchanged is (RFC 8693 §3). */
    public enum TokenType {
        /** An access token, of whatever form. */
        ACCESS_TOKEN("urn:ietf:params:oauth:token-type:access_token"),
        /** A JWT. */
        JWT("urn:ietf:params:oauth:token-type:jwt");

        private final String uri;

        TokenType(String uri) {
            this.uri = uri;
        }

        /** The identifier of the type in requests and answers. */
        public String uri() {
            return uri;
        }
    }

    /**
     * How tokens are requested at a token endpoint (RFC 6749 §3.2).
     *
     * @param client how this API authenticates there
     * @param server where the token endpoint is
     * @param target what the tokens are for
     * @param type what an exchanged token must be. Default: an access token
     * @param namesActor whether an exchanged token names this API as actor ({@code act}, RFC 8693 §4.1): its own token is sent as
     *     {@code actor_token}. Default: no
     */
    public record TokenRequest(
            ClientAuthentication client, Server server, Target target, TokenType type, boolean namesActor) {
        /**
         * Checks the client.
         *
         * @throws ConfigurationException if it has no client ID
         */
        public TokenRequest {
            if (client instanceof ClientAuthentication.None || client instanceof ClientAuthentication.Bearer) {
                throw ConfigurationException.of(
                        "tokenguard.downstream.<id>.client-auth",
                        client instanceof ClientAuthentication.None ? "none" : "bearer",
                        "a token endpoint needs a client: name one of client_secret_basic, client_secret_post,"
                                + " private_key_jwt, tls_client_auth");
            }
        }

        /** At the token endpoint of the only issuer, by its metadata ({@code token_endpoint}, RFC 8414 §2). */
        public static TokenRequest as(ClientAuthentication client) {
            return new TokenRequest(
                    client,
                    new Server(Optional.empty(), Optional.empty(), USUAL_TIMEOUT),
                    new Target(Optional.empty(), Optional.empty(), ""),
                    TokenType.ACCESS_TOKEN,
                    false);
        }

        /** The trusted issuer whose token endpoint it is, if there are several. Only its tokens are exchanged. */
        public TokenRequest issuer(String identifier) {
            return with(new Server(
                    Optional.of(Bounds.text("tokenguard.downstream.<id>.issuer", identifier)),
                    server.uri,
                    server.timeout));
        }

        /** The token endpoint, if the issuer's metadata do not name it: https, or http on this machine. */
        public TokenRequest at(URI endpoint) {
            return with(new Server(server.issuer, Optional.of(endpoint), server.timeout));
        }

        /**
         * How long a request waits for a token, answer included. Default: 1 s.
         *
         * @throws ConfigurationException if it is less than 50 ms or more than 10 s
         */
        public TokenRequest timeout(Duration longest) {
            return with(new Server(
                    server.issuer,
                    server.uri,
                    Bounds.between(
                            "tokenguard.downstream.<id>.timeout", longest, Duration.ofMillis(50), LONGEST_TIMEOUT)));
        }

        /** What the service is called by the issuer ({@code audience}, RFC 8693 §2.1). */
        public TokenRequest audience(String name) {
            return with(new Target(
                    Optional.of(Bounds.text("tokenguard.downstream.<id>.audience", name)),
                    target.resource,
                    target.scope));
        }

        /** The address of the service ({@code resource}, RFC 8707 §2). */
        public TokenRequest resource(URI service) {
            return with(new Target(target.audience, Optional.of(service), target.scope));
        }

        /** The scopes that are asked for. Default: none are named, and the issuer decides. */
        public TokenRequest scopes(String... names) {
            return with(new Target(
                    target.audience,
                    target.resource,
                    String.join(" ", Bounds.texts("tokenguard.downstream.<id>.scopes", names))));
        }

        /** What an exchanged token must be. */
        public TokenRequest type(TokenType wanted) {
            return new TokenRequest(client, server, target, wanted, namesActor);
        }

        /** Sends this API's own token with each exchange, so that the new token names it as actor (RFC 8693 §4.1). */
        public TokenRequest nameActor() {
            return new TokenRequest(client, server, target, type, true);
        }

        private TokenRequest with(Server changed) {
            return new TokenRequest(client, changed, target, type, namesActor);
        }

        private TokenRequest with(Target changed) {
            return new TokenRequest(client, server, changed, type, namesActor);
        }

        /** Shows nothing of the client. */
        @Override
        public String toString() {
            return "TokenRequest[" + target + "]";
        }
    }

    /**
     * Where a token endpoint is.
     *
     * @param issuer the issuer; empty for the only one
     * @param uri the address; empty to take it from the issuer's metadata
     * @param timeout how long a request waits
     */
    public record Server(Optional<String> issuer, Optional<URI> uri, Duration timeout) {}

    /**
     * What tokens are for.
     *
     * @param audience the name of the service; empty if it is not sent
     * @param resource the address of the service; empty if it is not sent
     * @param scope the scopes, separated by spaces; empty if none are named
     */
    public record Target(Optional<String> audience, Optional<URI> resource, String scope) {}
}
