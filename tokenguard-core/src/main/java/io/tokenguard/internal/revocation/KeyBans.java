package io.tokenguard.internal.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.internal.jose.JwkThumbprint;
import io.tokenguard.spi.VerificationKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The banned keys: by key ID, and by the thumbprint of the public key (RFC 7638). A key with a banned key ID is banned by its
 * thumbprint too, so that it stays banned under any other ID. Bans never expire; at most 20000 are stored. Thread-safe;
 * without bans a check costs one read, with bans two look-ups.
 */
public final class KeyBans {
    /** When stores may forget a ban: at the end of the year 9999. */
    private static final Instant END = Instant.ofEpochSecond(253_402_300_799L);

    private static final int MOST = 20_000;

    /**
     * An issuer can publish any number of keys under a banned key ID. The rest of the capacity is for the operator's bans.
     */
    private static final int MOST_WITH_DERIVED = 10_000;

    private static final int MOST_NAMES = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(KeyBans.class);

    private final LineLimit lines;
    private final Map<String, Revocation> bans = new ConcurrentHashMap<>();

    /** The names of a key in bans, by the key object: computed once for each key of a key set. */
    private final Cache<PublicKey, Names> names =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final BanPublisher publisher = new BanPublisher();

    private final Cache<String, String> keyIds = Caffeine.newBuilder()
            .maximumSize(MOST_NAMES)
            .executor(Runnable::run)
            .build();

    private volatile boolean isUsed;
    private volatile IssuerAliases issuers = new IssuerAliases(Map.of(), List.of());
    private volatile Supplier<Map<String, Collection<VerificationKey>>> keysInUse = Map::of;

    /**
     * No bans.
     *
     * @param nanoTime the time, from a source that never jumps
     */
    public KeyBans(LongSupplier nanoTime) {
        this.lines = LineLimit.usual("key bans", nanoTime);
    }

    static boolean isBan(Revocation revocation) {
        return revocation.kind() == Kind.KEY_ID || revocation.kind() == Kind.KEY;
    }

    /** The same ban without expiry. */
    static Revocation neverEnding(Revocation ban) {
        return neverEnding(ban.kind(), ban.target());
    }

    private static Revocation neverEnding(Kind kind, String target) {
        return new Revocation(kind, target, Optional.empty(), Optional.of(END), Optional.empty());
    }

    /**
     * Uses another configuration from now on.
     *
     * @param keys the current keys, by issuer
     * @param aliases the texts that name issuers
     * @param store passes derived bans to the other nodes, and returns whether they are stored
     * @param workers run what no request waits for
     */
    void use(
            Supplier<Map<String, Collection<VerificationKey>>> keys,
            IssuerAliases aliases,
            Predicate<Revocation> store,
            Executor workers) {
        issuers = aliases;
        keysInUse = keys;
        // A ban that was made while the configuration was built concerns its keys too.
        boolean unused = deriveAll();
        publisher.use(store, workers);
    }

    /** Adds a ban of another node, and those of the known keys with its key ID; returns whether all could be stored. */
    boolean add(Revocation ban) {
        boolean isHeld = put(ban, MOST);
        return deriveAll() && isHeld;
    }

    /** Adds a ban of this node's operator. Also publishes it and the derived bans; returns whether all are stored. */
    boolean addAndPublish(Revocation ban) {
        boolean isHeld = put(ban, MOST);
        publisher.add(ban);
        boolean areHeld = deriveAll();
        return publisher.publish() && areHeld && isHeld;
    }

    /**
     * Bans the keys that an issuer publishes under a banned key ID, by their thumbprints, for that issuer only: it could
     * publish another issuer's key there. The bans take effect on this node when this returns. Another thread publishes them
     * to the other nodes, with those that the store has not stored before: a store may be slow, and a load of keys must not
     * wait for it.
     *
     * @param issuer the issuer
     * @param keys its loaded keys
     */
    public void learn(String issuer, Collection<VerificationKey> keys) {
        boolean unused = derive(issuer, keys);
        publisher.publishLater();
    }

