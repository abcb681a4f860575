package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.introspection.AnswerFetcher;
import io.tokenguard.internal.introspection.AnswerReader;
import io.tokenguard.internal.introspection.CallLimits;
import io.tokenguard.internal.introspection.ClientProof;
import io.tokenguard.internal.introspection.EndpointAddress;
import io.tokenguard.internal.introspection.IntrospectionCall;
import io.tokenguard.internal.introspection.Introspector;
import io.tokenguard.internal.introspection.SignedAnswerReader;
import io.tokenguard.internal.jose.Sha256;
import io.tokenguard.internal.keys.HttpChannel;
import io.tokenguard.internal.revocation.KeyBans;
import io.tokenguard.spi.KeySource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts together how issuers are asked about tokens.
 *
 * @param settings the guard's
 * @param sources fetches, and tells which hosts are allowed
 * @param lanes the issuers whose signed tokens are judged here
 * @param bans the keys that are refused
 */
record IntrospectionAssembly(
        GuardDescription settings, KeySources sources, Map<String, IssuerRules> lanes, KeyBans bans) {
    private static final Duration LONGEST_CONNECT = Duration.ofMillis(300);

    IntrospectionRouter assemble() {
        Collection<TrustedIssuer> issuers = settings.issuers();
        List<TrustedIssuer> asked =
                issuers.stream().filter(issuer -> issuer.asked().isPresent()).toList();
        requireUnambiguous(asked);
        requireSomebodyToAsk(asked);
        List<IntrospectedIssuer> ready = new ArrayList<>();
        for (TrustedIssuer issuer : asked) {
            ready.add(ask(issuer, issuer.asked().orElseThrow()));
        }
        boolean isOnlyWay = issuers.stream().allMatch(TrustedIssuer::isUnnamed);
        return new IntrospectionRouter(ready, isOnlyWay, settings.parser().longestToken(), clock());
    }

    private IntrospectedIssuer ask(TrustedIssuer issuer, AnswerTerms terms) {
        Introspection how = terms.settings();
        HttpChannel channel =
                sources.fetcher().channel(shorter(LONGEST_CONNECT, how.timeout()), ClientProofs.tls(how.client()));
        ClientProof proof = ClientProofs.of(how.client(), issuer.issuer(), clock());
        AnswerFetcher fetcher =
                new AnswerFetcher(channel, endpoint(issuer, how), proof, how.timeout(), how.wantsSignedAnswers());
        LifetimeCheck lifetime = new LifetimeCheck(issuer.lifetime());
        IntrospectionCall inquiry = new IntrospectionCall(
                fetcher,
                new IntrospectionCall.Terms(issuer.issuer(), reader(issuer, how), judge(terms, lifetime), limits(how)),
                clock(),
                settings.environment().nanoTime());
        return new IntrospectedIssuer(
                issuer.issuer(), how, new Introspector(fingerprint(issuer, how), inquiry, limits(how)), lifetime);
    }

    private IntrospectionCall.Judge judge(AnswerTerms terms, LifetimeCheck lifetime) {
        ClaimsValidator claims = new ClaimsValidator(terms.answers());
        return (answer, unstatedEnd) -> {
            AccessToken token = claims.validateAnswer(answer, unstatedEnd);
            lifetime.check(TokenTimes.of(token), clock().instant());
            return token;
        };
    }

    private EndpointAddress endpoint(TrustedIssuer issuer, Introspection how) {
        return how.uri()
                .map(uri -> EndpointAddress.at(sources.checked(issuer, "introspection.uri", uri)))
                .orElseGet(() -> EndpointAddress.of(
                        sources.metadata(issuer, how.timeout()),
                        settings.environment().nanoTime()));
    }

    private AnswerReader reader(TrustedIssuer issuer, Introspection how) {
        if (!how.wantsSignedAnswers()) {
            return AnswerReader.unsigned();
        }
        Set<String> recipients = new HashSet<>(issuer.claims().audiences());
        recipients.add(ClientProofs.name(how.client()));
        KeySource keys = Objects.requireNonNull(lanes.get(issuer.issuer())).keys();
        return new SignedAnswerReader(
                new SignedAnswerReader.Terms(
                        issuer.issuer(),
                        recipients,
                        issuer.header().algorithms(),
                        keys,
                        settings.verifier(),
                        key -> bans.isBanned(issuer.issuer(), key),
                        issuer.lifetime().clockSkew()),
                clock());
    }

    private static CallLimits limits(Introspection how) {
        return new CallLimits(
                how.load().maxCalls(),
                how.load().maxWaiting(),
                how.timeout(),
                how.cacheTtl(),
                how.load().outageGrace());
    }

    private static byte[] fingerprint(TrustedIssuer issuer, Introspection how) {
        String text = String.join(
                "\n",
                issuer.issuer(),
                how.uri().map(Object::toString).orElse(""),
                ClientProofs.name(how.client()),
                String.valueOf(how.wantsSignedAnswers()));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An opaque token names no issuer: where several are asked, the start of the token has to. */
    private static void requireUnambiguous(List<TrustedIssuer> asked) {
        for (TrustedIssuer one : asked) {
            for (TrustedIssuer other : asked) {
                if (one != other
                        && prefix(one).startsWith(prefix(other))
                        && prefix(other).isEmpty() == prefix(one).isEmpty()) {
                    throw ConfigurationException.of(
                            one.keyPrefix() + "introspection.token-prefix",
                            prefix(one),
                            "an opaque token names no issuer, and " + other.issuer()
                                    + " is asked too; set what the tokens of each begin with, so that none begins as another");
                }
            }
        }
    }

    private static String prefix(TrustedIssuer issuer) {
        return issuer.asked().orElseThrow().settings().tokenPrefix();
    }

    private void requireSomebodyToAsk(List<TrustedIssuer> asked) {
        boolean isWanted = settings.routes().requirements().stream().anyMatch(AccessRequirement::demandsFreshAnswer);
        if (isWanted && asked.isEmpty()) {
            throw ConfigurationException.of(
                    "route",
                    "fresh",
                    "no issuer is asked about tokens; set tokenguard.introspection.client-id and so on");
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Clock clock() {
        return settings.environment().clock();
    }
}
