package io.tokenguard.internal.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Advice about issuers of Microsoft Entra ID. */
class NearestIssuerTest {
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String V1 = "https://sts.windows.net/" + TENANT + "/";
    private static final String V2 = "https://login.microsoftonline.com/" + TENANT + "/v2.0";

    @Test
    void namesTheVersionOfTheTokenWhereTheOtherVersionIsTrusted() {
        assertThat(NearestIssuer.explain(V1, List.of(V2)).hint())
                .startsWith("this is a token of version 1.0 of Microsoft Entra ID: set requestedAccessTokenVersion");
    }

    @Test
    void namesNoVersionOfOtherIssuers() {
        assertThat(NearestIssuer.explain(V1, List.of("https://id.example.com")).hint())
                .isEmpty();
        assertThat(NearestIssuer.explain("https://id.example.com/a", List.of(V2))
                        .hint())
                .isEmpty();
    }
}
