package io.tokenguard.internal.assembly;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Preset;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.audit.SubjectDisclosure;
import io.tokenguard.internal.authorization.AuthorizationPolicy;
import io.tokenguard.internal.authorization.ConditionSources;
import io.tokenguard.internal.cache.TokenCachePolicy;
import io.tokenguard.internal.feeds.FeedPolicy;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.response.ChallengePolicy;
import io.tokenguard.internal.response.CorsPolicy;
import io.tokenguard.internal.response.DpopOffer;
import io.tokenguard.internal.response.RefusalBody;
import io.tokenguard.internal.response.ResourceDescription;
import io.tokenguard.internal.settings.AccessSettings;
import io.tokenguard.internal.settings.AnswerSettings;
import io.tokenguard.internal.settings.AuditSettings;
import io.tokenguard.internal.settings.CorsSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.ResourceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns settings into policies that need no other part. */
final class PolicyAssembly {
    /** What scripts need to send tokens, proofs and JSON. */
    private static final List<String> USUAL_HEADERS = List.of("Authorization", "DPoP", "Content-Type");

    /** Within the limits of browsers: Chromium has two hours, Firefox a day. */
    private static final Duration USUAL_MAX_AGE = Duration.ofMinutes(10);

    private PolicyAssembly() {}

    static AuthorizationPolicy authorization(GuardSettings settings, ConditionSources conditions) {
        AccessSettings access = settings.api().access();
        AuthorizationPolicy policy = AuthorizationPolicy.NONE;
        for (List<String> hierarchy : access.scopeHierarchies()) {
            policy = policy.withHierarchy(hierarchy);
        }
        policy = policy.withWildcards(access.scopeWildcards())
                .withAcrOrder(access.acrOrder())
                .reading(conditions);
        Optional<URI> address = settings.api().resource().uri();
        return address.isPresent() ? policy.at(address.get().toString()) : policy;
    }

    static TargetUriPolicy targets(GuardSettings settings) {
        ResourceSettings resource = settings.api().resource();
        return new TargetUriPolicy(
                resource.uri(), resource.hosts(), settings.api().requests().proxies());
    }

    static ChallengePolicy challenges(GuardSettings settings) {
        AnswerSettings answers = settings.api().answers();
        return new ChallengePolicy(
                answers.realm(),
                answers.isUniform(),
                settings.isPreset(Preset.MCP),
                settings.api().access().acrOrder(),
                dpopOffer(settings),
                resource(settings).map(ResourceDescription::metadataAddress));
    }

    static RefusalBody bodies(GuardSettings settings) {
        return settings.api().answers().hasProblemDetails() ? RefusalBody.PROBLEM_DETAILS : RefusalBody.OAUTH_ERROR;
    }

    static CorsPolicy cors(GuardSettings settings) {
        CorsSettings cors = settings.api().answers().cors();
        Optional<CorsPolicy.AllowedRequests> requests = cors.answersPreflights()
                ? Optional.of(CorsPolicy.AllowedRequests.of(
                        cors.methods(),
                        cors.headers().isEmpty() ? USUAL_HEADERS : cors.headers(),
                        cors.maxAge().orElse(USUAL_MAX_AGE).toSeconds(),
                        cors.exposed()))
                : Optional.empty();
        return new CorsPolicy(Set.copyOf(cors.origins()), cors.allowsCredentials(), requests);
    }

    static DpopOffer dpopOffer(GuardSettings settings) {
        boolean exposesNonce =
                settings.api().requests().passesPreflight() || cors(settings).isOn();
        return DpopPolicies.offer(settings.binding().dpop(), exposesNonce);
    }

    static Optional<ResourceDescription> resource(GuardSettings settings) {
        return ResourceRules.description(
                settings.api().resource(),
                settings.issuers(),
                CertificatePolicies.offer(settings.binding().mutualTls()));
    }

    static TokenCachePolicy tokenCache(GuardSettings settings) {
        TokenCache cache = settings.operation().tokenCache();
        return new TokenCachePolicy(cache.isOn(), cache.maxEntries(), cache.maxBytes());
    }

    static FeedPolicy feeds(GuardSettings settings) {
        BackChannelLogout logout = settings.withdrawal().logout();
        SecurityEvents events = settings.withdrawal().events();
        return new FeedPolicy(
                logout.audiences(),
                logout.acceptsUntypedTokens(),
                logout.endsAllSessions(),
                events.audiences(),
                events.secret());
    }

    static SubjectDisclosure subjects(GuardSettings settings) {
        AuditSettings audit = settings.operation().audit();
        return switch (audit.subjects()) {
            case RAW -> SubjectDisclosure.RAW;
            case HASH -> SubjectDisclosure.hashedBy(audit.subjectSecret().orElseThrow());
            case NONE -> SubjectDisclosure.NONE;
        };
    }

    /** All algorithms that tokens or proofs may use. */
    static Set<SignatureAlgorithm> algorithms(GuardSettings settings) {
        Set<SignatureAlgorithm> needed = EnumSet.noneOf(SignatureAlgorithm.class);
        settings.issuers().forEach(issuer -> needed.addAll(issuer.tokens().algorithms()));
        Dpop dpop = settings.binding().dpop();
        if (dpop.mode() != BindingMode.OFF) {
            needed.addAll(dpop.algorithms());
        }
        return needed;
    }
}
