package io.tokenguard;

import io.tokenguard.access.AddressRange;
import io.tokenguard.access.Binding;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Route;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.FailurePolicy;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.StatusLists;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.assembly.CertificatePolicies;
import io.tokenguard.internal.assembly.DpopPolicies;
import io.tokenguard.internal.assembly.RevocationPolicies;
import io.tokenguard.internal.assembly.TheftPolicies;
import io.tokenguard.internal.audit.AuditLog;
import io.tokenguard.internal.authorization.AuthorizationPolicy;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.possession.PossessionPolicy;
import io.tokenguard.internal.possession.ReplayPolicy;
import io.tokenguard.internal.possession.UsedProofs;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.response.ChallengeComposer;
import io.tokenguard.internal.response.ChallengePolicy;
import io.tokenguard.internal.response.DpopOffer;
import io.tokenguard.internal.response.ResourceDescription;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.revocation.RevocationPolicy;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.spi.SharedState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a builder was told, and what the rooms of the pipeline are made of by it. Not thread-safe, and not changed any more once
 * a guard is made of it.
 */
final class GuardDescription {
    final Map<String, TrustedIssuer> issuers = new LinkedHashMap<>();
    final List<Route> rules = new ArrayList<>();
    final List<GuardObserver> observers = new ArrayList<>();
    int auditLinesPerSecond = AuditLog.USUAL_LINES;
    AuthorizationPolicy authorization = AuthorizationPolicy.NONE;
    ResourceSettings resource = ResourceSettings.NONE;
    Dpop dpop = Dpop.supported();
    TokenCache tokenCache = TokenCache.on();
    MutualTls mutualTls = MutualTls.supported();
    Revocations revocations = Revocations.local();
    TheftDetection signals = TheftDetection.off();
    SharedSettings shared = SharedSettings.NONE;
    BackChannelLogout logout = BackChannelLogout.strict();
    SecurityEvents events = SecurityEvents.strict();
    StatusLists statusLists = StatusLists.supported();
    List<AddressRange> proxies = List.of();
    String realm = "api";
    int maxTokenLength = 16_384;
    boolean insecureHttp;
    boolean uniform;
    boolean preflight;
    boolean requiresAdapters;
    Optional<Preset> preset = Optional.empty();
    Optional<Boolean> hidden = Optional.empty();
    CryptoChoice crypto = CryptoChoice.AUTO;
    private @Nullable SignatureEngine engine;
    final Environment environment = new Environment();

    DecisionPipeline pipeline(GuardState guardState) {
        if (issuers.isEmpty()) {
            throw ConfigurationException.missing(
                    "tokenguard.issuer-uri", "name the issuer whose access tokens are accepted");
        }
        resource.check(addresses());
        if (isMcp()) {
            McpPreset.apply(resource(), issuers(), insecureHttp, hidden);
        }
        if (isFapi2()) {
            new Fapi2Preset(dpop, mutualTls, revocations, statusLists, shared.isSomewhere())
                    .apply(issuers(), insecureHttp);
        }
        requireOwnAddress();
        engine = crypto.find(algorithms());
        StartReport.write(insecureHttp, issuers());
        StartReport.write(routes());
        return PipelineAssembly.assemble(this, guardState);
    }

    /** Where proofs have to be good, the request alone must not say which address they are for. */
    private void requireOwnAddress() {
        if (dpop.mode() == BindingMode.OFF) {
            return;
        }
        if (dpop.mode() == BindingMode.REQUIRED) {
            resource.requireAddress("tokenguard.dpop.mode is 'required'");
        }
        if (dpop.asksForNonces()) {
            resource.requireAddress("tokenguard.dpop.nonce is 'required'");
        }
        if (isFapi2()) {
            resource.requireAddress("tokenguard.preset is 'fapi2'; or set tokenguard.dpop.mode to off");
        }
        rules.stream()
                .filter(rule -> rule.requirement().acceptsBinding(Binding.DPOP))
                .findFirst()
                .ifPresent(rule -> resource.requireAddress("the route " + rule.pattern()
                        + " requires 'dpop' or 'bound'; or write 'mtls' there, or set tokenguard.dpop.mode to off"));
    }

    private Set<SignatureAlgorithm> algorithms() {
        Set<SignatureAlgorithm> needed = EnumSet.noneOf(SignatureAlgorithm.class);
        issuers().forEach(issuer -> needed.addAll(issuer.header().algorithms()));
        if (proofs().mode() != BindingMode.OFF) {
            needed.addAll(proofs().algorithms());
        }
        return needed;
    }

