package io.tokenguard.internal.response;

import io.tokenguard.access.GuardHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes the health of a guard as JSON (RFC 8259), in ASCII. Contains no token and no secret. */
public final class HealthText {
    /** This process answers. */
    public static final String LIVE =
            new JsonObjectText().member("status", "UP").toString();

    private static final Set<String> SHOWN_TO_EVERYONE = Set.of("status", "ready");

    private HealthText() {}

    /** For everyone: whether requests can be decided. */
    public static String summary(GuardHealth health) {
        Map<String, Object> shown = new LinkedHashMap<>(health.document());
        shown.keySet().retainAll(SHOWN_TO_EVERYONE);
        return JsonObjectText.of(shown).toString();
    }

    /** For operators: the state of each part too. */
    public static String details(GuardHealth health) {
        return JsonObjectText.of(health.document()).toString();
    }
}
