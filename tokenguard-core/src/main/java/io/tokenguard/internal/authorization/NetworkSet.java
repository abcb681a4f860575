package io.tokenguard.internal.authorization;

import io.tokenguard.access.AddressRange;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Many networks. A look-up costs one hash for each different length of prefix. Immutable. */
final class NetworkSet {
    private final Map<Form, Set<BigInteger>> prefixes;

    private NetworkSet(Map<Form, Set<BigInteger>> prefixes) {
        this.prefixes = prefixes;
    }

    /** The form of an address and the bits after the prefix. */
    private record Form(int length, int shift) {}

    static NetworkSet of(Collection<AddressRange> ranges) {
        Map<Form, Set<BigInteger>> prefixes = new HashMap<>();
        ranges.forEach(
                range -> prefixes.computeIfAbsent(new Form(range.length(), range.shift()), unused -> new HashSet<>())
                        .add(range.prefix()));
        return new NetworkSet(prefixes);
    }

    /** Whether one of the networks has an address. */
    boolean holds(AddressRange address) {
        for (Map.Entry<Form, Set<BigInteger>> known : prefixes.entrySet()) {
            Form form = known.getKey();
            boolean fits = form.length == address.length() && form.shift >= address.shift();
            if (fits && known.getValue().contains(address.prefix().shiftRight(form.shift - address.shift()))) {
                return true;
            }
        }
        return false;
    }
}
