package io.tokenguard.access;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the client's address is in one of some networks. An address that is not certain is in none and outside of none.
 *
 * @param ranges the networks
 * @param lists named lists of further networks
 */
record NetworkCriterion(List<AddressRange> ranges, List<String> lists) implements Criterion {
    NetworkCriterion {
        ranges = List.copyOf(ranges);
        lists = List.copyOf(lists);
    }

    @Override
    public Truth evaluate(Facts facts) {
        Optional<AddressRange> client = AddressRange.of(facts.clientAddress());
        if (client.isEmpty()) {
            return Truth.UNKNOWN;
        }
        for (AddressRange range : ranges) {
            if (range.holds(client.get())) {
                return Truth.TRUE;
            }
        }
        Truth truth = Truth.FALSE;
        for (String list : lists) {
            truth = truth.or(facts.networks(list)
                    .map(networks -> Truth.of(networks.test(client.get())))
                    .orElse(Truth.UNKNOWN));
        }
        return truth;
    }

    @Override
    public String topic() {
        return "from";
    }

    @Override
    public String notation() {
        return "from "
                + Stream.concat(
                                ranges.stream().map(AddressRange::toString),
                                lists.stream().map("@"::concat))
                        .collect(Collectors.joining(","));
    }

    @Override
    public String found(Facts facts) {
        String address = facts.clientAddress();
        return AddressRange.of(address).isEmpty() ? "an uncertain client address" : "client address " + address;
    }
}
