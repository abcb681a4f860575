package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dpop;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.possession.PossessionPolicy;
import io.tokenguard.internal.possession.ReplayPolicy;
import io.tokenguard.internal.possession.UsedProofs;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.settings.GuardSettings;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Wires the check of possession.
 *
 * @param settings all settings
 * @param state the used proofs of this node
 * @param shared the used proofs of other nodes
 * @param signatures verifies the signatures of proofs
 * @param clock the time
 * @param nanoTime measures durations
 */
record PossessionAssembly(
        GuardSettings settings,
        GuardState state,
        OpenedSharedState shared,
        SignatureEngine signatures,
        Clock clock,
        LongSupplier nanoTime) {
    PossessionPolicy policy() {
        Dpop dpop = settings.binding().dpop();
        TargetUriPolicy targets = PolicyAssembly.targets(settings);
        return new PossessionPolicy(
                DpopPolicies.proofs(dpop),
                CertificatePolicies.possession(settings.binding().mutualTls(), targets),
                settings.isPreset(Preset.FAPI2),
                targets,
                DpopPolicies.nonces(dpop, shared.nonceSecret(state.nonceSecret()), clock),
                new UsedProofs(state.replays(dpop.replayCapacity(), clock, nanoTime), replays(dpop)),
                signatures,
                clock);
    }

    private ReplayPolicy replays(Dpop dpop) {
        Revocations revocations = settings.withdrawal().revocations();
        return new ReplayPolicy(
                dpop.replayCapacity(),
                dpop.proofMaxAge(),
                dpop.clockSkew(),
                dpop.replayStore().or(shared::replays),
                new ReplayPolicy.Outage(
                        revocations.storeTimeout(),
                        revocations.outageAfter(),
                        revocations.outage() == FailurePolicy.FAIL_OPEN));
    }
}
