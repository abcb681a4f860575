package io.tokenguard.internal.properties;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.config.Preset;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.StatusLists;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.internal.limits.BrakeSettings;
import io.tokenguard.internal.settings.AnswerSettings;
import io.tokenguard.internal.settings.ApplicationSettings;
import io.tokenguard.internal.settings.AuditSettings;
import io.tokenguard.internal.settings.CookieSettings;
import io.tokenguard.internal.settings.CorsSettings;
import io.tokenguard.internal.settings.GuardSettingsBuilder;
import io.tokenguard.internal.settings.PolicySettings;
import io.tokenguard.spi.SharedState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The properties of a guard that belong to no issuer, without {@code tokenguard.}, and the setting of each. */
enum GuardSetting {
    REALM("realm"),
    MAX_TOKEN_LENGTH("max-token-length"),
    UNIFORM_REFUSALS("uniform-refusals"),
    PROBLEM_DETAILS("problem-details"),
    PASS_CORS_PREFLIGHT("pass-cors-preflight"),
    ACCEPT_TOKEN_IN_WEBSOCKET_PROTOCOL("accept-token-in-websocket-protocol"),
    CORS_ALLOWED_ORIGINS("cors.allowed-origins"),
    CORS_ALLOWED_METHODS("cors.allowed-methods"),
    CORS_ALLOWED_HEADERS("cors.allowed-headers"),
    CORS_EXPOSED_HEADERS("cors.exposed-headers"),
    CORS_MAX_AGE("cors.max-age"),
    CORS_ALLOW_CREDENTIALS("cors.allow-credentials"),
    COOKIE_ALLOWED_ORIGINS("cookie.allowed-origins"),
    COOKIE_ACCEPT_SAME_SITE("cookie.accept-same-site"),
    COOKIE_CSRF_FIELD("cookie.csrf-field"),
    COOKIE_ACCEPT_CUSTOM_FIELD("cookie.accept-custom-field"),
    HEALTH_PATH("health.path"),
    HEALTH_SCOPE("health.scope"),
    PRESET("preset"),
    HIDE_CREDENTIALS("hide-credentials"),
    REQUIRE_ADAPTERS("require-adapters"),
    RESOURCE_URI("resource.uri"),
    RESOURCE_HOSTS("resource.hosts"),
    RESOURCE_NAME("resource.name"),
    RESOURCE_DOCUMENTATION("resource.documentation"),
    SCOPE_HIERARCHY("scope-hierarchy"),
    SCOPE_WILDCARDS("scope-wildcards"),
    ACR_ORDER("acr-order"),
    TRUSTED_PROXIES("trusted-proxies"),
    DENY_NETWORKS("deny.networks"),
    DENY_CLIENTS("deny.clients"),
    DENY_MODE("deny.mode"),
    CONSOLE_PATH("console.path"),
    CONSOLE_SCOPE("console.scope"),
    CONSOLE_ROLE("console.role"),
    DPOP_MODE("dpop.mode"),
    DPOP_NONCE("dpop.nonce"),
    DPOP_NONCE_SECRET("dpop.nonce-secret"),
    DPOP_NONCE_SECRET_FILE("dpop.nonce-secret-file"),
    DPOP_PROOF_MAX_AGE("dpop.proof-max-age"),
    DPOP_CLOCK_SKEW("dpop.clock-skew"),
    DPOP_ALGORITHMS("dpop.algorithms"),
    DPOP_REPLAY_CAPACITY("dpop.replay-capacity"),
    MTLS_MODE("mtls.mode"),
    MTLS_CLIENT_CERT_HEADER("mtls.client-cert-header"),
    TOKEN_CACHE_MODE("token-cache.mode"),
    TOKEN_CACHE_MAX_ENTRIES("token-cache.max-entries"),
    TOKEN_CACHE_MAX_BYTES("token-cache.max-bytes"),
    REVOCATION_REDIS_URI("revocation.redis-uri"),
    STATE_JDBC_URI("state.jdbc-uri"),
    STATE_FOLDER("state.folder"),
    STATE_USER("state.user"),
    STATE_PASSWORD("state.password"),
    STATE_PASSWORD_FILE("state.password-file"),
    STATE_TABLE_PREFIX("state.table-prefix"),
    REVOCATION_OUTAGE("revocation.outage"),
    REVOCATION_OUTAGE_AFTER("revocation.outage-after"),
    REVOCATION_STORE_TIMEOUT("revocation.store-timeout"),
    REVOCATION_RETENTION("revocation.retention"),
    REVOCATION_CAPACITY("revocation.capacity"),
    LOGOUT_AUDIENCES("logout.audiences"),
    LOGOUT_ACCEPT_UNTYPED("logout.accept-untyped"),
    LOGOUT_ALL_SESSIONS("logout.all-sessions"),
    EVENTS_AUDIENCES("events.audiences"),
    EVENTS_SECRET("events.secret"),
    EVENTS_SECRET_FILE("events.secret-file"),
    STATUS_LIST_MODE("status-list.mode"),
    STATUS_LIST_URIS("status-list.uris"),
    STATUS_LIST_CACHE_TTL("status-list.cache-ttl"),
    STATUS_LIST_OUTAGE_TTL("status-list.outage-ttl"),
    STATUS_LIST_MAX_SIZE("status-list.max-size"),
    STATUS_LIST_MAX_LISTS("status-list.max-lists"),
    THEFT_DETECTION_MODE("theft-detection.mode"),
    THEFT_DETECTION_MAX_NETWORKS("theft-detection.max-networks"),
    THEFT_DETECTION_MAX_AGENTS("theft-detection.max-agents"),
    THEFT_DETECTION_MAX_REFUSED_PROOFS("theft-detection.max-refused-proofs"),
    THEFT_DETECTION_WINDOW("theft-detection.window"),
    THEFT_BASELINE_MODE("theft-baseline.mode"),
    THEFT_BASELINE_REPORT_SCORE("theft-baseline.report-score"),
    THEFT_BASELINE_RESPONSE_SCORE("theft-baseline.response-score"),
    THEFT_BASELINE_LEARNING_DAYS("theft-baseline.learning-days"),
    THEFT_BASELINE_MAX_SUBJECTS("theft-baseline.max-subjects"),
    THEFT_BASELINE_STEP_UP_MAX_AGE("theft-baseline.step-up-max-age"),
    THEFT_BASELINE_MAX_PER_MINUTE("theft-baseline.max-per-minute"),
    CRYPTO_PROVIDER("crypto-provider"),
    DECRYPTION_KEY_FILE("decryption-key-file"),
    ALLOW_INSECURE_HTTP("allow-insecure-http"),
    AUDIT_MAX_LINES("audit.max-lines-per-second"),
    AUDIT_SUBJECT("audit.subject"),
    AUDIT_SUBJECT_SECRET("audit.subject-secret"),
    AUDIT_SUBJECT_SECRET_FILE("audit.subject-secret-file"),
    AUDIT_REFUSAL_ID("audit.refusal-id"),
    MAX_UNSETTLED_PER_SECOND("max-unsettled-per-second"),
    LIMIT_BUCKETS("limit-buckets"),
    LIMIT_SHARING("limit-sharing"),
    LIMIT_OUTAGE("limit-outage"),
    BRAKE_MODE("brake.mode"),
    BRAKE_MAX_FAILURES("brake.max-failures"),
    BRAKE_NEW_TOKENS("brake.new-tokens"),
    IDEMPOTENCY_MAX_BODY("idempotency.max-body"),
    IDEMPOTENCY_MAX_ANSWER("idempotency.max-answer"),
    IDEMPOTENCY_LEASE("idempotency.lease"),
    IDEMPOTENCY_MAX_BYTES("idempotency.max-bytes"),
    IDEMPOTENCY_FIELDS("idempotency.fields");

