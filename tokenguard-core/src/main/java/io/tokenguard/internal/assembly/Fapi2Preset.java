package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Introspection;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.StatusLists;
import io.tokenguard.internal.bounds.Durations;
import io.tokenguard.internal.settings.BindingSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyCacheSettings;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks {@link io.tokenguard.config.Preset#FAPI2} against the other settings, and narrows those that are not set.
 *
 * @param settings all settings
 */
record Fapi2Preset(GuardSettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.TokenGuard");
    private static final String OF_PRESET = "; tokenguard.preset is 'fapi2'";
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(15);
    private static final Set<SignatureAlgorithm> DEFAULTS = SignatureAlgorithm.defaults();
    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.PS256, SignatureAlgorithm.ES256, SignatureAlgorithm.ED25519);

    /**
     * Checks that no setting contradicts the preset, and logs what it changes.
     *
     * @throws ConfigurationException if one does
     */
    void apply() {
        Dpop dpop = settings.binding().dpop();
        MutualTls mutualTls = settings.binding().mutualTls();
        if (settings.api().requests().allowsInsecureHttp()) {
            throw ConfigurationException.of(
                    "tokenguard.allow-insecure-http", true, "it requires TLS for tokens; leave it out" + OF_PRESET);
        }
        if (dpop.mode() == BindingMode.OFF && mutualTls.mode() == BindingMode.OFF) {
            throw ConfigurationException.of(
                    "tokenguard.dpop.mode",
                    "off",
                    "it requires bound tokens; set dpop.mode or mtls.mode to supported" + OF_PRESET);
        }
        if (settings.withdrawal().revocations().outage() != FailurePolicy.FAIL_CLOSED) {
            throw ConfigurationException.of(
                    "tokenguard.revocation.outage",
                    "fail-open",
                    "it requires refusal if revocations can't be checked; set fail-closed" + OF_PRESET);
        }
        if (settings.withdrawal().statusLists().mode() == StatusLists.Mode.OFF) {
            throw ConfigurationException.of(
                    "tokenguard.status-list.mode",
                    "off",
                    "it requires status lists to be checked; leave it out" + OF_PRESET);
        }
        settings.issuers().forEach(this::requireRevocationAnswer);
        LOG.info(
                "preset fapi2: accepts PS256, ES256 and EdDSA only; requires sender-constrained tokens; uses keys for at"
                        + " most 15m after their last load");
    }

    /** FAPI 2.0 Security Profile §5.3.3 requires a check that a token was not revoked, so there must be a source for it. */
    private void requireRevocationAnswer(IssuerSettings issuer) {
        boolean isAsked = issuer.isUnnamed()
                || issuer.introspection()
                        .filter(asked -> asked.how().mode() == Introspection.Mode.ALWAYS)
                        .isPresent();
        boolean isListed = settings.withdrawal().statusLists().mode() == StatusLists.Mode.REQUIRED;
        if (!isAsked
                && !isListed
                && !settings.operation().shared().isSomewhere()
                && settings.withdrawal().revocations().store().isEmpty()) {
            throw ConfigurationException.missing(
                    issuer.keyPrefix() + "introspection.mode",
                    "nothing checks whether tokens are revoked; set it to always, set tokenguard.status-list.mode to required, or"
                            + " share revocations by tokenguard.revocation.redis-uri" + OF_PRESET);
        }
    }

    /** The settings, narrowed to the profile's bounds. */
    GuardSettings narrowed() {
        BindingSettings binding = settings.binding();
        return settings.withIssuers(
                        settings.issuers().stream().map(Fapi2Preset::narrowed).toList())
                .withBinding(new BindingSettings(narrowed(binding.dpop()), binding.mutualTls()));
    }

    /** §5.4: algorithms that are not set become those of the profile; keys are stale for a short time only. */
    private static IssuerSettings narrowed(IssuerSettings issuer) {
        Set<SignatureAlgorithm> stated = issuer.tokens().algorithms();
        Duration outage = issuer.keys().cache().staleTtl();
        boolean isUsual = outage.equals(KeyCacheSettings.USUAL_STALE_TTL);
        if (!isUsual && outage.compareTo(LONGEST_OUTAGE) > 0) {
            throw ConfigurationException.of(
                    issuer.keyPrefix() + "jwks.outage-ttl",
                    Durations.write(outage),
                    "set 15m or less, or leave it out" + OF_PRESET);
        }
        return issuer.within(narrowed(issuer.keyPrefix() + "algorithms", stated), isUsual ? LONGEST_OUTAGE : outage);
    }

    private static Dpop narrowed(Dpop dpop) {
        return dpop.algorithms(
                narrowed("tokenguard.dpop.algorithms", dpop.algorithms()).toArray(SignatureAlgorithm[]::new));
    }

    private static Set<SignatureAlgorithm> narrowed(String key, Set<SignatureAlgorithm> stated) {
        if (stated.equals(DEFAULTS)) {
            return ALGORITHMS;
        }
        if (!ALGORITHMS.containsAll(stated)) {
            throw ConfigurationException.of(key, stated, "set algorithms out of PS256, ES256, EdDSA" + OF_PRESET);
        }
        return stated;
    }
}
