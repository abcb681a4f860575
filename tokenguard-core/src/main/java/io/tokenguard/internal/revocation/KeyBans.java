package io.tokenguard.internal.revocation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import io.tokenguard.internal.jose.JwkThumbprint;
import io.tokenguard.spi.VerificationKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The banned keys: by key ID, and by the thumbprint of the public key (RFC 7638). A key that is known under a banned key ID is
 * banned by its thumbprint too, so that it stays banned under any other name. Bans never expire, and at most 20000 are held.
 * Thread-safe; without bans a check costs one read, with bans two look-ups.
 */
public final class KeyBans {
    /** When stores may forget a ban: at the end of the year 9999. */
    private static final Instant END = Instant.ofEpochSecond(253_402_300_799L);

    private static final int MOST = 20_000;

    /** An issuer can publish any number of keys under a banned key ID. It leaves room for the bans of the operator. */
    private static final int MOST_WITH_DERIVED = 10_000;

    private static final int MOST_NAMES = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(KeyBans.class);

    private final Map<String, Revocation> bans = new ConcurrentHashMap<>();

    /** What bans call a key, by the key object: computed once for each key of a key set. */
    private final Cache<PublicKey, String> thumbprints =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final Cache<String, String> names = Caffeine.newBuilder()
            .maximumSize(MOST_NAMES)
            .executor(Runnable::run)
            .build();

    private volatile boolean isUsed;
    private volatile Supplier<Collection<VerificationKey>> keysInUse = List::of;
    private volatile Predicate<Revocation> publisher = ban -> true;

    static boolean isBan(Revocation revocation) {
        return revocation.kind() == Kind.KEY_ID || revocation.kind() == Kind.KEY;
    }

    /** The same ban without limits of time. */
    static Revocation neverEnding(Revocation ban) {
        return neverEnding(ban.kind(), ban.target());
    }

    private static Revocation neverEnding(Kind kind, String target) {
        return new Revocation(kind, target, Optional.empty(), Optional.of(END), Optional.empty());
    }

    /**
     * Uses another configuration from now on.
     *
     * @param keys the keys of all issuers that are known now
     * @param store takes derived bans to the other nodes, and says whether they are kept
     */
    void use(Supplier<Collection<VerificationKey>> keys, Predicate<Revocation> store) {
        keysInUse = keys;
        publisher = store;
    }

    /** Adds a ban, and those of the keys that are known under its key ID; whether there was room for all of them. */
    boolean add(Revocation ban) {
        boolean isHeld = put(ban, MOST);
        return derive(keysInUse.get()).stream().map(this::isHeld).reduce(isHeld, Boolean::logicalAnd);
    }

    /** The same for a ban of this node's operator: derived bans go to the other nodes. */
    boolean addAndPublish(Revocation ban) {
        boolean isKept = put(ban, MOST) && publisher.test(ban);
        return learn(keysInUse.get()) && isKept;
    }

    /**
     * Bans the keys that carry a banned key ID by their thumbprints, on all nodes.
     *
     * @param keys keys of one or more issuers, as they were loaded
     * @return whether all of the bans that this made are kept
     */
    public boolean learn(Collection<VerificationKey> keys) {
        boolean areKept = true;
        for (Revocation derived : derive(keys)) {
            areKept &= isHeld(derived) && publisher.test(derived);
        }
        return areKept;
    }

    private List<Revocation> derive(Collection<VerificationKey> keys) {
        List<Revocation> derived = new ArrayList<>();
        if (isUsed) {
            for (VerificationKey key : keys) {
                String thumbprint = thumbprint(key.publicKey());
                if (isNameBanned(key.keyId()) && !thumbprint.isEmpty() && !bans.containsKey(thumbprint)) {
                    Revocation ban = neverEnding(Kind.KEY, thumbprint);
                    boolean unused = put(ban, MOST_WITH_DERIVED);
                    derived.add(ban);
                }
            }
        }
        return derived;
    }

    private boolean put(Revocation ban, int most) {
        if (bans.size() >= most && !isHeld(ban)) {
            LOG.error(
                    "A key ban is not held: there are {} already, which no operator makes; look at the shared state",
                    most);
            return false;
        }
        bans.put(ban.target(), ban);
        isUsed = true;
        return true;
    }

    private boolean isHeld(Revocation ban) {
        return bans.containsKey(ban.target());
    }

    /** Whether a key is banned. */
    public boolean isBanned(VerificationKey key) {
        return isUsed && isBanned(key.keyId(), Optional.of(key.publicKey()));
    }

    /**
     * Whether a key is banned.
     *
     * @param keyId its key ID; empty if it has none
     * @param key the key; empty if it is not known
     */
    public boolean isBanned(String keyId, Optional<PublicKey> key) {
        return isUsed
                && (isNameBanned(keyId)
                        || key.map(this::thumbprint).filter(bans::containsKey).isPresent());
    }

    private boolean isNameBanned(String keyId) {
        return !keyId.isEmpty()
                && bans.containsKey(
                        names.get(keyId, name -> Revocation.keyId(name).target()));
    }

    /** What bans call a key; empty for a key of a kind that has no thumbprint. */
    private String thumbprint(PublicKey key) {
        return thumbprints.get(key, KeyBans::targetOf);
    }

    private static String targetOf(PublicKey key) {
        try {
            return Revocation.key(JwkThumbprint.of(key)).target();
        } catch (IllegalArgumentException otherKind) {
            return "";
        }
    }

    /** The bans, for a store that does not have them. */
    List<Revocation> kept() {
        return List.copyOf(bans.values());
    }
}
