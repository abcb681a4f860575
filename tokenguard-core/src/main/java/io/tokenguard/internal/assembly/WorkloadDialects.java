package io.tokenguard.internal.assembly;

import static io.tokenguard.internal.assembly.DialectRules.ANY_JWT;
import static io.tokenguard.internal.assembly.DialectRules.JWT_OR_NONE;
import static io.tokenguard.internal.assembly.DialectRules.SCOPE;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.claims.TokenShape;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The dialects of issuers whose tokens identify machines and jobs. */
final class WorkloadDialects {
    private static final List<String> NONE = List.of();

    private WorkloadDialects() {}

    static DialectRules of(Dialect dialect) {
        return switch (dialect) {
            case KUBERNETES -> rules(JWT_OR_NONE, "kubernetes.io", "jti");
            case SPIFFE -> rules(JWT_OR_NONE);
            case GITHUB_ACTIONS -> rules(ANY_JWT, "repository", "repository_owner_id", "job_workflow_ref", "run_id");
            case GITLAB_CI -> rules(ANY_JWT, "project_id", "namespace_id", "job_id", "pipeline_id");
            case AWS_STS -> rules(JWT_OR_NONE, "jti", "/https:~1~1sts.amazonaws.com~1");
            default -> google();
        };
    }

    private static DialectRules rules(Set<String> types, String... further) {
        String[] required = Stream.concat(Stream.of("iss", "exp", "aud", "sub"), Stream.of(further))
                .toArray(String[]::new);
        TokenShape shape = TokenShape.with(required);
        return new DialectRules(types, SCOPE, NONE, shape.clientActsAlways());
    }

    private static DialectRules google() {
        TokenShape shape = TokenShape.with("iss", "exp", "aud", "sub", "iat", "azp", "email")
                .clientIn("azp");
        return new DialectRules(ANY_JWT, SCOPE, NONE, shape.clientActsAlways());
    }

    /** The claims of which one must be fixed to a value; none if callers can't choose the audience themselves. */
    static Set<String> pins(Dialect dialect) {
        return switch (dialect) {
            case GITHUB_ACTIONS ->
                Set.of("repository_owner_id", "repository_owner", "repository_id", "repository", "sub");
            case GITLAB_CI -> Set.of("project_id", "project_path", "namespace_id", "namespace_path", "sub");
            case AWS_STS -> Set.of("sub", "/https:~1~1sts.amazonaws.com~1/aws_account");
            case GOOGLE -> Set.of("email", "sub", "hd");
            default -> Set.of();
        };
    }

    /** Whether all tokens of such an issuer are ID tokens. */
    static boolean hasIdTokensOnly(Dialect dialect) {
        return dialect == Dialect.GOOGLE || dialect == Dialect.FIREBASE;
    }
}
