package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.ClaimRule;
import io.tokenguard.internal.claims.TokenShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a dialect as the settings that it stands for. */
public final class DialectDescription {
    private static final String OR = " or ";

    private DialectDescription() {}

    /** The settings by their keys; none for {@link Dialect#AUTO}. */
    public static Map<String, String> of(Dialect dialect) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (dialect == Dialect.AUTO) {
            return settings;
        }
        DialectRules rules = DialectRules.of(dialect);
        TokenShape shape = rules.shape();
        put(
                settings,
                "token-types",
                rules.types().stream()
                        .map(DialectDescription::type)
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList());
        put(settings, "required-claims", shape.marks().required());
        put(settings, "marker", alternatives(shape.marks().markers()));
        put(settings, "audience-claim", shape.audienceClaims());
        put(settings, "subject-claim", shape.subjectClaims());
        put(settings, "client-claim", shape.clientClaims());
        put(settings, "subject-kind", clientActs(shape.clientActs()));
        put(settings, "scope-claim", rules.scopeClaims());
        put(settings, "roles-claim", rules.rolesClaims());
        if (WorkloadDialects.hasIdTokensOnly(dialect)) {
            settings.put("tokenguard.accept-id-tokens", "true");
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String key, Collection<?> values) {
        if (!values.isEmpty()) {
            settings.put(
                    "tokenguard." + key,
                    String.join(", ", values.stream().map(Object::toString).toList()));
        }
    }

    private static String type(String type) {
        return type.isEmpty() ? "none" : type.equals("jwt") ? "JWT" : type;
    }

    private static List<String> clientActs(ClaimRule rule) {
        String text = rule.toString();
        if (rule.alternatives().isEmpty()) {
            return List.of();
        }
        return text.isEmpty() ? List.of("client") : Arrays.asList(text.split(OR, -1));
    }

    /** Rules that all have to hold, as alternatives of which one has to. */
    private static List<String> alternatives(List<ClaimRule> rules) {
        List<String> all = new ArrayList<>();
        for (ClaimRule rule : rules) {
            List<String> own = Arrays.asList(rule.toString().split(OR, -1));
            all = all.isEmpty()
                    ? own
                    : all.stream()
                            .flatMap(one -> own.stream().map(other -> one + " and " + other))
                            .toList();
        }
        return all;
    }
}
