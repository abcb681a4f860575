package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dialect.ClaimNames;
import io.tokenguard.internal.bounds.Bounds;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

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
    private ClaimNames scopes = ClaimNames.ofDialect();
    private ClaimNames roles = ClaimNames.ofDialect();

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

    /** Changes where the scopes are. */
    public void scopes(UnaryOperator<ClaimNames> change) {
        scopes = change.apply(scopes);
        requirePaths(false, "tokenguard.scope-claim", scopes.paths());
    }

    /** Changes where the roles are. */
    public void roles(UnaryOperator<ClaimNames> change) {
        roles = change.apply(roles);
        requirePaths(true, "tokenguard.roles-claim", roles.paths());
    }

    private static void requirePaths(boolean allowsAnyMember, String key, List<String> paths) {
        if (paths.isEmpty()) {
            return;
        }
        for (String text : Bounds.texts(key, paths.toArray(String[]::new))) {
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
    }

    /**
     * The settings for an issuer, whose address or metadata choose the dialect if none was set.
     *
     * @param hasMetadata whether its metadata are loaded
     */
    ClaimSettings build(String issuer, boolean hasMetadata) {
        DialectOrigin origin = origin(issuer, hasMetadata);
        Dialect chosen = switch (origin) {
            case STATED -> dialect;
            case ADDRESS, NOTHING -> IssuerAddress.dialectOf(issuer);
            case METADATA -> Dialect.AUTO;
        };
        return new ClaimSettings(
                chosen,
                origin,
                required,
                new ShapeSettings(marker, acceptsIdTokens, audience, subject, client, subjectKind),
                scopes,
                roles);
    }

    private DialectOrigin origin(String issuer, boolean hasMetadata) {
        if (dialect != Dialect.AUTO) {
            return DialectOrigin.STATED;
        } else if (IssuerAddress.dialectOf(issuer) != Dialect.RFC9068) {
            return DialectOrigin.ADDRESS;
        }
        return hasMetadata ? DialectOrigin.METADATA : DialectOrigin.NOTHING;
    }
}
