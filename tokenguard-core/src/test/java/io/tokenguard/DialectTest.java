package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dialect;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in the shape in which authorization servers publish theirs, and the other tokens of the same servers. */
class DialectTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.RS256, "key-1");
    private static TestIssuer mint;

    @BeforeAll
    static void start() {
        mint = TestIssuer.builder().keys(KEY).start();
    }

    @AfterAll
    static void stop() {
        mint.close();
    }

    private static TokenGuard guard(String issuer, UnaryOperator<TrustedIssuerBuilder> settings) {
        return TokenGuard.builder()
                .issuer(settings.apply(TrustedIssuer.builder(issuer)
                                .keys(new VerificationKey(KEY.kid(), SignatureAlgorithm.RS256, KEY.publicKey())))
                        .build())
                .build();
    }

    /** A token with just these members, {@code iat} and {@code exp}. */
    private static TokenBuilder bare(String type, String json) {
        String members = json.replace('\'', '"').strip();
        long now = Instant.now().getEpochSecond();
        TokenBuilder token = mint.token()
                .rawPayload("{\"iat\":" + (now - 10) + ",\"nbf\":" + (now - 10) + ",\"exp\":" + (now + 3_000) + ","
                        + members + "}");
        return type.isEmpty() ? token.withoutHeader("typ") : token.type(type);
    }

    private static RefusalReason reason(TokenGuard guard, TokenBuilder token) {
        try {
            guard.validate(token.sign());
            return null;
        } catch (RefusedException refused) {
            return refused.reason();
        }
    }

    @Nested
    class Keycloak {
        private static final String ISSUER = "https://sso.example/realms/demo";
        private static final String ACCESS = """
                'auth_time':1700000000,'jti':'onrtac:3a0d','iss':'https://sso.example/realms/demo',
                'aud':['orders-api','account'],'sub':'f1e5a3c2-0b7e-4bd4-8d5e-6f5b2f6d6a11','typ':'Bearer',
                'azp':'web-app','sid':'c7a1','acr':'1','allowed-origins':['https://app.example'],
                'realm_access':{'roles':['offline_access','admin']},
                'resource_access':{'account':{'roles':['view-profile']}},
                'scope':'openid profile orders:read','email_verified':true,'preferred_username':'alice'
                """;

        private final TokenGuard guard =
                guard(ISSUER, settings -> settings.audience("orders-api").dialect(Dialect.KEYCLOAK));

        @Test
        void acceptsItsAccessTokens() throws RefusedException {
            AccessToken token = guard.validate(bare("JWT", ACCESS).sign());
            assertThat(token.clientId()).contains("web-app");
            assertThat(token.roles()).isEqualTo(Set.of("offline_access", "admin"));
            assertThat(token.scopes()).contains("orders:read");
            assertThat(token.subjectKind()).isEqualTo(SubjectKind.USER);
        }

        @Test
        void seesThatAServiceAccountIsAClient() throws RefusedException {
            String serviceAccount = ACCESS + ",'client_id':'web-app','clientHost':'10.0.0.1'";
            assertThat(guard.validate(bare("JWT", serviceAccount).sign()).subjectKind())
                    .isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void refusesItsIdRefreshOfflineAndLogoutTokens() {
            for (String type : List.of("ID", "Refresh", "Offline", "Logout", "Serialized-ID")) {
                assertThat(reason(guard, bare("JWT", ACCESS.replace("'Bearer'", "'" + type + "'"))))
                        .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            }
        }

        @Test
        void refusesTokensThatDoNotSayWhatTheyAre() {
            assertThat(reason(guard, bare("JWT", ACCESS.replace("'typ':'Bearer',", ""))))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        }

        @Test
        void refusesTokensOfAnotherApi() {
            assertThat(reason(guard, bare("JWT", ACCESS.replace("'orders-api',", ""))))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        @Test
        void takesTheClientFromAzpAlthoughAnotherClaimDisagrees() throws RefusedException {
            AccessToken token =
                    guard.validate(bare("JWT", ACCESS + ",'client_id':'other'").sign());
            assertThat(token.clientId()).contains("web-app");
        }
    }

    @Nested
    class EntraId {
        private static final String TENANT = "11111111-2222-3333-4444-555555555555";
        private static final String OTHER = "99999999-2222-3333-4444-555555555555";
        private static final String ACCESS = """
                'aud':'6e74172b-be56-4843-9ff4-e66a39bb12e3','iss':'https://login.microsoftonline.com/%1$s/v2.0',
                'aio':'AXQAi/8IAAAA','azp':'6e74172b-be56-4843-9ff4-e66a39bb12e4','azpacr':'0','name':'Abe Lincoln',
                'oid':'690222be-ff1a-4d56-abd1-7e4f7d38e474','preferred_username':'abeli@example.com','rh':'I',
                'scp':'access_as_user orders.read','sub':'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
                'tid':'%1$s','uti':'fqiBqXLPj0eQa82S-IYFAA','ver':'2.0'
                """.formatted(TENANT);

        private final TokenGuard guard = guard(
                "https://login.microsoftonline.com/{tenantid}/v2.0",
                settings -> settings.audience("6e74172b-be56-4843-9ff4-e66a39bb12e3")
                        .dialect(Dialect.ENTRA_ID)
                        .tenants(TENANT));

        @Test
        void acceptsItsAccessTokens() throws RefusedException {
            AccessToken token = guard.validate(bare("JWT", ACCESS).sign());
            assertThat(token.scopes()).isEqualTo(Set.of("access_as_user", "orders.read"));
            assertThat(token.clientId()).contains("6e74172b-be56-4843-9ff4-e66a39bb12e4");
            assertThat(token.subjectKind()).isEqualTo(SubjectKind.USER);
        }

        @Test
        void seesThatAnApplicationIsAClient() throws RefusedException {
            String application = ACCESS.replace("'scp':'access_as_user orders.read'", "'roles':['Orders.Read.All']");
            AccessToken token = guard.validate(bare("JWT", application).sign());
            assertThat(token.subjectKind()).isEqualTo(SubjectKind.CLIENT);
            assertThat(token.roles()).containsExactly("Orders.Read.All");
        }

        @Test
        void refusesItsIdTokens() {
            String id = ACCESS.replace("'azp':", "'nothing':").replace("'scp':", "'none':");
            assertThat(reason(guard, bare("JWT", id))).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(reason(guard, bare("JWT", ACCESS + ",'nonce':'12345'")))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        }

        @Test
        void refusesTenantsThatAreNotNamed() {
            assertThat(reason(guard, bare("JWT", ACCESS.replace(TENANT, OTHER))))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
            assertThat(reason(guard, bare("JWT", ACCESS.replace("'tid':'" + TENANT, "'tid':'" + OTHER))))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        }

        @Test
        void refusesVersionOneAndOtherApis() {
            assertThat(reason(guard, bare("JWT", ACCESS.replace("'2.0'", "'1.0'"))))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(reason(guard, bare("JWT", ACCESS.replace("bb12e3", "bb12e9"))))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        @Test
        void needsItsTenantsNamedAndNobodyElseDoes() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guard(
                            "https://login.example/{tenantid}",
                            settings -> settings.audience("a").dialect(Dialect.ENTRA_ID)))
                    .withMessageContaining("tokenguard.tenants");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guard(
                            "https://login.example",
                            settings -> settings.audience("a").tenants("t")))
                    .withMessageContaining("tokenguard.tenants");
        }
    }

    @Nested
    class Auth0 {
        private static final String ACCESS = """
                'iss':'https://my-domain.auth0.com/','sub':'auth0|123456',
                'aud':['https://example.com/health-api','https://my-domain.auth0.com/userinfo'],
                'azp':'my_client_id','scope':'openid profile read:patients read:admin'
                """;

        private final TokenGuard guard = guard(
                "https://my-domain.auth0.com/",
                settings -> settings.audience("https://example.com/health-api").dialect(Dialect.AUTH0));

        @Test
        void acceptsAccessTokensOfBothProfiles() throws RefusedException {
            assertThat(guard.validate(bare("JWT", ACCESS).sign()).clientId()).contains("my_client_id");
            String profile = ACCESS.replace("'azp'", "'jti':'SIXWXMyW','client_id'");
            assertThat(guard.validate(bare("at+jwt", profile).sign()).subjectKind())
                    .isEqualTo(SubjectKind.USER);
        }

        @Test
        void readsPermissionsAsRoles() throws RefusedException {
            String permitted = ACCESS + ",'permissions':['read:patients']";
            assertThat(guard.validate(bare("JWT", permitted).sign()).roles()).containsExactly("read:patients");
        }

        @Test
        void seesThatAMachineIsAClient() throws RefusedException {
            String machine = ACCESS.replace("auth0|123456", "my_client_id@clients") + ",'gty':'client-credentials'";
            assertThat(guard.validate(bare("JWT", machine).sign()).subjectKind())
                    .isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void refusesItsIdTokensAndTokensOfAnotherApi() {
            assertThat(reason(guard, bare("JWT", ACCESS + ",'nonce':'n'")))
                    .isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            String id = ACCESS.replace("'scope'", "'sid'");
            assertThat(reason(guard, bare("JWT", id))).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(reason(guard, bare("JWT", ACCESS.replace("health-api", "other-api"))))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }
    }

    @Nested
    class Okta {
        private static final String ACCESS = """
                'ver':1,'jti':'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
                'iss':'https://example.okta.com/oauth2/default','aud':'api://default','cid':'nmdP1fcyvdVO11AL7ECm',
                'uid':'00ujmkLgagxeRrAg20g3','scp':['openid','orders:read'],'auth_time':1467145094,'sub':'john.doe'
                """;

        private final TokenGuard guard = guard(
                "https://example.okta.com/oauth2/default",
                settings -> settings.audience("api://default").dialect(Dialect.OKTA));

        @Test
        void acceptsItsAccessTokensWithoutAType() throws RefusedException {
            AccessToken token = guard.validate(bare("", ACCESS).sign());
            assertThat(token.clientId()).contains("nmdP1fcyvdVO11AL7ECm");
            assertThat(token.scopes()).isEqualTo(Set.of("openid", "orders:read"));
        }

        @Test
        void seesThatAServiceIsAClient() throws RefusedException {
            String service = ACCESS.replace("john.doe", "nmdP1fcyvdVO11AL7ECm");
            assertThat(guard.validate(bare("", service).sign()).subjectKind()).isEqualTo(SubjectKind.CLIENT);
        }

        @Test
        void refusesItsIdTokensAndTokensOfAnotherApi() {
            String id = ACCESS.replace("'cid':'nmdP1fcyvdVO11AL7ECm',", "").replace("'scp'", "'amr'");
            assertThat(reason(guard, bare("", id))).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(reason(guard, bare("", ACCESS + ",'at_hash':'x'"))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(reason(guard, bare("", ACCESS.replace("api://default", "api://other"))))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }
    }

    @Nested
    class Cognito {
        private static final String ACCESS = """
                'sub':'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee','cognito:groups':['testgroup'],
                'iss':'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example','version':2,
                'client_id':'xxxxxxxxxxxxexample','origin_jti':'bbbb','event_id':'64f513be','token_use':'access',
                'scope':'aws.cognito.signin.user.admin orders/read','auth_time':1676312777,'jti':'cccc',
                'username':'my-test-user'
                """;

        private final TokenGuard guard = guard(
                "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example",
                settings -> settings.audience("xxxxxxxxxxxxexample").dialect(Dialect.COGNITO));

        @Test
        void acceptsItsAccessTokensForItsClients() throws RefusedException {
            AccessToken token = guard.validate(bare("", ACCESS).sign());
            assertThat(token.roles()).containsExactly("testgroup");
            assertThat(token.scopes()).contains("orders/read");
            assertThat(token.subjectKind()).isEqualTo(SubjectKind.USER);
        }

        @Test
        void refusesItsIdTokensAndTokensOfOtherClients() {
            String id = ACCESS.replace("'access'", "'id'") + ",'aud':'xxxxxxxxxxxxexample'";
            assertThat(reason(guard, bare("", id))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
            assertThat(reason(guard, bare("", ACCESS.replace("xxxxxxxxxxxxexample", "other"))))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        @Test
        void goesByTheAudienceWhereThereIsOne() {
            assertThat(reason(guard, bare("", ACCESS + ",'aud':'https://other.example'")))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }
    }

    @Nested
    class Rfc9068 {
        private final TokenGuard guard = guard(
                "https://authorization-server.example.com/", settings -> settings.audience("https://rs.example.com/"));

        /** RFC 9068 §2.1 figure 2, but for its dates. */
        private static final String EXAMPLE = """
                'iss':'https://authorization-server.example.com/','sub':'5ba552d67','aud':'https://rs.example.com/',
                'jti':'dbe39bf3a3ba4238a513f51d6e1691c4','client_id':'s6BhdRkqt3','scope':'openid profile reademail'
                """;

        @Test
        void acceptsItsOwnExample() throws RefusedException {
            assertThat(guard.validate(bare("at+JWT", EXAMPLE).sign()).clientId())
                    .contains("s6BhdRkqt3");
        }

        @Test
        void readsRolesAsTextsOrAsObjectsOfRfc7643() throws RefusedException {
            String roles = EXAMPLE + ",'roles':['admin',{'value':'auditor','display':'Auditor'}]";
            assertThat(guard.validate(bare("at+jwt", roles).sign()).roles()).isEqualTo(Set.of("admin", "auditor"));
        }

        @Test
        void acceptsTokensWithRolesOfAnotherShapeWithoutThose() throws RefusedException {
            for (String roles : List.of("1", "[1]", "[{}]", "{}", "''", "[null]", "true", "9e999")) {
                String token = bare("at+jwt", EXAMPLE + ",'roles':" + roles).sign();
                assertThat(guard.validate(token).roles()).as(roles).isEmpty();
            }
        }

        @Test
        void seesThatASubjectNamedAsTheClientIsTheClient() throws RefusedException {
            String client = EXAMPLE.replace("5ba552d67", "s6BhdRkqt3");
            assertThat(guard.validate(bare("at+jwt", client).sign()).subjectKind())
                    .isEqualTo(SubjectKind.CLIENT);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"GOOGLE", "FIREBASE"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyDialectRefusesTokensThatOnlyOtherTokensLookLike(Dialect dialect) {
        TokenGuard guard = guard(
                "https://issuer.example",
                settings -> settings.audience("api")
                        .dialect(dialect)
                        .requireClaims("sub=alice")
                        .acceptAnyTokenType());
        for (String claim : List.of("nonce", "at_hash", "c_hash", "s_hash", "events")) {
            TokenBuilder token = mint.token()
                    .issuer("https://issuer.example")
                    .audience("api")
                    .claim(claim, Map.of("x", "y"));
            assertThat(reason(guard, token)).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"GITHUB_ACTIONS", "GITLAB_CI", "AWS_STS", "GOOGLE"})
    void dialectsWhoseCallersChooseTheAudienceNeedAnOwner(Dialect dialect) {
        for (String claims : List.of("jti", "sub", "sub=x or jti", "iss=x", "!sub")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guard(
                            "https://issuer.example",
                            settings -> settings.audience("api")
                                    .dialect(dialect)
                                    .acceptIdTokens()
                                    .requireClaims(claims)))
                    .withMessageContaining("required-claims");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"GOOGLE", "FIREBASE"})
    void dialectsOfIdTokensNeedThemAcceptedByName(Dialect dialect) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guard(
                        "https://issuer.example",
                        settings -> settings.audience("api").dialect(dialect).requireClaims("sub=alice")))
                .withMessageContaining("accept-id-tokens");
    }

    /** The settings of a template are used first when a token arrives, which must not be when they are found malformed. */
    @ParameterizedTest
    @ValueSource(strings = {"https://login.example.com/tenants/*", "https://issuer.example"})
    void conditionsAreCheckedAtStart(String issuer) {
        TokenGuardBuilder guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer)
                        .audience("api")
                        .marker("azp", "=x")
                        .build());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(guard::build)
                .withMessageContaining("tokenguard.marker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azp", "!at_hash", "azp=client", "aud=api", "typ=ID", "typ=JWT", "token_use=id", "nonce"})
    void noOtherMarkerThanAStatedKindLetsClaimsOfIdTokensPass(String marker) {
        TokenGuard guard = guard(
                "https://issuer.example",
                settings -> settings.audience("api")
                        .dialect(Dialect.GENERIC)
                        .marker(marker)
                        .acceptAnyTokenType());
        String claims = "'iss':'https://issuer.example','aud':'api','sub':'a','azp':'client','nonce':'n'";
        assertThat(reason(guard, bare("JWT", claims))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"typ=Bearer", "token_use=access", "tty=at", "typ=Bearer or azp"})
    void aStatedKindLetsClaimsOfIdTokensPassIfItHolds(String marker) {
        TokenGuard guard = guard(
                "https://issuer.example",
                settings -> settings.audience("api")
                        .dialect(Dialect.GENERIC)
                        .marker(marker)
                        .acceptAnyTokenType());
        String claims = "'iss':'https://issuer.example','aud':'api','sub':'a','azp':'client','nonce':'n'";
        String stated = claims + ",'typ':'Bearer','token_use':'access','tty':'at'";
        assertThat(reason(guard, bare("JWT", stated))).isNull();
        assertThat(reason(guard, bare("JWT", stated + ",'events':{}"))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
        assertThat(reason(guard, bare("JWT", claims))).isEqualTo(RefusalReason.NOT_AN_ACCESS_TOKEN);
    }

    @Test
    void idTokensAreAcceptedByNameOnly() {
        String id = "'iss':'https://issuer.example','aud':'api','sub':'a','azp':'c','nonce':'n','at_hash':'h'";
        assertThat(reason(
                        guard(
                                "https://issuer.example",
                                settings -> settings.audience("api")
                                        .dialect(Dialect.GENERIC)
                                        .acceptIdTokens()
                                        .acceptAnyTokenType()),
                        bare("JWT", id)))
                .isNull();
    }

    @Test
    void theGenericDialectAsksForASignOfAnAccessToken() {
        TokenGuard guard = guard(
                "https://issuer.example",
                settings -> settings.audience("api").dialect(Dialect.GENERIC).tokenTypes("JWT"));
        String claims = "'iss':'https://issuer.example','aud':'api','sub':'alice'";
        assertThat(reason(guard, bare("JWT", claims))).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(reason(guard, bare("JWT", claims + ",'client_id':'c'"))).isNull();
        assertThat(reason(guard, bare("JWT", claims + ",'scope':''"))).isNull();
    }
}
