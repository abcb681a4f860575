package io.tokenguard.internal.status;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.claims.ClaimReader;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reference of a token to its status (Token Status List §6.2).
 *
 * @param address the list's address
 * @param index the index in it
 */
record StatusReference(URI address, long index) {
    private static final int LONGEST_ADDRESS = 2_048;

    /**
     * Reads the reference of a token.
     *
     * @return the reference; empty if the token has none. A {@code status} that is no object is another claim
     * @throws RefusedException if it is malformed, or of a kind that is not supported
     */
    static Optional<StatusReference> of(Map<String, @Nullable Object> claims) throws RefusedException {
        if (!(claims.get("status") instanceof Map<?, ?> status)) {
            return Optional.empty();
        }
        if (status.get("status_list") instanceof Map<?, ?> list
                && list.get("idx") instanceof Long index
                && index >= 0
                && list.get("uri") instanceof String address
                && address.length() <= LONGEST_ADDRESS) {
            return Optional.of(new StatusReference(parse(address), index));
        }
        throw ClaimReader.malformed("status");
    }

    private static URI parse(String address) throws RefusedException {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException malformed) {
            throw ClaimReader.malformed("status");
        }
    }
}
