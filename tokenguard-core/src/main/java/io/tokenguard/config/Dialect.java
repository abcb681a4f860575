package io.tokenguard.config;

import io.tokenguard.internal.bounds.Bounds;
import java.util.Arrays;
import java.util.List;

/**
 * A named set of settings for the access tokens of one kind of issuer. None accepts other tokens of the same issuer;
 * {@code docs/issuers.md} lists them.
 */
public enum Dialect {
    /** Chosen by the issuer's address at start, otherwise by its metadata; {@link #RFC9068} if neither is recognised. */
    AUTO("auto"),
    /** The standard: type {@code at+jwt} and every claim that RFC 9068 §2.2 requires. */
    RFC9068("rfc9068"),
    /** Keycloak: the payload's {@code typ} is {@code Bearer} or {@code DPoP}, the client is in {@code azp}. */
    KEYCLOAK("keycloak"),
    /** Microsoft Entra ID, version 2.0: scopes in {@code scp}; {@code {tenantid}} in the issuer stands for named tenants. */
    ENTRA_ID("entra-id"),
    /** Auth0, both of its token profiles: permissions are read as roles. */
    AUTH0("auth0"),
    /** Okta's custom authorization servers: scopes are a list in {@code scp}, the client is in {@code cid}. */
    OKTA("okta"),
    /** Microsoft Entra ID, version 1.0, managed identities included: the client is in {@code appid}. */
    ENTRA_ID_V1("entra-id-v1"),
    /** Microsoft Entra External ID and Azure AD B2C with user flows: scopes in {@code scp}, the client in {@code azp}. */
    AZURE_B2C("azure-b2c"),
    /** Spring Authorization Server: no type and no client; {@code scope} tells access tokens from ID tokens. */
    SPRING_AUTHORIZATION_SERVER("spring-authorization-server"),
    /** Zitadel: RFC 9068, with roles as members of {@code urn:zitadel:iam:org:project:roles}. */
    ZITADEL("zitadel"),
    /** authentik: {@code uid} tells access tokens from ID tokens; both may have {@code nonce}. */
    AUTHENTIK("authentik"),
    /** PingOne and PingFederate: {@code client_id}, often without a subject. */
    PING("ping"),
    /** ForgeRock and PingAM: {@code tokenName} is {@code access_token}. */
    FORGEROCK("forgerock"),
    /** Ory Hydra: scopes are a list in {@code scp}. */
    HYDRA("hydra"),
    /** Duende IdentityServer and IdentityServer4: {@code client_id} and {@code scope}, no subject for clients. */
    DUENDE("duende"),
    /** SAP XSUAA and Cloud Foundry UAA: {@code grant_type} and {@code client_id}. */
    XSUAA("xsuaa"),
    /** Kubernetes service accounts: the subject is the client. */
    KUBERNETES("kubernetes"),
    /** SPIFFE JWT-SVIDs: the subject is a workload. */
    SPIFFE("spiffe"),
    /** GitHub Actions. Any workflow can name any audience: required claims must name the owner or the repository. */
    GITHUB_ACTIONS("github-actions"),
    /** GitLab CI. Any job can name any audience: required claims must name the namespace or the project. */
    GITLAB_CI("gitlab-ci"),
    /** AWS STS web identity tokens. Any account can name any audience: required claims must name the account. */
    AWS_STS("aws-sts"),
    /** Google's ID tokens of service accounts, which must be accepted by name and pinned to accounts. */
    GOOGLE("google"),
    /** Firebase's ID tokens, which must be accepted by name. */
    FIREBASE("firebase"),
    /** Supabase Auth: {@code session_id}, {@code role} and {@code aal}. */
    SUPABASE("supabase"),
    /** Clerk session tokens: no {@code aud}; the audiences are the values of {@code azp}. */
    CLERK("clerk"),
    /** WorkOS AuthKit: the session in {@code sid}. */
    WORKOS("workos"),
    /** Descope: the claim {@code drn} is {@code DS}, which no refresh token has. */
    DESCOPE("descope"),
    /** FusionAuth: {@code tty} is {@code at}. */
    FUSIONAUTH("fusionauth"),
    /** Salesforce JWT access tokens: {@code mty} is {@code oauth}. */
    SALESFORCE("salesforce"),
    /** Eclipse MicroProfile JWT: {@code upn} and {@code groups}. */
    MICROPROFILE("microprofile"),
    /** Amazon Cognito user pools: no {@code aud}; the audiences name clients, and {@code token_use} is {@code access}. */
    COGNITO("cognito"),
    /**
     * Any JWT with an issuer, an expiry, an audience and a claim that names a client or a scope. Requires neither a subject
     * nor an identifier.
     */
    GENERIC("generic");

    private final String settingName;

    Dialect(String settingName) {
        this.settingName = settingName;
    }

    /** Its name in properties. */
    public String settingName() {
        return settingName;
    }

    /**
     * The claims with scopes or roles, and how names are read from them. Immutable: each method returns a new value.
     *
     * <p>A value is a list of texts or of objects with {@code value} or {@code name}, one text with separators, or an object whose
     * members are named so and are objects or {@code true}.
     *
     * @param paths claims, paths with dots, or JSON Pointers (RFC 6901), all of which are read; empty for those of the dialect
     * @param separator what separates names in one text. Default: a space; 1 to 8 characters
     * @param removedPrefix what is removed from names that begin with it; empty for nothing. The default
     * @param addedPrefix what is put before each name; empty for nothing. The default
     * @see io.tokenguard.TrustedIssuerBuilder#rolesClaim(ClaimNames)
     */
    public record ClaimNames(List<String> paths, String separator, String removedPrefix, String addedPrefix) {
        private static final int LONGEST_SEPARATOR = 8;

        /** Copies the list. */
        public ClaimNames {
            paths = List.copyOf(paths);
        }

        /** The claims of the dialect, as they are. */
        public static ClaimNames ofDialect() {
            return new ClaimNames(List.of(), " ", "", "");
        }

        /** These claims. {@code *} stands for any member, whose name and a colon precede its roles; not for scopes. */
        public static ClaimNames in(String... paths) {
            return ofDialect().at(paths);
        }

        /** The same in other claims. */
        public ClaimNames at(String... others) {
            return new ClaimNames(Arrays.asList(others), separator, removedPrefix, addedPrefix);
        }

        /**
         * Names that are separated by something else than a space.
         *
         * @throws io.tokenguard.access.ConfigurationException if it is empty or longer than 8 characters
         */
        public ClaimNames separatedBy(String text) {
            int unused = Bounds.between("the length of a separator", text.length(), 1, LONGEST_SEPARATOR);
            return new ClaimNames(paths, text, removedPrefix, addedPrefix);
        }

        /** Removes a prefix. A name without it is then the same as one with it. */
        public ClaimNames withoutPrefix(String prefix) {
            return new ClaimNames(paths, separator, prefix, addedPrefix);
        }

        /** Adds a prefix, after another one was removed. */
        public ClaimNames withPrefix(String prefix) {
            return new ClaimNames(paths, separator, removedPrefix, prefix);
        }
    }
}
