package io.tokenguard.internal.pipeline;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.audit.RefusalGuide;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.issuers.TokenRules;
import io.tokenguard.internal.token.LikelyDialect;
import io.tokenguard.internal.token.LikelyKind;
import io.tokenguard.internal.token.UnverifiedToken;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Completes what a check found by what is known of the token and its issuer. */
final class RefusalHints {
    private static final String ROLES_CLAIM = "tokenguard.roles-claim";
    private static final String ROUTES = "tokenguard.routes";

    /** Refusals of tokens that another dialect may accept. */
    private static final Set<RefusalReason> BY_DIALECT = EnumSet.of(
            RefusalReason.TYPE_MISMATCH,
            RefusalReason.CLAIM_MISSING,
            RefusalReason.NOT_AN_ACCESS_TOKEN,
            RefusalReason.AUDIENCE_MISMATCH);

    private static final Set<RefusalReason.Stage> BY_ISSUER = EnumSet.of(
            RefusalReason.Stage.TOKEN,
            RefusalReason.Stage.KEY,
            RefusalReason.Stage.SIGNATURE,
            RefusalReason.Stage.CLAIMS,
            RefusalReason.Stage.LIFETIME);

    /** Refusals before the requirement is compared with the token that it decides all the same. */
    private static final Set<RefusalReason> BY_REQUIREMENT =
            EnumSet.of(RefusalReason.NO_CREDENTIALS, RefusalReason.ANSWER_REQUIRED);

    /** Refusals that no requirement decides. */
    private static final Set<RefusalReason> BY_DENY_LIST =
            EnumSet.of(RefusalReason.NETWORK_DENIED, RefusalReason.CLIENT_DENIED);

    private RefusalHints() {}

    /** Whether another requirement would have led to another decision. */
    static boolean isByRequirement(RefusalReason reason) {
        return (reason.stage() == RefusalReason.Stage.AUTHORIZATION && !BY_DENY_LIST.contains(reason))
                || BY_REQUIREMENT.contains(reason);
    }

    /**
     * The same, for a requirement that a setting states.
     *
     * @param setting the setting; empty if none states it
     */
    static Finding statedBy(String setting, Finding finding) {
        if (setting.equals(ROUTES)) {
            return finding;
        }
        List<String> settings = finding.settings().stream()
                .map(key -> key.equals(ROUTES) ? setting : key)
                .filter(key -> !key.isEmpty())
                .toList();
        return new Finding(finding.found(), finding.expected(), settings, finding.hint());
    }

    /** The dialect in force, if it decides; empty otherwise. */
    static String dialect(RefusalReason reason, @Nullable TokenRules rules) {
        return rules != null && BY_DIALECT.contains(reason) ? rules.origin().dialect() : "";
    }

    static Finding explain(RefusedException refused, @Nullable TokenRules rules, @Nullable UnverifiedToken token) {
        Finding finding = RefusalGuide.explain(refused);
        if (rules == null) {
            return finding;
        }
        List<String> settings = BY_ISSUER.contains(refused.reason().stage())
                ? finding.settings().stream().flatMap(rules.origin()::settings).toList()
                : finding.settings();
        String hint = finding.hint().isEmpty() && token != null && BY_DIALECT.contains(refused.reason())
                ? hint(rules, token)
                : finding.hint();
        if (hint.isEmpty() && token != null && refused.reason() == RefusalReason.AUDIENCE_MISMATCH) {
            TokenRules.Origin origin = rules.origin();
            hint = SafeText.sentence(token.audienceMistake(origin.dialect(), origin.keyPrefix(), finding.expected()));
        }
        String owned = hint.replace(ROLES_CLAIM, rules.origin().keyPrefix() + "roles-claim");
        return new Finding(finding.found(), finding.expected(), settings, owned);
    }

    private static String hint(TokenRules rules, UnverifiedToken token) {
        TokenRules.Origin origin = rules.origin();
        Optional<LikelyKind> otherKind = token.otherKind();
        if (otherKind.isPresent()) {
            return otherKind.orElseThrow().hint();
        }
        if (token.isLightweight() && !rules.areIntrospected()) {
            return lightweight(origin);
        }
        Optional<LikelyDialect> likely =
                token.likelyDialect().filter(found -> !found.dialect().equals(origin.dialect()));
        return likely.map(found -> "this looks like a token of " + found.product() + ": " + origin.keyPrefix()
                        + "dialect=" + found.dialect() + needs(found, origin))
                .orElse(token.hasNonce() ? LikelyKind.ID.hint() : "");
    }

    private static String needs(LikelyDialect found, TokenRules.Origin origin) {
        return found.needs().stream()
                .map(setting -> ", " + origin.keyPrefix() + setting)
                .collect(Collectors.joining());
    }

    /** It has neither audience nor subject, whatever the dialect. */
    private static String lightweight(TokenRules.Origin origin) {
        String dialect = origin.dialect().equals(LikelyDialect.KEYCLOAK)
                ? ""
                : ", " + origin.keyPrefix() + "dialect=" + LikelyDialect.KEYCLOAK;
        return "this looks like a lightweight access token of Keycloak, whose audience and subject only introspection has: "
                + origin.keyPrefix() + "introspection.mode=always, " + origin.keyPrefix() + "introspection.client-id, "
                + origin.keyPrefix() + "introspection.client-secret-file" + dialect;
    }
}