    SignatureVerifier verifier() {
        return new SignatureVerifier(signatures());
    }

    /** Found when the pipeline is made. */
    private SignatureEngine signatures() {
        return Objects.requireNonNull(engine);
    }

    Environment environment() {
        return environment;
    }

    OpenedSharedState shared(GuardState guardState) {
        return guardState.shared(shared, new SharedState.Terms(environment.clock()));
    }

    PossessionPolicy possession(GuardState guardState, OpenedSharedState opened) {
        Clock time = environment.clock();
        return new PossessionPolicy(
                DpopPolicies.proofs(proofs()),
                CertificatePolicies.possession(mutualTls, targets()),
                isFapi2(),
                targets(),
                DpopPolicies.nonces(dpop, opened.nonceSecret(guardState.nonceSecret()), time),
                new UsedProofs(
                        guardState.replays(dpop.replayCapacity(), time, environment.nanoTime()), replays(opened)),
                signatures(),
                time);
    }

    private ReplayPolicy replays(OpenedSharedState opened) {
        return new ReplayPolicy(
                dpop.replayCapacity(),
                dpop.proofMaxAge(),
                dpop.replayStore().or(opened::replays),
                revocations.outageAfter(),
                revocations.outage() == FailurePolicy.FAIL_OPEN);
    }

    RevocationCheck revocation(GuardState guardState, OpenedSharedState opened, Workers workers) {
        RevocationPolicy policy = RevocationPolicies.of(
                revocations,
                opened.revocations(),
                issuers.values().stream().map(TrustedIssuer::lifetime).toList(),
                environment.clock(),
                workers.timer());
        return new RevocationCheck(guardState.revocations(policy.limits()), guardState.keyBans(), policy);
    }

    TargetUriPolicy targets() {
        return new TargetUriPolicy(resource.uri(), resource.hosts(), proxies);
    }

    AddressPolicy addresses() {
        return new AddressPolicy(insecureHttp);
    }

    Collection<TrustedIssuer> issuers() {
        return isFapi2()
                ? issuers.values().stream().map(Fapi2Preset::narrowed).toList()
                : List.copyOf(issuers.values());
    }

    RouteTable routes() {
        return new RouteTable(
                Stream.concat(rules.stream(), resource.routes().stream()).toList());
    }

    TokenParser parser() {
        return new TokenParser(maxTokenLength);
    }

    ChallengeComposer challenges() {
        return new ChallengeComposer(new ChallengePolicy(
                realm,
                uniform,
                isMcp(),
                authorization.acrOrder(),
                dpopOffer(),
                resource().map(ResourceDescription::metadataAddress)));
    }

    DpopOffer dpopOffer() {
        return DpopPolicies.offer(proofs(), preflight);
    }

    Optional<ResourceDescription> resource() {
        return resource.description(
                issuers.values().stream()
                        .filter(issuer -> !issuer.isUnnamed())
                        .map(TrustedIssuer::issuer)
                        .toList(),
                CertificatePolicies.offer(mutualTls));
    }

    TokenCache tokenCache() {
        return tokenCache;
    }

    TheftResponder theftDesk(Predicate<Revocation> withdrawals) {
        return new TheftResponder(
                TheftPolicies.watch(signals, proxies, environment.clock()),
                observers(),
                signals.mode() == TheftDetection.Mode.REVOKE,
                withdrawals);
    }

    StatusLists statusLists() {
        return statusLists;
    }

    AuthorizationPolicy authorization() {
        return authorization;
    }

    /** How proofs are judged, the preset included. */
    private Dpop proofs() {
        return isFapi2() ? Fapi2Preset.narrowed(dpop) : dpop;
    }

    private boolean isFapi2() {
        return preset.filter(Preset.FAPI2::equals).isPresent();
    }

    private boolean isMcp() {
        return preset.filter(Preset.MCP::equals).isPresent();
    }

    boolean hidesCredentials() {
        return hidden.orElse(isMcp());
    }

    boolean passesPreflight() {
        return preflight;
    }

    boolean allowsInsecureHttp() {
        return insecureHttp;
    }

    List<GuardObserver> observers() {
        List<GuardObserver> all = new ArrayList<>();
        all.add(new AuditLog(auditLinesPerSecond, environment.nanoTime()));
        all.addAll(observers);
        return List.copyOf(all);
    }
}