    private final String key;

    GuardSetting(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    static Optional<GuardSetting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    GuardSettingsBuilder apply(GuardSettingsBuilder guard, SettingValue value) {
        return switch (this) {
            case REALM -> guard.answers(known -> known.in(value.text()));
            case MAX_TOKEN_LENGTH -> guard.maxTokenLength(value.number());
            case UNIFORM_REFUSALS -> value.flag() ? guard.answers(AnswerSettings::uniform) : guard;
            case PROBLEM_DETAILS -> value.flag() ? guard.answers(AnswerSettings::withProblemDetails) : guard;
            case PASS_CORS_PREFLIGHT -> value.flag() ? guard.passCorsPreflight() : guard;
            case ACCEPT_TOKEN_IN_WEBSOCKET_PROTOCOL -> value.flag() ? guard.acceptTokenInWebSocketProtocol() : guard;
            case CORS_ALLOWED_ORIGINS -> guard.answers(known -> known.cors(cors -> cors.from(value.list())));
            case CORS_ALLOWED_METHODS -> guard.answers(known -> known.cors(cors -> cors.forMethods(value.list())));
            case CORS_ALLOWED_HEADERS -> guard.answers(known -> known.cors(cors -> cors.withHeaders(value.list())));
            case CORS_EXPOSED_HEADERS -> guard.answers(known -> known.cors(cors -> cors.exposing(value.list())));
            case CORS_MAX_AGE -> guard.answers(known -> known.cors(cors -> cors.keptFor(value.duration())));
            case CORS_ALLOW_CREDENTIALS ->
                value.flag() ? guard.answers(known -> known.cors(CorsSettings::withCredentials)) : guard;
            case COOKIE_ALLOWED_ORIGINS -> guard.cookies(known -> known.from(value.list()));
            case COOKIE_ACCEPT_SAME_SITE -> value.flag() ? guard.cookies(CookieSettings::fromSameSite) : guard;
            case COOKIE_CSRF_FIELD -> guard.cookies(known -> known.provenIn(value.text()));
            case COOKIE_ACCEPT_CUSTOM_FIELD -> guard.cookies(known -> known.withCustomField(value.text()));
            case HEALTH_PATH -> guard.answers(known -> known.health(health -> health.at(value.text())));
            case HEALTH_SCOPE -> guard.answers(known -> known.health(health -> health.detailedFor(value.text())));
            case PRESET -> guard.preset(preset(value));
            case HIDE_CREDENTIALS -> guard.answers(known -> known.hiding(value.flag()));
            case REQUIRE_ADAPTERS -> value.flag() ? guard.application(ApplicationSettings::requiringAdapters) : guard;
            case RESOURCE_URI -> guard.resource(known -> known.at(value.address()));
            case RESOURCE_HOSTS -> guard.resource(known -> known.answeringFor(value.list()));
            case RESOURCE_NAME -> guard.resource(known -> known.named(value.text()));
            case RESOURCE_DOCUMENTATION -> guard.resource(known -> known.documentedAt(value.address()));
            case SCOPE_HIERARCHY -> hierarchies(guard, value);
            case SCOPE_WILDCARDS -> guard.scopeWildcards(value.list());
            case ACR_ORDER -> guard.acrOrder(value.list());
            case CONSOLE_PATH -> guard.console(known -> known.at(value.text()));
            case CONSOLE_SCOPE -> guard.console(known -> known.requiringScope(value.text()));
            case CONSOLE_ROLE -> guard.console(known -> known.requiringRole(value.text()));
            case TRUSTED_PROXIES -> guard.trustedProxies(value.list());
            case DENY_NETWORKS -> guard.policies(known -> known.denyingNetworks(value.list()));
            case DENY_CLIENTS -> guard.policies(known -> known.denyingClients(value.list()));
            case DENY_MODE -> guard.policies(known -> known.mode(value.choice(PolicySettings.Mode.values())));
            case DPOP_MODE -> guard.dpop(known -> known.mode(value.choice(BindingMode.values())));
            case DPOP_NONCE -> value.isRequired() ? guard.dpop(Dpop::askForNonces) : guard;
            case DPOP_NONCE_SECRET -> guard.dpop(known -> known.nonceSecret(value.text()));
            case DPOP_NONCE_SECRET_FILE -> guard.dpop(known -> known.nonceSecret(value.secretInFile()));
            case DPOP_PROOF_MAX_AGE -> guard.dpop(known -> known.proofMaxAge(value.duration()));
            case DPOP_CLOCK_SKEW -> guard.dpop(known -> known.clockSkew(value.duration()));
            case DPOP_ALGORITHMS -> guard.dpop(known -> known.algorithms(value.algorithms()));
            case DPOP_REPLAY_CAPACITY -> guard.dpop(known -> known.replayCapacity(value.number()));
            case MTLS_MODE -> guard.mutualTls(known -> known.mode(value.choice(BindingMode.values())));
            case MTLS_CLIENT_CERT_HEADER ->
                guard.mutualTls(known -> known.certificateHeader(CertificateHeader.parse(value.text())));
            case TOKEN_CACHE_MODE -> guard.tokenCache(known -> known.mode(value.isOn()));
            case TOKEN_CACHE_MAX_ENTRIES -> guard.tokenCache(known -> known.maxEntries(value.number()));
            case TOKEN_CACHE_MAX_BYTES -> guard.tokenCache(known -> known.maxBytes(value.bytes()));
            case REVOCATION_REDIS_URI, STATE_JDBC_URI ->
                guard.sharedState(known -> known.alsoAt(value.key(), value.address()));
            case STATE_FOLDER ->
                guard.sharedState(
                        known -> known.alsoAt(value.key(), value.file().toUri()));
            case STATE_USER -> located(guard, value, place -> place.user(value.text()));
            case STATE_PASSWORD -> located(guard, value, place -> place.password(value.text()));
            case STATE_PASSWORD_FILE -> located(guard, value, place -> place.password(value.secretInFile()));
            case STATE_TABLE_PREFIX -> located(guard, value, place -> place.tablePrefix(value.text()));
            case REVOCATION_OUTAGE -> guard.revocations(known -> known.outage(value.choice(FailurePolicy.values())));
            case REVOCATION_OUTAGE_AFTER -> guard.revocations(known -> known.outageAfter(value.duration()));
            case REVOCATION_STORE_TIMEOUT -> guard.revocations(known -> known.storeTimeout(value.duration()));
            case REVOCATION_RETENTION -> guard.revocations(known -> known.retention(value.duration()));
            case REVOCATION_CAPACITY -> guard.revocations(known -> known.capacity(value.number()));
            case LOGOUT_AUDIENCES -> guard.backChannelLogout(known -> known.audiences(value.list()));
            case LOGOUT_ACCEPT_UNTYPED ->
                value.flag() ? guard.backChannelLogout(BackChannelLogout::acceptUntypedTokens) : guard;
            case LOGOUT_ALL_SESSIONS ->
                value.flag() ? guard.backChannelLogout(BackChannelLogout::endAllSessions) : guard;
            case EVENTS_AUDIENCES -> guard.securityEvents(known -> known.audiences(value.list()));
            case EVENTS_SECRET -> guard.securityEvents(known -> known.secret(value.text()));
            case EVENTS_SECRET_FILE -> guard.securityEvents(known -> known.secret(value.secretInFile()));
            case STATUS_LIST_MODE -> guard.statusLists(known -> known.mode(value.choice(StatusLists.Mode.values())));
            case STATUS_LIST_URIS -> guard.statusLists(known -> known.at(value.addresses()));
            case STATUS_LIST_CACHE_TTL -> guard.statusLists(known -> known.cacheTtl(value.duration()));
            case STATUS_LIST_OUTAGE_TTL -> guard.statusLists(known -> known.outageTtl(value.duration()));
            case STATUS_LIST_MAX_SIZE ->
                guard.statusLists(known -> known.largest((int) Math.min(Integer.MAX_VALUE, value.bytes())));
            case STATUS_LIST_MAX_LISTS -> guard.statusLists(known -> known.most(value.number()));
            case THEFT_DETECTION_MODE ->
                guard.theftDetection(known -> known.mode(value.choice(TheftDetection.Mode.values())));
            case THEFT_DETECTION_MAX_NETWORKS -> guard.theftDetection(known -> known.maxNetworks(value.number()));
            case THEFT_DETECTION_MAX_AGENTS -> guard.theftDetection(known -> known.maxAgents(value.number()));
            case THEFT_DETECTION_MAX_REFUSED_PROOFS ->
                guard.theftDetection(known -> known.maxRefusedProofs(value.number()));
            case THEFT_DETECTION_WINDOW -> guard.theftDetection(known -> known.window(value.duration()));
            case THEFT_BASELINE_MODE ->
                guard.theftBaseline(known -> known.mode(value.choice(TheftDetection.Baseline.Answer.values())));
            case THEFT_BASELINE_REPORT_SCORE -> guard.theftBaseline(known -> known.reportScore(value.number()));
            case THEFT_BASELINE_RESPONSE_SCORE -> guard.theftBaseline(known -> known.responseScore(value.number()));
            case THEFT_BASELINE_LEARNING_DAYS -> guard.theftBaseline(known -> known.learningDays(value.number()));
            case THEFT_BASELINE_MAX_SUBJECTS -> guard.theftBaseline(known -> known.maxSubjects(value.number()));
            case THEFT_BASELINE_STEP_UP_MAX_AGE -> guard.theftBaseline(known -> known.stepUpMaxAge(value.duration()));
            case THEFT_BASELINE_MAX_PER_MINUTE -> guard.theftBaseline(known -> known.maxPerMinute(value.number()));
            case CRYPTO_PROVIDER -> guard.crypto(known -> known.by(value.text()));
            case DECRYPTION_KEY_FILE -> guard.crypto(known -> known.decryptingWith(value.file()));
            case AUDIT_MAX_LINES -> guard.audit(known -> known.linesPerSecond(value.number()));
            case AUDIT_SUBJECT -> guard.audit(known -> known.subjects(value.choice(AuditSettings.Subjects.values())));
            case AUDIT_SUBJECT_SECRET -> guard.audit(known -> known.subjectSecret(value.text()));
            case AUDIT_SUBJECT_SECRET_FILE -> guard.audit(known -> known.subjectSecret(value.secretInFile()));
            case AUDIT_REFUSAL_ID -> guard.audit(known -> known.refusalIds(value.isOn()));
            case MAX_UNSETTLED_PER_SECOND -> guard.maxUnsettledPerSecond(value.number());
            case LIMIT_BUCKETS -> guard.limits(known -> known.maxBuckets(value.number()));
            case LIMIT_SHARING -> guard.limits(known -> known.shared(value.isOn()));
            case LIMIT_OUTAGE -> guard.limits(known -> known.outage(value.choice(FailurePolicy.values())));
            case BRAKE_MODE -> braked(guard, brake -> brake.mode(value.choice(BrakeSettings.Mode.values())));
            case BRAKE_MAX_FAILURES -> braked(guard, brake -> brake.maxFailures(value.number()));
            case BRAKE_NEW_TOKENS -> braked(guard, brake -> brake.newTokens(value.number()));
            case IDEMPOTENCY_MAX_BODY -> guard.writes(known -> known.maxBody(value.bytes()));
            case IDEMPOTENCY_MAX_ANSWER -> guard.writes(known -> known.maxAnswer(value.bytes()));
            case IDEMPOTENCY_LEASE -> guard.writes(known -> known.lease(value.duration()));
            case IDEMPOTENCY_MAX_BYTES -> guard.writes(known -> known.maxBytes(value.bytes()));
            case IDEMPOTENCY_FIELDS -> guard.writes(known -> known.fields(List.of(value.list())));
            case ALLOW_INSECURE_HTTP -> value.flag() ? guard.allowInsecureHttp() : guard;
        };
    }

    private static GuardSettingsBuilder located(
            GuardSettingsBuilder guard, SettingValue value, UnaryOperator<SharedState.Location> change) {
        return guard.sharedState(known -> known.completed(value.key(), change));
    }

    private static GuardSettingsBuilder braked(GuardSettingsBuilder guard, UnaryOperator<BrakeSettings> change) {
        return guard.limits(known -> known.brake(change));
    }

    private static Preset preset(SettingValue value) {
        return Arrays.stream(Preset.values())
                .filter(preset -> preset.settingName().equals(value.text()))
                .findFirst()
                .orElseThrow(
                        () -> ConfigurationException.of(value.key(), value.text(), "name the preset mcp or fapi2"));
    }

    /** Such as {@code admin > orders:write > orders:read, reports:write > reports:read}. */
    private static GuardSettingsBuilder hierarchies(GuardSettingsBuilder guard, SettingValue value) {
        for (String hierarchy : value.list()) {
            guard.scopeHierarchy(hierarchy.split("\\s+>\\s+", -1));
        }
        return guard;
    }
}
