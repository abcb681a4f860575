package io.tokenguard.testkit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sets up a {@link TestIssuer}. Not safe for use by several threads at once; can start several issuers. */
public final class TestIssuerBuilder {
    private static final List<String> DEFAULT_USERS = List.of("alice", "bob");

    private final List<Supplier<TestKey>> keys = new ArrayList<>();
    private List<String> audience = List.of("https://api.example.com");
    private Optional<SharedSecret> secret = Optional.empty();
    private Optional<TestEncryption> recipient = Optional.empty();
    private Clock clock = Clock.systemUTC();
    private final List<TestClient> clients = new ArrayList<>();
    private final Map<String, Consumer<TokenBuilder>> users = new LinkedHashMap<>();
    private Consumer<String> onRevocation = token -> {};
    private boolean dpopNonce;
    private String path = "";
    private int port;

    TestIssuerBuilder() {}

    /**
     * Gives the issuer identifier a path, such as {@code /realms/demo}; none by default. A last slash becomes part of
     * the identifier.
     *
     * @throws IllegalArgumentException if the path doesn't begin with a slash or has characters that would need encoding
     */
    public TestIssuerBuilder path(String issuerPath) {
        path = IssuerAddress.requirePath(issuerPath);
        return this;
    }

    /** Listens on this port; 0, the default, takes any free one. */
    public TestIssuerBuilder port(int portNumber) {
        port = portNumber;
        return this;
    }

    /**
     * Makes an issuer that opens no port and no connection: its identifier is {@code https://issuer.example.com} and the
     * path. Give its {@link TestIssuer#publishedKeys()} to what validates its tokens.
     *
     * @return the issuer; need not be closed
     */
    public TestIssuer inMemory() {
        int chosen = port;
        port = Listener.IN_MEMORY;
        TestIssuer issuer = start();
        port = chosen;
        return issuer;
    }

    /** Dates tokens by this clock, and ends codes and refresh tokens, such as a {@link TestClock}; the system's by default. */
    public TestIssuerBuilder clock(Clock tokenClock) {
        clock = Objects.requireNonNull(tokenClock, "tokenClock");
        return this;
    }

    /** The {@code aud} of tokens that don't set their own; {@code https://api.example.com} by default. */
    public TestIssuerBuilder audience(String... values) {
        audience = List.of(values);
        return this;
    }

    /**
     * Adds a fresh key for each of these. The first key of all becomes the current one. Without any key, one {@code RS256} and
     * one {@code ES256} key are used; the RSA key may be that of a closed issuer.
     */
    public TestIssuerBuilder algorithms(TestAlgorithm... algorithms) {
        Stream.of(algorithms).forEach(algorithm -> keys.add(() -> TestKey.generate(algorithm)));
        return this;
    }

    /** Adds keys that exist already. The first key of all becomes the current one. */
    public TestIssuerBuilder keys(TestKey... existing) {
        Stream.of(existing).map(Objects::requireNonNull).forEach(key -> keys.add(() -> key));
        return this;
    }

    /**
     * Signs with a secret that the API knows, instead of a key: the key set is empty, and tokens name no key.
     *
     * @param bytes the secret, of any length
     * @param algorithm {@code HS256}, {@code HS384} or {@code HS512}
     * @throws IllegalArgumentException if the algorithm is another
     */
    public TestIssuerBuilder hmacSecret(byte[] bytes, String algorithm) {
        secret = Optional.of(new SharedSecret(bytes, algorithm));
        return this;
    }

    /** Encrypts access tokens for an API (RFC 7516), with the signed token inside. Other tokens stay readable. */
    public TestIssuerBuilder encryptFor(TestEncryption api) {
        recipient = Optional.of(api);
        return this;
    }

    /**
     * Registers clients: all others are refused then. Without any, every {@code client_id} gets tokens, with any secret or none,
     * and codes are sent to addresses of this machine.
     */
    public TestIssuerBuilder clients(TestClient... registered) {
        clients.addAll(List.of(registered));
        return this;
    }

    /** Adds users to the login page, which has {@code alice} and {@code bob} by default. */
    public TestIssuerBuilder users(String... names) {
        Stream.of(names).forEach(name -> user(name, token -> {}));
        return this;
    }

    /**
     * Adds a user to the login page.
     *
     * @param name becomes {@code sub}
     * @param claims changes the access tokens of this user, such as {@code token -> token.roles("admin")}
     */
    public TestIssuerBuilder user(String name, Consumer<TokenBuilder> claims) {
        users.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(claims, "claims"));
        return this;
    }

    /** Requires a nonce in DPoP proofs at the token endpoint (RFC 9449 §8), of five to ten minutes; none by default. */
    public TestIssuerBuilder requireDpopNonce() {
        dpopNonce = true;
        return this;
    }

    /**
     * Calls this with each access token that a client revokes, or that ends because a code or a refresh token was used twice: so
     * an API learns of it, as by {@code token -> guard.revoke(Revocation.presented(token))}. It is called by the thread that serves the request.
     */
    public TestIssuerBuilder onRevocation(Consumer<String> receiver) {
        onRevocation = Objects.requireNonNull(receiver, "receiver");
        return this;
    }

    /**
     * Starts an issuer that answers before this method returns.
     *
     * @return the issuer, to be closed by the caller
     * @throws java.io.UncheckedIOException if the port can't be listened on
     * @throws IllegalArgumentException if there is no such port
     * @throws IllegalStateException if it was given both keys and a secret
     */
    public TestIssuer start() {
        if (secret.isPresent() && !keys.isEmpty()) {
            throw new IllegalStateException("An issuer signs with keys or with a secret; leave one out");
        }
        KeyRing ring = secret.map(shared -> KeyRing.of(shared, recipient))
                .orElseGet(() -> KeyRing.of(keys.stream().map(Supplier::get).toList(), recipient));
        return new TestIssuer(Listener.bind(port), new IssuerSettings(path, ring, audience, clock, grants()));
    }

    private GrantSettings grants() {
        Map<String, Consumer<TokenBuilder>> people = new LinkedHashMap<>(users);
        if (people.isEmpty()) {
            DEFAULT_USERS.forEach(name -> people.put(name, token -> {}));
        }
        return new GrantSettings(List.copyOf(clients), Collections.unmodifiableMap(people), dpopNonce, onRevocation);
    }
}
