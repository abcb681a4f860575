package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Credentials;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.bounds.Bounds;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Collects the settings of one issuer. Not thread-safe. */
public final class IssuerSettingsBuilder {
    private final String issuer;
    private final boolean isUnnamed;
    private final KeySettingsBuilder keys = new KeySettingsBuilder();
    private final ClaimSettingsBuilder claims = new ClaimSettingsBuilder();
    private final Set<String> audiences = new LinkedHashSet<>();
    private final Set<String> tenants = new LinkedHashSet<>();
    private Optional<Set<SignatureAlgorithm>> algorithms = Optional.empty();
    private Optional<Set<String>> tokenTypes = Optional.empty();
    private Duration clockSkew = Duration.ofSeconds(30);
    private Optional<Duration> maxTokenAge = Optional.empty();
    private Duration maxTokenLifetime = Duration.ofHours(24);
    private Optional<Introspection> introspection = Optional.empty();
    private String keyPrefix = "tokenguard.";
    private int maxActive = 100;
    private Predicate<String> accepts = name -> true;
    private final Set<String> aliases = new LinkedHashSet<>();
    private boolean mayIssuerBeMissing;
    private boolean mayAudienceBeMissing;
    private Credentials credentials = Credentials.inAuthorization();

    private IssuerSettingsBuilder(String issuer, boolean isUnnamed) {
        this.issuer = issuer;
        this.isUnnamed = isUnnamed;
    }

    /** An issuer by its identifier. */
    public static IssuerSettingsBuilder of(String issuer) {
        String checked = Bounds.withoutUserInfo("tokenguard.issuer-uri", Bounds.text("tokenguard.issuer-uri", issuer));
        return new IssuerSettingsBuilder(IssuerMistakes.requireIssuer(checked), false);
    }

    /**
     * An issuer of which only the introspection endpoint is known.
     *
     * @throws ConfigurationException if the settings have no endpoint
     */
    public static IssuerSettingsBuilder opaque(Introspection introspection) {
        String endpoint = introspection
                .uri()
                .map(Object::toString)
                .orElseThrow(() -> ConfigurationException.missing(
                        "tokenguard.introspection.uri",
                        "without an issuer, set the address of the introspection endpoint"));
        String checked = Bounds.withoutUserInfo("tokenguard.introspection.uri", endpoint);
        return new IssuerSettingsBuilder(Bounds.text("tokenguard.issuer-uri", checked), true)
                .introspection(introspection);
    }

    /** The prefix of its properties, for messages. */
    public IssuerSettingsBuilder calledInMessages(String prefix) {
        keyPrefix = prefix;
        return this;
    }

    /** The prefix of its properties, for messages. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** Names of this API. */
    public IssuerSettingsBuilder audience(String... names) {
        audiences.addAll(Bounds.texts("tokenguard.audiences", names));
        return this;
    }

    /** The accepted signature algorithms. */
    public IssuerSettingsBuilder algorithms(SignatureAlgorithm... accepted) {
        if (accepted.length == 0) {
            throw ConfigurationException.missing("tokenguard.algorithms", "name at least one");
        }
        algorithms = Optional.of(Collections.unmodifiableSet(new LinkedHashSet<>(List.of(accepted))));
        return this;
    }

    /** The accepted types; {@code none} means tokens without a type. */
    public IssuerSettingsBuilder tokenTypes(String... types) {
        tokenTypes = Optional.of(Bounds.texts("tokenguard.token-types", types).stream()
                .map(type -> type.equals("none") ? "" : type)
                .collect(Collectors.toUnmodifiableSet()));
        return this;
    }

    /** Accepts any type. */
    public IssuerSettingsBuilder acceptAnyTokenType() {
        tokenTypes = Optional.of(Set.of());
        return this;
    }

    /** The tenants that are trusted. */
    public IssuerSettingsBuilder tenants(String... ids) {
        tenants.addAll(Bounds.texts("tokenguard.tenants", ids));
        return this;
    }

    /** The claims of its tokens. */
    public ClaimSettingsBuilder claims() {
        return claims;
    }

    /** The greatest difference between the clocks. */
    public IssuerSettingsBuilder clockSkew(Duration skew) {
        clockSkew = Bounds.between("tokenguard.clock-skew", skew, Duration.ZERO, Bounds.LONGEST_CLOCK_SKEW);
        return this;
    }

    /** The greatest age of a token. */
    public IssuerSettingsBuilder maxTokenAge(Duration age) {
        maxTokenAge = Optional.of(
                Bounds.between("tokenguard.max-token-age", age, Duration.ofSeconds(1), Bounds.LONGEST_TOKEN_LIFE));
        return this;
    }

    /** The longest lifetime of a token. */
    public IssuerSettingsBuilder maxTokenLifetime(Duration life) {
        maxTokenLifetime =
                Bounds.between("tokenguard.max-token-lifetime", life, Duration.ofSeconds(1), Bounds.LONGEST_TOKEN_LIFE);
        return this;
    }

    /** The secret that verifies its tokens. */
    public IssuerSettingsBuilder hmacSecret(byte[] secret) {
        keys.locate(new KeyLocation.Secret(HmacSecret.checked(keyPrefix + "hmac-secret-file", secret)));
        return this;
    }

