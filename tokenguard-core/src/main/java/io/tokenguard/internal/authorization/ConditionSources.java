package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement.Condition.Facts;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.internal.request.ClientNetwork;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What conditions read beside the token and the request.
 *
 * @param proxies the trusted proxies, whose forwarding fields name the client's address
 * @param lists the named lists
 */
public record ConditionSources(List<AddressRange> proxies, NamedLists lists) {
    /** No proxies and no lists. */
    public static final ConditionSources NONE = new ConditionSources(List.of(), NamedLists.NONE);

    /** Copies the proxies. */
    public ConditionSources {
        proxies = List.copyOf(proxies);
    }

    /** What conditions are evaluated for. */
    Facts facts(AuthorizationRequest attempt) {
        return new RequestFacts(attempt, this);
    }

    /** Why the client's address is not certain, and what to do. */
    String uncertainty(AuthorizationRequest attempt) {
        return ClientNetwork.uncertainty(attempt.request(), proxies);
    }

    private record RequestFacts(AuthorizationRequest attempt, ConditionSources sources) implements Facts {
        @Override
        public String clientAddress() {
            return ClientNetwork.certainAddress(attempt.request(), sources.proxies);
        }

        @Override
        public Optional<Predicate<String>> names(String list) {
            return sources.lists.find(list).map(found -> found.names()::contains);
        }

        @Override
        public Optional<Predicate<AddressRange>> networks(String list) {
            return sources.lists.find(list).flatMap(NamedList::networks).map(networks -> networks::holds);
        }
    }
}
