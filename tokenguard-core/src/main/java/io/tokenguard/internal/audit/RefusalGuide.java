package io.tokenguard.internal.audit;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.List;

/**
 * What the operator needs to know about each reason: what was found and expected if the check does not say so itself, the
 * settings that decide, and what to do. {@code docs/troubleshooting.md} has the same table.
 *
 * @param found what was found
 * @param expected what is accepted
 * @param settings the keys that decide; empty if no setting changes the outcome
 * @param remedy what to do
 */
public record RefusalGuide(String found, String expected, List<String> settings, String remedy) {
    static final RefusalGuide NONE = new RefusalGuide("", "", List.of(), "");

    /** Copies the settings. */
    public RefusalGuide {
        settings = List.copyOf(settings);
    }

    /** The guide to a reason. */
    public static RefusalGuide of(RefusalReason reason) {
        return switch (reason.stage()) {
            case REQUEST, CREDENTIALS -> RequestRemedies.ofRequest(reason);
            case TOKEN, KEY, SIGNATURE -> TokenRemedies.ofToken(reason);
            case INTROSPECTION -> SenderRemedies.ofIntrospection(reason);
            case CLAIMS, LIFETIME -> TokenRemedies.ofClaims(reason);
            case POSSESSION -> SenderRemedies.ofPossession(reason);
            case REVOCATION, INTERNAL -> SenderRemedies.ofState(reason);
            case AUTHORIZATION -> RequestRemedies.ofAuthorization(reason);
        };
    }

    /** What a refusal found and expected, completed by the guide, cut and escaped. */
    public static Finding explain(RefusedException refused) {
        RefusalGuide guide = of(refused.reason());
        Finding finding = refused.finding();
        return new Finding(
                SafeText.finding(finding.found().isEmpty() ? guide.found : finding.found()),
                SafeText.sentence(finding.expected().isEmpty() ? guide.expected : finding.expected()),
                finding.settings().isEmpty() ? guide.settings : finding.settings(),
                SafeText.sentence(finding.hint()));
    }
}