    /** How its keys are loaded. */
    public KeySettingsBuilder keys() {
        return keys;
    }

    /** How many issuers of a template are active at once. */
    public IssuerSettingsBuilder maxActiveIssuers(int issuers) {
        maxActive = Bounds.between("tokenguard.max-alive", issuers, 1, 10_000);
        return this;
    }

    /** Which issuers of a template are trusted. */
    public IssuerSettingsBuilder onlyIf(Predicate<String> isTrusted) {
        accepts = isTrusted;
        return this;
    }

    /** Further texts by which its tokens name it. */
    public IssuerSettingsBuilder aliases(String... texts) {
        aliases.addAll(Bounds.texts("tokenguard.issuer-aliases", texts));
        return this;
    }

    /** Accepts tokens that name no issuer. */
    public IssuerSettingsBuilder acceptTokensWithoutIssuer() {
        mayIssuerBeMissing = true;
        return this;
    }

    /** Accepts tokens without an audience. */
    public IssuerSettingsBuilder acceptTokensWithoutAudience() {
        mayAudienceBeMissing = true;
        return this;
    }

    /** Where requests may carry its tokens. */
    public IssuerSettingsBuilder credentials(UnaryOperator<Credentials> change) {
        credentials = change.apply(credentials);
        return this;
    }

    /** How its tokens are introspected. */
    public IssuerSettingsBuilder introspection(Introspection settings) {
        introspection = Optional.of(settings);
        return this;
    }

    /** How its tokens are introspected; empty if they are not. */
    public Optional<Introspection> introspection() {
        return introspection;
    }

    /**
     * The settings.
     *
     * @throws ConfigurationException if a setting is missing or contradicts another
     */
    public IssuerSettings build() {
        if (audiences.isEmpty() && !mayAudienceBeMissing) {
            throw ConfigurationException.missing(
                    keyPrefix + "audiences", "set the name of this API that the issuer " + issuer + " writes into aud");
        }
        ClaimSettings ofTokens = claims.build(issuer, keys.areDiscovered() && !isUnnamed);
        requireTenants(ofTokens.dialect());
        IssuerSettings built = new IssuerSettings(
                keyPrefix,
                issuer,
                new TokenSettings(
                        new AudienceSettings(audiences, mayAudienceBeMissing),
                        new SignatureSettings(keyPrefix, algorithms, keys.location()).accepted(),
                        tokenTypes,
                        ofTokens,
                        new LifetimeSettings(clockSkew, maxTokenAge, maxTokenLifetime),
                        credentials),
                keys.build(keyPrefix),
                new TenantSettings(
                        List.copyOf(tenants),
                        Optional.empty(),
                        maxActive,
                        accepts,
                        areHostsNamed(),
                        new IssuerTexts(aliases, mayIssuerBeMissing)),
                introspection.map(how -> new IntrospectionSettings(how, isUnnamed)));
        requirePossible(built);
        return built;
    }

    private boolean areHostsNamed() {
        return !isUnnamed && (issuer.startsWith("https://*") || issuer.startsWith("http://*"));
    }

    /** Requires tenants if the identifier has a place for them, and only then. */
    private void requireTenants(Dialect dialect) {
        boolean hasPlace = issuer.contains(IssuerSettings.TENANT);
        if (hasPlace && tenants.isEmpty()) {
            throw ConfigurationException.missing(
                    keyPrefix + "tenants",
                    "name the tenants that " + IssuerSettings.TENANT + " in the issuer stands for");
        }
        if (!tenants.isEmpty() && (!hasPlace || dialect != Dialect.ENTRA_ID)) {
            throw ConfigurationException.of(
                    keyPrefix + "tenants",
                    String.join(",", tenants),
                    "they need dialect entra-id, and an issuer that contains " + IssuerSettings.TENANT);
        }
    }

    private void requirePossible(IssuerSettings built) {
        if (built.isTemplate() && !keys.areDiscovered()) {
            throw ConfigurationException.of(
                    keyPrefix + "issuer-uri",
                    issuer,
                    "the keys of issuers with * come from their metadata; leave other key settings out");
        }
        if (built.isTemplate() && built.keys().connection().metadata().isSet()) {
            throw ConfigurationException.of(
                    keyPrefix + "issuer-uri",
                    issuer,
                    "issuers with * have metadata of their own; leave " + keyPrefix + "metadata-uri and " + keyPrefix
                            + "metadata-issuer out");
        }
        if (built.isTemplate() && introspection.isPresent()) {
            throw ConfigurationException.of(
                    keyPrefix + "introspection.mode",
                    introspection.get().mode().settingName(),
                    "introspection is not supported for issuers with *; name the issuer, or leave introspection out");
        }
        if (isUnnamed && introspection.filter(Introspection::wantsSignedAnswers).isPresent()) {
            throw ConfigurationException.of(
                    keyPrefix + "introspection.signed-answers",
                    true,
                    "set the issuer that must have signed it in " + keyPrefix + "issuer-uri, or leave it out");
        }
    }
}
