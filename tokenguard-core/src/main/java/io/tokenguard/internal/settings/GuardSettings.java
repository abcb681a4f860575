package io.tokenguard.internal.settings;

import io.tokenguard.config.Preset;
import java.util.List;
import java.util.Optional;

/**
 * All settings of a guard. Immutable.
 *
 * @param issuers the trusted issuers
 * @param api the protected API
 * @param binding how senders prove possession of tokens
 * @param withdrawal how tokens are revoked
 * @param operation how the guard runs
 * @param preset settings that a specification requires together
 */
public record GuardSettings(
        List<IssuerSettings> issuers,
        ApiSettings api,
        BindingSettings binding,
        WithdrawalSettings withdrawal,
        OperationSettings operation,
        Optional<Preset> preset) {
    /** Copies the issuers. */
    public GuardSettings {
        issuers = List.copyOf(issuers);
    }

    /** The same for other issuers. */
    public GuardSettings withIssuers(List<IssuerSettings> others) {
        return new GuardSettings(others, api, binding, withdrawal, operation, preset);
    }

    /** The same with another binding. */
    public GuardSettings withBinding(BindingSettings other) {
        return new GuardSettings(issuers, api, other, withdrawal, operation, preset);
    }

    /** Whether a preset is chosen. */
    public boolean isPreset(Preset candidate) {
        return preset.filter(candidate::equals).isPresent();
    }

    /** Whether the application can't see credentials. */
    public boolean hidesCredentials() {
        return api.answers().hidesCredentials().orElse(isPreset(Preset.MCP));
    }

    /** Contains no values: settings may be secrets. */
    @Override
    public String toString() {
        return "GuardSettings[not shown]";
    }
}
