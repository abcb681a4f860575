package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.cache.HeapSize;
import io.tokenguard.internal.cache.SharedValues;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.jose.JsonObject;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.jose.NameList;
import java.util.Optional;
import java.util.Set;

/**
 * Brings verified tokens into the form in which the cache keeps them. Claims are read on demand from the text by which the
 * cache recognizes the token; what many tokens have in common is shared. Thread-safe.
 */
final class TokenCompaction {
    /** What every token takes: a {@link VerifiedToken}, its {@link AccessToken}, and where that comes from; as measured. */
    private static final int TOKEN = 152;

    /** What claims take that are read on demand, beside the bytes of their positions; as measured. */
    private static final int CLAIMS = 44;

    /** A hash in base64url, as {@link AccessToken#fingerprint()} keeps it. */
    private static final int FINGERPRINT = 104;

    /** What is larger is not shared: a value that is still in use, but no longer shared, is counted by nobody. */
    private static final int MOST_SHARED = 512;

    /** The same for lists of names, of which there are few. */
    private static final int MOST_SHARED_NAMES = 4_096;

    private final SharedValues<Set<String>> names = new SharedValues<>();
    private final SharedValues<String> clients = new SharedValues<>();
    private final SharedValues<KeyReference> keys = new SharedValues<>();
    private final SharedValues<NameList> claimNames = new SharedValues<>();

    /** Counts what one token takes beyond what it shares. The first token that has a value pays for it. */
    private static final class Bill {
        private int bytes;

        <T> T share(T value, int size, int most, SharedValues<T> shared) {
            T known = shared.find(value);
            if (known != null) {
                return known;
            }
            bytes += size;
            if (size <= most) {
                shared.add(value);
            }
            return value;
        }

        <T> T share(T value, Object content, SharedValues<T> shared) {
            return share(value, HeapSize.of(content), MOST_SHARED, shared);
        }
    }

    /**
     * The token in the form to be cached.
     *
     * @param text the text that the cache stores: the field up to the hidden end of the token; empty if the claims can't be
     *     read from it
     */
    VerifiedToken compact(VerifiedToken verified, Optional<String> text) {
        Bill bill = new Bill();
        bill.bytes = TOKEN;
        AccessToken token = verified.token();
        AccessToken.Builder compact = token.toBuilder()
                .scopes(bill.share(token.scopes(), token.scopes(), names))
                .roles(bill.share(token.roles(), token.roles(), names));
        token.clientId().ifPresent(client -> compact.clientId(bill.share(client, client, clients)));
        readFrom(text, token, compact, bill);
        KeyReference wanted = verified.wanted();
        KeyReference shared = bill.share(wanted, wanted.name(), keys);
        return verified.remembered(compact.build(), shared, bill.bytes);
    }

    private void readFrom(Optional<String> text, AccessToken token, AccessToken.Builder compact, Bill bill) {
        if (token.claims() instanceof JsonObject claims && text.isPresent()) {
            int size = HeapSize.of(claims.names().names());
            NameList shared = bill.share(claims.names(), size, MOST_SHARED_NAMES, claimNames);
            compact.readFrom(text.get(), claims.within(text.get(), shared));
            bill.bytes += CLAIMS + claims.positionBytes();
        } else {
            // Computed here, so that the token's text can be freed.
            bill.bytes += token.fingerprints().size() * FINGERPRINT + HeapSize.of(token.claims());
        }
    }

    /**
     * Whether the second of three parts of a token has its claims. An encrypted token has five parts.
     *
     * @param field the text that ends with the token
     * @param start the index in it at which the token begins
     */
    static boolean isReadable(String field, int start) {
        int header = field.indexOf('.');
        int payload = field.indexOf('.', header + 1);
        return header > start
                && payload > header
                && field.indexOf('.', payload + 1) < 0
                && field.lastIndexOf(' ') + 1 == start;
    }
}