    private boolean deriveAll() {
        boolean areHeld = true;
        for (Map.Entry<String, Collection<VerificationKey>> issuer :
                keysInUse.get().entrySet()) {
            areHeld &= derive(issuer.getKey(), issuer.getValue());
        }
        return areHeld;
    }

    /**
     * Bans keys with a banned key ID, and those that are banned as keys of another name of the issuer: other nodes and later
     * configurations may know it by one name only.
     */
    private boolean derive(String issuer, Collection<VerificationKey> keys) {
        boolean areHeld = true;
        for (VerificationKey key : isUsed ? keys : List.<VerificationKey>of()) {
            Names names = namesOf(issuer, key.publicKey());
            if (names.isKnown() && !bans.containsKey(names.ofAll()) && isBannedForIssuer(key.keyId(), names)) {
                areHeld &= banAs(names.ofIssuer());
            }
        }
        return areHeld;
    }

    private boolean isBannedForIssuer(String keyId, Names names) {
        return isNameBanned(keyId) || names.ofIssuer().stream().anyMatch(bans::containsKey);
    }

    /** Bans a key as a key of one issuer, by all texts that name it: another node may know only one of them. */
    private boolean banAs(List<String> targets) {
        boolean areHeld = true;
        for (String target : targets) {
            Revocation ban = neverEnding(Kind.KEY, target);
            if (bans.containsKey(target)) {
                continue;
            }
            if (put(ban, MOST_WITH_DERIVED)) {
                publisher.add(ban);
            } else {
                areHeld = false;
            }
        }
        return areHeld;
    }

    private boolean put(Revocation ban, int most) {
        if (bans.size() >= most && !bans.containsKey(ban.target())) {
            lines.write(
                    "",
                    () -> LOG.error(
                            "A key ban is not held: there are {} already, more than operators make. Check the entries of the"
                                    + " shared state",
                            most));
            return false;
        }
        bans.put(ban.target(), ban);
        isUsed = true;
        return true;
    }

    /** Whether a key of an issuer is banned. */
    public boolean isBanned(String issuer, VerificationKey key) {
        return isUsed && isBanned(issuer, key.keyId(), Optional.of(key.publicKey()));
    }

    /**
     * Whether a key is banned.
     *
     * @param issuer the issuer that publishes it
     * @param keyId its key ID; empty if it has none
     * @param key the key; empty if it is not known
     */
    public boolean isBanned(String issuer, String keyId, Optional<PublicKey> key) {
        return isUsed && (isNameBanned(keyId) || (key.isPresent() && isKeyBanned(namesOf(issuer, key.get()))));
    }

    private boolean isKeyBanned(Names names) {
        return names.isKnown()
                && (bans.containsKey(names.ofAll()) || names.ofIssuer().stream().anyMatch(bans::containsKey));
    }

    private boolean isNameBanned(String keyId) {
        return !keyId.isEmpty()
                && bans.containsKey(
                        keyIds.get(keyId, name -> Revocation.keyId(name).target()));
    }

    private Names namesOf(String issuer, PublicKey key) {
        List<String> texts = issuers.of(issuer);
        Names known = names.get(key, named -> Names.of(texts, named));
        return known.issuers.equals(texts) ? known : Names.of(texts, key);
    }

    /**
     * The names of a key in bans.
     *
     * @param issuers the texts that name an issuer that publishes it, its identifier first
     * @param ofAll its name, for any issuer; empty for a key without a thumbprint
     * @param ofIssuer its names as a key of that issuer, by each of the texts
     */
    private record Names(List<String> issuers, String ofAll, List<String> ofIssuer) {
        static Names of(List<String> issuers, PublicKey key) {
            try {
                String thumbprint = JwkThumbprint.of(key);
                return new Names(
                        issuers,
                        Revocation.key(thumbprint).target(),
                        issuers.stream()
                                .map(issuer ->
                                        Revocation.keyOf(issuer, thumbprint).target())
                                .toList());
            } catch (IllegalArgumentException otherKind) {
                return new Names(issuers, "", List.of());
            }
        }

        boolean isKnown() {
            return !ofAll.isEmpty();
        }
    }

    /** The bans, for a store that does not have them. */
    List<Revocation> kept() {
        return List.copyOf(bans.values());
    }
}
