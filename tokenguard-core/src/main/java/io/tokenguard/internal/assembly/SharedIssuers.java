package io.tokenguard.internal.assembly;

import io.tokenguard.config.Dialect;
import io.tokenguard.internal.settings.IssuerAddress;
import java.util.List;
import java.util.Set;

/** Issuers that many organizations share, and from which each of them gets tokens for any audience. */
final class SharedIssuers {
    private static final List<Shared> WITHOUT_DIALECT = List.of(
            new Shared(
                    "https://app.terraform.io",
                    Set.of(
                            "terraform_organization_id",
                            "terraform_organization_name",
                            "terraform_project_id",
                            "terraform_workspace_id",
                            "sub")),
            new Shared(
                    "https://agent.buildkite.com",
                    Set.of("organization_id", "organization_slug", "pipeline_id", "sub")));

    private SharedIssuers() {}

    /**
     * An issuer.
     *
     * @param address its identifier, with or without a slash at its end
     * @param pins claims of which one must be fixed to a value
     */
    private record Shared(String address, Set<String> pins) {
        boolean is(String issuer) {
            return issuer.equals(address) || issuer.equals(address + "/");
        }
    }

    /**
     * The claims of which one must be fixed to a value; none if callers can't choose the audience themselves. The address counts
     * even if another dialect is stated, except {@code rfc9068}, which accepts no such tokens.
     */
    static Set<String> pins(String issuer, Dialect dialect) {
        Set<String> ofDialect = WorkloadDialects.pins(dialect);
        if (!ofDialect.isEmpty() || dialect == Dialect.AUTO || dialect == Dialect.RFC9068) {
            return ofDialect;
        }
        return WITHOUT_DIALECT.stream()
                .filter(shared -> shared.is(issuer))
                .findFirst()
                .map(Shared::pins)
                .orElseGet(() -> WorkloadDialects.pins(IssuerAddress.dialectOf(issuer)));
    }
}
