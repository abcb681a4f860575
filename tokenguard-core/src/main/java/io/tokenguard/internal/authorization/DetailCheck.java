package io.tokenguard.internal.authorization;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether one of a token's authorization details grants what is required (RFC 9396 §2, §9.1). */
final class DetailCheck {
    private DetailCheck() {}

    static boolean isGranted(AccessToken token, AccessRequirement.Detail demanded, Optional<String> resource) {
        return token.claims().get("authorization_details") instanceof List<?> details
                && details.stream()
                        .anyMatch(detail -> detail instanceof Map<?, ?> entry
                                && demanded.type().equals(entry.get("type"))
                                && (demanded.actions().isEmpty() || holdsAll(entry.get("actions"), demanded.actions()))
                                && isForHere(entry, resource));
    }

    private static boolean holdsAll(@Nullable Object held, Collection<String> demanded) {
        return held instanceof List<?> names && names.containsAll(demanded);
    }

    /** RFC 9396 §2.2: an entry that names locations grants nothing elsewhere. */
    private static boolean isForHere(Map<?, ?> entry, Optional<String> resource) {
        return !entry.containsKey("locations")
                || resource.filter(here -> holdsAll(entry.get("locations"), List.of(here)))
                        .isPresent();
    }
}
