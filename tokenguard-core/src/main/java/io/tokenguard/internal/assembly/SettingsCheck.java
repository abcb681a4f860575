package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Confirmation.Binding;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Preset;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.ResourceSettings;

/** Checks settings against each other, and applies presets. */
final class SettingsCheck {
    private SettingsCheck() {}

    /**
     * The settings, narrowed to the bounds of their preset.
     *
     * @throws ConfigurationException if they contradict each other
     */
    static GuardSettings checked(GuardSettings settings) {
        settings.issuers().forEach(IssuerShape::check);
        IssuerTextRules.check(settings.issuers());
        CredentialRules.check(settings);
        CookieRules.check(settings);
        ResourceRules.check(settings.api().resource(), addresses(settings));
        if (settings.isPreset(Preset.MCP)) {
            McpPreset.apply(settings, PolicyAssembly.resource(settings));
        }
        if (settings.isPreset(Preset.FAPI2)) {
            new Fapi2Preset(settings).apply();
        }
        requireOwnAddress(settings);
        new SatisfiableRoutes(settings).check();
        TheftPolicies.check(settings);
        return settings.isPreset(Preset.FAPI2) ? new Fapi2Preset(settings).narrowed() : settings;
    }

    static AddressPolicy addresses(GuardSettings settings) {
        return new AddressPolicy(settings.api().requests().allowsInsecureHttp());
    }

    /** If proofs are required, the request alone must not decide which address they are for. */
    private static void requireOwnAddress(GuardSettings settings) {
        Dpop dpop = settings.binding().dpop();
        ResourceSettings resource = settings.api().resource();
        if (dpop.mode() == BindingMode.OFF) {
            return;
        }
        if (dpop.mode() == BindingMode.REQUIRED) {
            resource.requireAddress("tokenguard.dpop.mode is 'required'");
        }
        if (dpop.asksForNonces()) {
            resource.requireAddress("tokenguard.dpop.nonce is 'required'");
        }
        if (settings.isPreset(Preset.FAPI2)) {
            resource.requireAddress("tokenguard.preset is 'fapi2'; or set tokenguard.dpop.mode to off");
        }
        settings.api().access().routes().stream()
                .filter(rule -> rule.requirement().acceptsBinding(Binding.DPOP))
                .findFirst()
                .ifPresent(rule -> resource.requireAddress("the route " + rule.pattern()
                        + " requires 'dpop' or 'bound'; or write 'mtls' there, or set tokenguard.dpop.mode to off"));
    }
}
