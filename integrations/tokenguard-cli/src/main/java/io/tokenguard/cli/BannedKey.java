package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Compares a key that was banned with those that are known. A ban of another key is no error: the key may come later. */
final class BannedKey {
    private static final int MOST_OF_A_NODE = 32;
    private static final String ALL_THE_SAME = " It is banned all the same; compare it with: tokenguard keys";

    private BannedKey() {}

    /**
     * A note if no issuer publishes the key.
     *
     * @param published the keys of the issuers
     * @param isBanned whether a key is the banned one
     */
    static Optional<String> note(List<PublishedKeys> published, Predicate<KeyRow> isBanned) {
        boolean isKnown =
                published.stream().flatMap(keys -> keys.rows().stream()).anyMatch(isBanned);
        List<String> unread = published.stream()
                .filter(keys -> keys.rows().isEmpty())
                .map(PublishedKeys::issuer)
                .toList();
        if (isKnown) {
            return Optional.empty();
        }
        return Optional.of(
                unread.isEmpty()
                        ? "Note: no issuer publishes such a key now." + ALL_THE_SAME
                        : "Note: no key like this was found, and the keys of " + unread + " can't be loaded here."
                                + ALL_THE_SAME);
    }

    /** A note if a node has loaded no key with this key ID; none if it does not list all keys. */
    static Optional<String> note(NodeConsole console, String keyId) {
        List<List<?>> all = NodeConsole.objects(console.read("keys"), "issuers").stream()
                .<List<?>>map(issuer -> issuer.get("keyIds") instanceof List<?> ids ? ids : List.of())
                .toList();
        boolean isComplete = all.stream().allMatch(ids -> !ids.isEmpty() && ids.size() < MOST_OF_A_NODE);
        boolean isKnown = all.stream().anyMatch(ids -> ids.contains(SafeText.value(keyId)));
        return isKnown || !isComplete
                ? Optional.empty()
                : Optional.of("Note: the node has loaded no key with this key ID." + ALL_THE_SAME);
    }
}
