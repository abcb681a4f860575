package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.internal.bounds.Bounds;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the claim settings of one issuer. Not thread-safe. */
public final class ClaimSettingsBuilder {
    private final Set<String> required = new LinkedHashSet<>();
    private Dialect dialect = Dialect.AUTO;
    private boolean acceptsIdTokens;
    private List<String> marker = List.of();
    private List<String> audience = List.of();
    private List<String> subject = List.of();
    private List<String> client = List.of();
    private List<String> subjectKind = List.of();
    private Optional<List<String>> scopePaths = Optional.empty();
    private Optional<List<String>> rolesPaths = Optional.empty();

    ClaimSettingsBuilder() {}

    /** The dialect. */
    public void dialect(Dialect chosen) {
        dialect = chosen;
    }

    /** Further conditions, all of which must hold. */
    public void require(String... claims) {
        required.addAll(Bounds.texts("tokenguard.required-claims", claims));
    }

    /** Conditions of which one must hold in an access token. */
    public void marker(String... conditions) {
        marker = Bounds.texts("tokenguard.marker", conditions);
    }

    /** Claims with the recipients. */
    public void audience(String... claims) {
        audience = Bounds.texts("tokenguard.audience-claim", claims);
    }

    /** Claims with the subject. */
    public void subject(String... claims) {
        subject = Bounds.texts("tokenguard.subject-claim", claims);
    }

    /** Claims with the client. */
    public void client(String... claims) {
        client = Bounds.texts("tokenguard.client-claim", claims);
    }

    /** {@code client}, or conditions of which one holds if the client acts for itself. */
    public void subjectKind(String... conditions) {
        subjectKind = Bounds.texts("tokenguard.subject-kind", conditions);
    }

    /** Accepts ID tokens. */
    public void acceptIdTokens() {
        acceptsIdTokens = true;
    }

    /** Paths to the scopes. */
    public void scopes(String... paths) {
        scopePaths = Optional.of(paths(false, "tokenguard.scope-claim", paths));
    }

    /** Paths to the roles. */
    public void roles(String... paths) {
        rolesPaths = Optional.of(paths(true, "tokenguard.roles-claim", paths));
    }

    private static List<String> paths(boolean allowsAnyMember, String key, String... paths) {
        List<String> texts = Bounds.texts(key, paths);
        for (String text : texts) {
            boolean hasEmptyStep = !text.startsWith("/")
                    && !text.contains("://")
                    && Arrays.asList(text.split("\\.", -1)).contains("");
            boolean hasAnyMember = Arrays.asList(text.split("[./]", -1)).contains("*");
            if (hasEmptyStep || (hasAnyMember && !allowsAnyMember)) {
                throw ConfigurationException.of(
                        key,
                        text,
                        "write a path such as realm_access.roles, or a JSON Pointer such as /resource_access/*/roles");
            }
        }
        return texts;
    }

    /** The settings for an issuer, whose address selects the dialect if none is set. */
    ClaimSettings build(String issuer) {
        Dialect chosen = dialect == Dialect.AUTO ? IssuerAddress.dialectOf(issuer) : dialect;
        return new ClaimSettings(
                chosen,
                dialect == Dialect.AUTO && chosen != Dialect.RFC9068,
                required,
                new ShapeSettings(marker, acceptsIdTokens, audience, subject, client, subjectKind),
                scopePaths,
                rolesPaths);
    }
}
