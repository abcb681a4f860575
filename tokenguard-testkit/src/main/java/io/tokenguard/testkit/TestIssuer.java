package io.tokenguard.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of access tokens that lives inside a test.
 *
 * <p>It listens on {@code 127.0.0.1} without TLS, serves the endpoints of {@link TestEndpoint}, where clients get tokens too,
 * and mints tokens with {@link #token()}. Its answers can be replaced by faults with {@link #on}, and its keys can be rotated and withdrawn at any
 * time; the next answer shows the change.
 *
 * <p>Safe for use by any thread. Holds a port and some daemon threads until it is closed.
 */
@SuppressWarnings("exports") // users need no nullness annotations to compile
public final class TestIssuer implements AutoCloseable {
    private final IssuerSettings settings;
    private final IssuerAddress address;
    private final KeyRing keys;
    private final StatusRegister statuses = new StatusRegister();
    private final Documents documents;
    private final TestIntrospection introspection;
    private final IssuerSite site;
    private final LoopbackServer server;

    TestIssuer(Listener listener, IssuerSettings settings) {
        this.settings = settings;
        this.address = new IssuerAddress(listener.origin(), settings.path());
        this.keys = settings.keys();
        this.documents = new Documents(address, keys, this::statusList);
        IssuedTokens issued = new IssuedTokens(this::token, settings.grants(), settings.clock());
        this.introspection = new TestIntrospection(this::token, issued);
        TokenResponses responses = new TokenResponses(issued, this::signed);
        GrantEndpoints grants = new GrantEndpoints(address, settings.grants(), responses, keys, settings.clock());
        this.site = new IssuerSite(address, documents, introspection, grants);
        this.server = new LoopbackServer(listener, site);
    }

    /** Starts an issuer with all defaults: any free port, no path, an {@code RS256} key that signs, an {@code ES256} key. */
    public static TestIssuer start() {
        return builder().start();
    }

    /** Makes an issuer that opens no port, with all defaults; see {@link TestIssuerBuilder#inMemory}. */
    public static TestIssuer inMemory() {
        return builder().inMemory();
    }

    /** Starts the configuration of an issuer. */
    public static TestIssuerBuilder builder() {
        return new TestIssuerBuilder();
    }

    /** The issuer identifier (RFC 8414 §2): the {@code iss} of its tokens. */
    public String issuer() {
        return address.issuer();
    }

    /** The address of an endpoint. */
    public URI uri(TestEndpoint endpoint) {
        return address.uriOf(endpoint);
    }

    /** The address of the key set. */
    public URI jwksUri() {
        return address.uriOf(TestEndpoint.JWKS);
    }

    /** The address of the introspection endpoint (RFC 7662 §2). */
    public URI introspectionUri() {
        return address.uriOf(TestEndpoint.INTROSPECTION);
    }

    /** Its introspection endpoint (RFC 7662), also for opaque tokens. */
    public TestIntrospection introspection() {
        return introspection;
    }

    /** Where OpenID Connect Discovery 1.0 §4 looks: the issuer, then {@code /.well-known/openid-configuration}. */
    public URI oidcDiscoveryUri() {
        return address.uriOf(TestEndpoint.OIDC_DISCOVERY);
    }

    /** Where RFC 8414 §3.1 looks: {@code /.well-known/oauth-authorization-server} between host and path. */
    public URI oauthDiscoveryUri() {
        return address.uriOf(TestEndpoint.OAUTH_DISCOVERY);
    }

    /** Starts a valid access token, signed with the current key, or as {@link TestIssuerBuilder} has set. */
    public TokenBuilder token() {
        return keys.recipient().map(api -> signed().encryptedFor(api)).orElseGet(this::signed);
    }

    /** Starts a valid access token as another kind of authorization server makes them. */
    public TokenBuilder token(TokenShape shape) {
        TokenBuilder token = token();
        shape.start(token);
        return token;
    }

    private TokenBuilder signed() {
        return new TokenBuilder(
                issuer(), settings.audience(), keys, settings.clock().instant());
    }

    /**
     * Starts a valid logout token (OpenID Connect Back-Channel Logout 1.0 §2.4): {@code typ}
     * {@code logout+jwt}, {@code iss}, {@code sub} {@code alice}, {@code aud} as the issuer was set up, {@code iat} now,
     * {@code exp} in two minutes, a random {@code jti} and the event of a logout. It names no session: add {@code sid}.
     */
    public TokenBuilder logoutToken() {
        return signed().type("logout+jwt")
                .withoutClaim("client_id")
                .expiresIn(Duration.ofMinutes(2))
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    /**
     * Starts a valid security event token (RFC 8417 §2.2): {@code typ} {@code secevent+jwt},
     * {@code iss}, {@code aud} as the issuer was set up, {@code iat} now, a random {@code jti}, one event without members
     * of its own, and {@code sub_id}; neither {@code sub} nor {@code exp}.
     *
     * @param eventType the address of the type
     * @param subject such as {@code Map.of("format", "iss_sub", "iss", issuer(), "sub", "alice")} (RFC 9493)
     * @return a new builder
     */
    public TokenBuilder securityEvent(String eventType, Map<String, Object> subject) {
        return signed().type("secevent+jwt")
                .withoutClaim("client_id")
                .withoutClaim("sub")
                .withoutClaim("exp")
                .claim("sub_id", subject)
                .claim("events", Map.of(eventType, Map.of()));
    }

    /** The address of the status list (draft-ietf-oauth-status-list §8.1). */
    public URI statusListUri() {
        return address.uriOf(TestEndpoint.STATUS_LIST);
    }

    /** Starts a token with an index of 0 to 4095 in the status list (draft-ietf-oauth-status-list §6.2). */
    public TokenBuilder tokenWithStatus(int index) {
        return token().claim("status", StatusRegister.reference(index, statusListUri()));
    }

    /** Gives the token of this index a status: 0 valid, as at first, 1 invalid, 2 suspended, 3 application-specific. */
    public void setStatus(int index, int status) {
        statuses.set(index, status);
    }

    /**
     * Starts a status list token as it is served (draft-ietf-oauth-status-list §5.1): {@code typ} {@code statuslist+jwt},
     * {@code iss}, its address as {@code sub}, {@code iat} now, and the list; neither {@code exp} nor {@code ttl}.
     * {@link Fault#body} serves a changed one.
     */
    public TokenBuilder statusList() {
        return signed().type("statuslist+jwt")
                .withoutClaim("client_id")
                .withoutClaim("aud")
                .withoutClaim("exp")
                .withoutClaim("jti")
                .subject(statusListUri().toString())
                .claim("status_list", statuses.claim());
    }

    /** The keys in the key set, oldest first, without those of {@link #publishJwk} and {@link #publishRaw}. */
    public List<TestKey> publishedKeys() {
        return keys.published();
    }

    /** The key that new tokens are signed with, published or not. */
    public TestKey currentKey() {
        return keys.current();
    }

    /** Publishes a new key of the current key's algorithm and signs with it from now on; the old one stays published. */
    public TestKey rotate() {
        return rotateTo(currentKey().algorithm());
    }

    /** Publishes a new key and signs with it from now on; the old one stays published. */
    public TestKey rotateTo(TestAlgorithm algorithm) {
        return rotateTo(TestKey.generate(algorithm));
    }

    /** Publishes this key, if it isn't published yet, and signs with it from now on; the old one stays published. */
    public TestKey rotateTo(TestKey key) {
        return keys.rotateTo(key);
    }

    /** Adds a key to the key set; tokens are still signed with the current one. No effect if it is there already. */
    public void publish(TestKey key) {
        keys.publish(key);
    }

    /** Removes a published key from the key set; the current key still signs. Other keys throw {@link IllegalArgumentException}. */
    public void withdraw(TestKey key) {
        keys.withdraw(key::equals, key.kid());
    }

    /** Removes every key of this {@code kid} from the key set; the rest is as with the other method. */
    public void withdraw(String kid) {
        keys.withdraw(key -> key.kid().equals(kid), kid);
    }

    /** Adds a member to the key set as it is, next to the honest ones, until {@link #heal}; it need not be a JWK. */
    public void publishJwk(String rawJwkJson) {
        keys.publishJwk(rawJwkJson);
    }

    /** Serves this text in place of the key set, until {@link #heal}; it need not be JSON. */
    public void publishRaw(String jwksDocument) {
        keys.publishRaw(jwksDocument);
    }

    /** The key set (RFC 7517 §5) as it is served now, apart from a fault of the endpoint. */
    public String jwksJson() {
        return keys.document();
    }

    /** Serves the key set with this {@code Cache-Control} from now on; null, the default, sends none. */
    public void jwksCacheControl(@Nullable String headerValue) {
        documents.jwksCacheControl(headerValue);
    }

    /**
     * The members of a discovery document in a new map, to be altered, written with {@link TestJson#write} and served by {@link Fault#body}.
     *
     * @throws IllegalArgumentException if the endpoint serves no discovery document
     */
    public Map<String, Object> discoveryMembers(TestEndpoint endpoint) {
        if (endpoint != TestEndpoint.OIDC_DISCOVERY && endpoint != TestEndpoint.OAUTH_DISCOVERY) {
            throw new IllegalArgumentException(endpoint + " serves no metadata");
        }
        return documents.metadataMembers(endpoint);
    }

    /** The behaviour of one endpoint, for setting and healing faults. */
    public EndpointBehaviour on(TestEndpoint endpoint) {
        return site.station(endpoint).behaviour();
    }

    /** Stops listening: open connections break, new ones are refused. No effect if it is down already. */
    public void goDown() {
        server.goDown();
    }

    /**
     * Listens again, on the same port. No effect if it is listening.
     *
     * @throws java.io.UncheckedIOException if another process uses the port
     * @throws IllegalStateException if the issuer is closed
     */
    public void comeBack() {
        server.comeBack();
    }

    /**
     * Ends every fault: it comes back if it was down, all endpoints are honest again, and what {@link #publishRaw} and
     * {@link #publishJwk} published is gone. Keys stay as they were rotated and withdrawn.
     *
     * @throws IllegalStateException if the issuer is closed
     */
    public void heal() {
        keys.stopLying();
        site.stations().forEach(station -> station.behaviour().heal());
        server.comeBack();
    }

    /** How many requests have reached an endpoint, of any method and whether or not they were answered. */
    public int requests(TestEndpoint endpoint) {
        return site.station(endpoint).traffic().count();
    }

    /** The last thousand requests that have reached an endpoint, oldest first. */
    public List<RecordedRequest> recorded(TestEndpoint endpoint) {
        return site.station(endpoint).traffic().last();
    }

    /** Forgets all requests of all endpoints. */
    public void resetRequests() {
        site.stations().forEach(station -> station.traffic().reset());
    }

    /** Aborts requests in progress, including hanging ones, and releases port and threads. Idempotent. */
    @Override
    public void close() {
        server.close();
        keys.release();
    }

    /** Shows the issuer identifier. */
    @Override
    public String toString() {
        return "TestIssuer[" + issuer() + "]";
    }
}
