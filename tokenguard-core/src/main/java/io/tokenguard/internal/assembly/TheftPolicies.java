package io.tokenguard.internal.assembly;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.internal.pipeline.BaselineCheck;
import io.tokenguard.internal.pipeline.BaselineTerms;
import io.tokenguard.internal.pipeline.TheftResponder;
import io.tokenguard.internal.pipeline.TheftSteps;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.theft.BaselineLimits;
import io.tokenguard.internal.theft.BaselineWatch;
import io.tokenguard.internal.theft.TheftPolicy;
import io.tokenguard.internal.theft.TheftWatch;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Turns {@link TheftDetection} and {@link TheftDetection.Baseline} settings into theft detection. */
final class TheftPolicies {
    private TheftPolicies() {}

    /** How requests are compared, and what follows. */
    static TheftSteps steps(GuardSettings settings, GuardState state, TheftResponder signals) {
        TheftDetection.Baseline baseline = settings.withdrawal().baseline();
        TheftDetection.Baseline.Scores scores = baseline.scores();
        BaselineTerms terms = new BaselineTerms(
                response(baseline.mode()),
                scores.report(),
                scores.response(),
                baseline.stepUpMaxAge(),
                baseline.maxPerMinute());
        if (baseline.mode() == TheftDetection.Baseline.Answer.OFF) {
            return new TheftSteps(signals, new BaselineCheck(Optional.empty(), terms, signals));
        }
        BaselineLimits limits = new BaselineLimits(
                baseline.learningDays(),
                scores.report(),
                Math.max(1, baseline.maxSubjects() / settings.issuers().size()));
        BaselineWatch watch = new BaselineWatch(
                state.baselines(), limits, settings.api().requests().proxies());
        return new TheftSteps(signals, new BaselineCheck(Optional.of(watch), terms, signals));
    }

    /**
     * Checks the settings of the baseline, before anything is opened.
     *
     * @throws ConfigurationException if the scores contradict each other, or an issuer can't answer what the mode asks
     */
    static void check(GuardSettings settings) {
        TheftDetection.Baseline baseline = settings.withdrawal().baseline();
        if (baseline.mode() == TheftDetection.Baseline.Answer.OFF) {
            return;
        }
        if (baseline.scores().report() > baseline.scores().response()) {
            throw ConfigurationException.of(
                    "tokenguard.theft-baseline.response-score",
                    baseline.scores().response(),
                    "set at least tokenguard.theft-baseline.report-score, which is "
                            + baseline.scores().report());
        }
        boolean canAsk = settings.issuers().stream()
                .allMatch(issuer -> issuer.introspection().isPresent());
        if (baseline.mode() == TheftDetection.Baseline.Answer.FRESH && !canAsk) {
            throw ConfigurationException.of(
                    "tokenguard.theft-baseline.mode",
                    "fresh",
                    "set tokenguard.introspection.uri for each issuer, or another mode");
        }
    }

    private static BaselineTerms.Response response(TheftDetection.Baseline.Answer mode) {
        return switch (mode) {
            case OFF, REPORT -> BaselineTerms.Response.NONE;
            case FRESH -> BaselineTerms.Response.FRESH;
            case STEP_UP -> BaselineTerms.Response.STEP_UP;
            case LIMIT -> BaselineTerms.Response.LIMIT;
            case REVOKE -> BaselineTerms.Response.REVOKE;
        };
    }

    /** Watches requests; empty if that is off. */
    static Optional<TheftWatch> watch(TheftDetection settings, List<AddressRange> proxies, LongSupplier nanoTime) {
        return settings.mode() == TheftDetection.Mode.OFF
                ? Optional.empty()
                : Optional.of(new TheftWatch(new TheftPolicy(
                        settings.maxNetworks(),
                        settings.maxAgents(),
                        settings.maxRefusedProofs(),
                        settings.window(),
                        proxies,
                        nanoTime)));
    }
}
