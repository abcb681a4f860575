package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyPublicationTest {
    private final Web web = new Web();
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KnownKeys.EC, KnownKeys.RSA).start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Nested
    class AtTheStart {

        @Test
        void hasOneRsaAndOneEcKeyByDefault() {
            try (TestIssuer untouched = TestIssuer.start()) {
                assertThat(untouched.publishedKeys())
                        .extracting(TestKey::algorithm)
                        .containsExactly(TestAlgorithm.RS256, TestAlgorithm.ES256);
                assertThat(untouched.currentKey())
                        .isEqualTo(untouched.publishedKeys().get(0));
            }
        }

        @Test
        void hasTheKeysAndAlgorithmsThatWereAskedForInThatOrder() {
            try (TestIssuer asked = TestIssuer.builder()
                    .algorithms(TestAlgorithm.ES384)
                    .keys(KnownKeys.EC)
                    .start()) {
                assertThat(asked.publishedKeys())
                        .hasSize(2)
                        .contains(KnownKeys.EC)
                        .first()
                        .isEqualTo(asked.currentKey())
                        .extracting(TestKey::algorithm)
                        .isEqualTo(TestAlgorithm.ES384);
            }
        }

        @Test
        void mintsATokenThatAnotherLibraryAcceptsFromItsEndpointsAlone() throws Exception {
            try (TestIssuer untouched = TestIssuer.start()) {
                String token = untouched.token().scope("read").sign();

                assertThat(consumerOf(untouched).processToClaims(token).getSubject())
                        .isEqualTo("alice");
            }
        }

        @Test
        void servesTheKeySetAsItSays() throws Exception {
            assertThat(web.get(issuer.jwksUri()).body())
                    .isEqualTo(issuer.jwksJson())
                    .isEqualTo("{\"keys\":[" + KnownKeys.EC.publicJwk() + "," + KnownKeys.RSA.publicJwk() + "]}");
        }

        @Test
        void startsSeveralIssuersFromOneBuilder() {
            TestIssuerBuilder builder = TestIssuer.builder().algorithms(TestAlgorithm.ES256);
            try (TestIssuer one = builder.start();
                    TestIssuer two = builder.start()) {
                assertThat(one.issuer()).isNotEqualTo(two.issuer());
                assertThat(one.currentKey()).isNotEqualTo(two.currentKey());
            }
        }
    }

    @Nested
    class Rotation {

        @Test
        void signsWithTheNewKeyAndKeepsTheOldOnePublished() throws Exception {
            TestKey next = issuer.rotate();

            assertThat(next.algorithm()).isEqualTo(TestAlgorithm.ES256);
            assertThat(issuer.currentKey()).isEqualTo(next);
            assertThat(issuer.token().headerJson()).contains("\"kid\":\"" + next.kid() + "\"");
            assertThat(servedKids()).containsExactly("ec", "rsa", next.kid());
        }

        @Test
        void changesTheAlgorithmOnRequest() {
            TestKey next = issuer.rotateTo(TestAlgorithm.EDDSA);

            assertThat(next.algorithm()).isEqualTo(TestAlgorithm.EDDSA);
            assertThat(issuer.currentKey()).isEqualTo(next);
        }

        @Test
        void changesToAKeyThatIsPublishedAlreadyWithoutDoublingIt() throws Exception {
            issuer.rotateTo(KnownKeys.RSA);

            assertThat(issuer.currentKey()).isEqualTo(KnownKeys.RSA);
            assertThat(servedKids()).containsExactly("ec", "rsa");
        }

        @Test
        void leavesTokensOfTheOldKeyVerifiableUntilItIsWithdrawn() throws Exception {
            String old = issuer.token().sign();
            issuer.rotate();
            assertThat(consumerOf(issuer).processToClaims(old).getSubject()).isEqualTo("alice");

            issuer.withdraw(KnownKeys.EC);
            assertThatThrownBy(() -> consumerOf(issuer).processToClaims(old)).hasMessageContaining("verification key");
        }
    }

    @Nested
    class Publication {

        @Test
        void addsAKeyThatDoesNotSignYet() throws Exception {
            issuer.publish(KnownKeys.OTHER_EC);
            issuer.publish(KnownKeys.OTHER_EC);

            assertThat(servedKids()).containsExactly("ec", "rsa", "other-ec");
            assertThat(issuer.currentKey()).isEqualTo(KnownKeys.EC);
        }

        @Test
        void allowsTwoKeysWithOneKid() throws Exception {
            issuer.publish(KnownKeys.OTHER_EC.withKid("ec"));

            assertThat(servedKids()).containsExactly("ec", "rsa", "ec");
        }

        @Test
        void withdrawsOneOfTwoKeysWithOneKid() {
            issuer.publish(KnownKeys.OTHER_EC.withKid("ec"));
            issuer.withdraw(KnownKeys.EC);

            assertThat(issuer.publishedKeys()).containsExactly(KnownKeys.RSA, KnownKeys.OTHER_EC.withKid("ec"));
        }

        @Test
        void withdrawsAllKeysOfAKid() throws Exception {
            issuer.publish(KnownKeys.OTHER_EC.withKid("ec"));
            issuer.withdraw("ec");

            assertThat(servedKids()).containsExactly("rsa");
        }

        @Test
        void signsOnWithACurrentKeyThatWasWithdrawn() {
            issuer.withdraw("ec");

            assertThat(issuer.token().headerJson()).contains("\"kid\":\"ec\"");
        }

        @Test
        void withdrawsNoKeyThatIsNotThere() {
            assertThatThrownBy(() -> issuer.withdraw("nobody"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nobody");
            assertThatThrownBy(() -> issuer.withdraw(KnownKeys.OTHER_EC)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void givesOutKeysAsASnapshot() {
            List<TestKey> before = issuer.publishedKeys();
            issuer.withdraw("ec");

            assertThat(before).hasSize(2);
            assertThatThrownBy(() -> before.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class Lies {

        @Test
        void servesHandMadeMembersNextToTheHonestOnes() throws Exception {
            issuer.publishJwk("1");
            issuer.publishJwk("{\"kty\":\"oct\",\"k\":\"AA\"}");

            assertThat(web.get(issuer.jwksUri()).body())
                    .startsWith("{\"keys\":[" + KnownKeys.EC.publicJwk() + ",")
                    .endsWith(",1,{\"kty\":\"oct\",\"k\":\"AA\"}]}");
        }

        @Test
        void servesAnyTextAsTheKeySet() throws Exception {
            issuer.publishRaw("<html>");

            assertThat(web.get(issuer.jwksUri()).body()).isEqualTo("<html>").isEqualTo(issuer.jwksJson());
        }

        @Test
        void isHonestAgainAfterHealing() throws Exception {
            String honest = issuer.jwksJson();
            issuer.publishJwk("1");
            issuer.publishRaw("{}");
            issuer.heal();

            assertThat(web.get(issuer.jwksUri()).body()).isEqualTo(honest);
        }

        @Test
        void keepsRotatedAndWithdrawnKeysThroughHealing() throws Exception {
            TestKey next = issuer.rotate();
            issuer.withdraw("ec");
            issuer.heal();

            assertThat(servedKids()).containsExactly("rsa", next.kid());
        }
    }

    @Nested
    class Caching {

        @Test
        void saysNothingByDefault() throws Exception {
            assertThat(web.get(issuer.jwksUri()).headers().allValues("Cache-Control"))
                    .isEmpty();
        }

        @Test
        void saysWhatItIsTold() throws Exception {
            issuer.jwksCacheControl("public, max-age=60");

            assertThat(web.get(issuer.jwksUri()).headers().allValues("Cache-Control"))
                    .containsExactly("public, max-age=60");
            assertThat(web.get(issuer.oidcDiscoveryUri()).headers().allValues("Cache-Control"))
                    .isEmpty();
        }

        @Test
        void saysNothingAgainAfterNull() throws Exception {
            issuer.jwksCacheControl("no-store");
            issuer.jwksCacheControl(null);

            assertThat(web.get(issuer.jwksUri()).headers().allValues("Cache-Control"))
                    .isEmpty();
        }
    }

    private List<String> servedKids() throws Exception {
        return new JsonWebKeySet(web.get(issuer.jwksUri()).body())
                .getJsonWebKeys().stream().map(JsonWebKey::getKeyId).toList();
    }

    private static JwtConsumer consumerOf(TestIssuer issuer) {
        HttpsJwks keys = new HttpsJwks(issuer.jwksUri().toString());
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys))
                .setExpectedIssuer(issuer.issuer())
                .setExpectedAudience("https://api.example.com")
                .setExpectedType(true, "at+jwt")
                .setRequireExpirationTime()
                .build();
    }
}
