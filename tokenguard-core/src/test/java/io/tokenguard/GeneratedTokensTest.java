package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.RandomJson;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens made by chance: good ones are never refused, and bad ones never granted, whatever else is in them. */
class GeneratedTokensTest {
    private static final int ROUNDS = Thoroughness.rounds(1_000);
    private static final TestAlgorithm[] ALGORITHMS = {TestAlgorithm.ES256, TestAlgorithm.RS256, TestAlgorithm.EDDSA};
    private static final String OTHERS = "https://other.example.com";
    private static TestIssuer issuer;
    private static TestKey strangersKey;
    private static TokenGuard guard;

    @BeforeAll
    static void buildGuard() {
        issuer = TestIssuer.builder().algorithms(ALGORITHMS).start();
        strangersKey = TestKey.generate(TestAlgorithm.ES256);
        guard = GuardedIssuer.guarding(issuer).build();
    }

    @AfterAll
    static void close() {
        guard.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void grantsEveryGoodToken(long seed) throws RefusedException {
        Generator generator = new Generator(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            TokenBuilder token = generator.goodToken();
            AccessToken granted = grant(token);
            assertThat(granted.subject()).as(token::payloadJson).contains(generator.subject);
            assertThat(granted.audiences()).as(token::payloadJson).contains(GuardedIssuer.AUDIENCE);
        }
    }

    private static AccessToken grant(TokenBuilder token) throws RefusedException {
        try {
            return guard.validate(token.sign());
        } catch (RefusedException refused) {
            throw new AssertionError(
                    refused.reason() + " " + refused.detail() + ": " + token.headerJson() + token.payloadJson());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void refusesEveryBadToken(long seed) {
        Random random = new Random(seed);
        Generator generator = new Generator(random);
        for (int i = 0; i < ROUNDS; i++) {
            Flaw flaw = Flaw.values()[random.nextInt(Flaw.values().length)];
            String token = generator.badToken(flaw);
            assertThat(isRefused(token)).as("%s %s", flaw, token).isTrue();
        }
    }

    private static boolean isRefused(String token) {
        try {
            guard.validate(token);
            return false;
        } catch (RefusedException refused) {
            return refused.reason().status() == 401;
        }
    }

    /** What is wrong with a token that is good in every other way, and signed as it is unless the flaw is the signature. */
    private enum Flaw {
        CLAIM_LEFT_OUT,
        CLAIM_NULL,
        CLAIM_TWICE,
        EXPIRED,
        NOT_YET_VALID,
        LIVES_TOO_LONG,
        OTHER_AUDIENCE,
        OTHER_ISSUER,
        OTHER_TYPE,
        BOUND_TO_ITS_SENDER,
        CRITICAL_EXTENSION,
        OTHER_KEY_ALONG,
        STRANGERS_KEY,
        OTHER_PAYLOAD,
        OTHER_SIGNATURE,
        BIT_FLIPPED,
        UNSIGNED,
        TEXT_BEHIND
    }

    /** Makes tokens; what it makes depends on the source of chance only, apart from keys and the time. */
    private static final class Generator {
        private final Random random;
        private final RandomJson json;
        private String subject = "";

        Generator(Random random) {
            this.random = random;
            this.json = new RandomJson(random);
        }

        TokenBuilder goodToken() {
            return token(goodMembers());
        }

        /** The members in any order, with a header whose members are in any order too. */
        private TokenBuilder token(List<String> members) {
            Collections.shuffle(members, random);
            TestAlgorithm algorithm = ALGORITHMS[random.nextInt(ALGORITHMS.length)];
            TokenBuilder token = issuer.token().algorithm(algorithm);
            List<String> header = new ArrayList<>(List.of(token.headerJson()
                    .substring(1, token.headerJson().length() - 1)
                    .split(",")));
            if (random.nextBoolean()) {
                header.add("\"x\":" + random.nextInt());
            }
            Collections.shuffle(header, random);
            return token.rawHeader("{" + String.join(",", header) + "}")
                    .rawPayload(members.stream().collect(Collectors.joining(",", "{", "}")));
        }

        private List<String> goodMembers() {
            long now = Instant.now().getEpochSecond();
            subject = subject();
            List<String> members = new ArrayList<>();
            members.add("\"iss\":\"" + issuer.issuer() + "\"");
            members.add("\"sub\":\"" + subject + "\"");
            members.add("\"aud\":" + audience());
            members.add("\"client_id\":\"c-" + random.nextInt() + "\"");
            members.add("\"jti\":\"" + random.nextLong() + "\"");
            members.add("\"iat\":" + (now - random.nextInt(60)) + (random.nextInt(4) == 0 ? ".75" : ""));
            members.add("\"exp\":" + (now + 60 + random.nextInt(10_000)) + (random.nextInt(4) == 0 ? ".5" : ""));
            if (random.nextBoolean()) {
                members.add("\"nbf\":" + (now - random.nextInt(60)));
            }
            if (random.nextBoolean()) {
                members.add("\"scope\":\"openid orders:read\"");
            }
            addStrangers(members);
            return members;
        }

        /** Claims that nobody knows, of any shape: none of them may change the decision. */
        private void addStrangers(List<String> members) {
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                members.add(json.text("x" + i + "-") + ":" + json.value());
            }
        }

        private String audience() {
            List<String> audiences = new ArrayList<>(List.of("\"" + GuardedIssuer.AUDIENCE + "\""));
            int others = random.nextInt(5);
            if (others == 0) {
                return audiences.get(0);
            }
            for (int i = 1; i < others; i++) {
                audiences.add("\"" + OTHERS + "/" + random.nextInt() + "\"");
            }
            Collections.shuffle(audiences, random);
            return audiences.toString();
        }

        /** Letters and digits of any script and plane, as they are. */
        private String subject() {
            int[] codePoints = random.ints(0, Character.MAX_CODE_POINT + 1)
                    .filter(Character::isLetterOrDigit)
                    .limit(1 + random.nextInt(40))
                    .toArray();
            return new String(codePoints, 0, codePoints.length);
        }

        String badToken(Flaw flaw) {
            long now = Instant.now().getEpochSecond();
            return switch (flaw) {
                case CLAIM_LEFT_OUT -> without(required()).sign();
                case CLAIM_NULL -> {
                    String name = required();
                    yield with(name, "null").sign();
                }
                case CLAIM_TWICE -> twice(required());
                case EXPIRED ->
                    with("exp", String.valueOf(now - 31 - random.nextInt(1_000_000)))
                            .sign();
                case NOT_YET_VALID ->
                    with("nbf", String.valueOf(now + 50 + random.nextInt(1_000_000)))
                            .sign();
                case LIVES_TOO_LONG ->
                    with("exp", String.valueOf(now + 86_500 + random.nextInt(1_000_000)))
                            .sign();
                case OTHER_AUDIENCE ->
                    with("aud", "[\"" + OTHERS + "\",\"" + GuardedIssuer.AUDIENCE + "x\"]")
                            .sign();
                case OTHER_ISSUER -> with("iss", "\"" + issuer.issuer() + "/\"").sign();
                case OTHER_TYPE -> retyped().sign();
                case BOUND_TO_ITS_SENDER ->
                    with("cnf", "{" + json.text("") + ":" + json.value() + "}").sign();
                case CRITICAL_EXTENSION -> headed("\"crit\":[\"x\"]").sign();
                case OTHER_KEY_ALONG ->
                    headed("\"jwk\":" + strangersKey.publicJwk())
                            .key(strangersKey)
                            .sign();
                case STRANGERS_KEY -> bySomebodyElse(goodParts());
                case OTHER_PAYLOAD ->
                    goodParts().withPayload(goodParts().payload()).compact();
                case OTHER_SIGNATURE ->
                    goodParts().withSignature(goodParts().signature()).compact();
                case BIT_FLIPPED -> goodParts().flipBit(random.nextInt(512)).compact();
                case UNSIGNED ->
                    goodToken()
                            .rawHeader("{\"typ\":\"at+jwt\",\"alg\":\"none\"}")
                            .sign();
                case TEXT_BEHIND -> with("x", "1}").sign();
            };
        }

        private static String bySomebodyElse(CompactToken token) {
            return token.withSignature(strangersKey.sign(TestAlgorithm.ES256, token.signingInput()))
                    .compact();
        }

        private CompactToken goodParts() {
            return CompactToken.parse(goodToken().sign());
        }

        private String required() {
            List<String> names = List.of("iss", "sub", "aud", "client_id", "jti", "iat", "exp");
            return names.get(random.nextInt(names.size()));
        }

        private TokenBuilder without(String name) {
            List<String> members = goodMembers();
            members.removeIf(member -> member.startsWith("\"" + name + "\":"));
            return token(members);
        }

        private TokenBuilder with(String name, String value) {
            List<String> members = goodMembers();
            members.removeIf(member -> member.startsWith("\"" + name + "\":"));
            members.add("\"" + name + "\":" + value);
            return token(members);
        }

        private String twice(String name) {
            List<String> members = goodMembers();
            String member = members.stream()
                    .filter(text -> text.startsWith("\"" + name + "\":"))
                    .findFirst()
                    .orElseThrow();
            members.add(
                    random.nextBoolean()
                            ? member
                            : "\"\\u00" + Integer.toHexString(name.charAt(0)) + member.substring(2));
            return token(members).sign();
        }

        private TokenBuilder retyped() {
            TokenBuilder token = goodToken();
            List<String> types = List.of("JWT", "dpop+jwt", "at+jwt;x=y", "at", "id+jwt");
            return token.rawHeader(token.headerJson().replace("at+jwt", types.get(random.nextInt(types.size()))));
        }

        private TokenBuilder headed(String member) {
            TokenBuilder token = goodToken();
            return token.rawHeader("{" + member + "," + token.headerJson().substring(1));
        }
    }
}
