package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.introspection.AnswerFetcher;
import io.tokenguard.internal.introspection.AnswerReader;
import io.tokenguard.internal.introspection.CallLimits;
import io.tokenguard.internal.introspection.EndpointAddress;
import io.tokenguard.internal.introspection.IntrospectedIssuer;
import io.tokenguard.internal.introspection.IntrospectionCall;
import io.tokenguard.internal.introspection.IntrospectionRouter;
import io.tokenguard.internal.introspection.Introspector;
import io.tokenguard.internal.introspection.SignedAnswerReader;
import io.tokenguard.internal.issuers.IssuerNames;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.IssuerTokenVerifier;
import io.tokenguard.internal.issuers.TokenKind;
import io.tokenguard.internal.issuers.TokenRules;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.jose.Sha256;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.FetchedPart;
import io.tokenguard.internal.keys.HttpChannel;
import io.tokenguard.internal.keys.Reach;
import io.tokenguard.internal.keys.SelectedRules;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.internal.token.TokenParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Wires introspection.
 *
 * @param issuers the issuers
 * @param sources fetches documents, and knows which hosts are allowed
 * @param verifier verifies signed answers
 * @param longestToken the greatest number of characters of a token
 * @param nanoTime measures durations
 * @param counters counts calls
 */
record IntrospectionAssembly(
        List<IssuerSettings> issuers,
        KeySources sources,
        IssuerTokenVerifier verifier,
        int longestToken,
        LongSupplier nanoTime,
        GuardCounters counters) {
    private static final Duration LONGEST_CONNECT = Duration.ofMillis(300);

    /**
     * The router.
     *
     * @param isFreshWanted whether a route requires a fresh answer
     */
    IntrospectionRouter assemble(boolean isFreshWanted) {
        List<IssuerSettings> asked = issuers.stream()
                .filter(issuer -> issuer.introspection().isPresent())
                .toList();
        requireUnambiguous(asked);
        if (isFreshWanted) {
            requireSomebodyToAsk(asked);
        }
        List<IntrospectedIssuer> ready = new ArrayList<>();
        for (IssuerSettings issuer : asked) {
            ready.add(ask(issuer, how(issuer)));
        }
        boolean isOnlyWay = issuers.stream().allMatch(IssuerSettings::isUnnamed);
        List<String> unnamed = asked.stream()
                .filter(IssuerSettings::isUnnamed)
                .map(IssuerSettings::issuer)
                .toList();
        return new IntrospectionRouter(ready, unnamed, isOnlyWay, longestToken, clock());
    }

    private static Introspection how(IssuerSettings issuer) {
        return issuer.introspection().orElseThrow().how();
    }

    private IntrospectedIssuer ask(IssuerSettings issuer, Introspection how) {
        DocumentFetcher documents = sources.connections().of(issuer);
        Reach reach = documents.reach();
        HttpChannel channel = sources.connections()
                .network()
                .channel(
                        shorter(LONGEST_CONNECT, how.timeout()),
                        ClientAuthenticators.tls(how.client()).or(reach::tls),
                        reach.proxy());
        AnswerFetcher fetcher = new AnswerFetcher(
                channel,
                endpoint(issuer, how),
                ClientAuthenticators.of(how.client(), issuer.issuer(), clock()),
                how.timeout(),
                how.wantsSignedAnswers(),
                new EndpointConnection(documents, named(issuer, how), part(how.client())));
        LifetimeCheck lifetime = new LifetimeCheck(IssuerPolicies.lifetime(issuer));
        Optional<IssuerRules> signed = rulesOf(issuer);
        SelectedRules<ClaimsValidator> rules = DialectChoice.rules(
                issuer,
                signed.flatMap(known -> known.accessTokens().selection()),
                dialect -> new ClaimsValidator(IssuerPolicies.answers(issuer, how, dialect)));
        IntrospectionCall call = new IntrospectionCall(
                fetcher,
                new IntrospectionCall.Terms(
                        issuer.issuer(),
                        reader(issuer, how),
                        validator(issuer, rules, lifetime),
                        limits(how),
                        counters.calls(issuer.issuer())),
                clock(),
                nanoTime);
        return new IntrospectedIssuer(
                issuer.issuer(),
                how.tokenPrefix(),
                how.mode() == Introspection.Mode.ALWAYS,
                new Introspector(fingerprint(issuer, how), call, limits(how)),
                lifetime,
                readiness(signed, rules));
    }

    /** Without the issuer's metadata, answers can't be read if the metadata select the dialect. */
    private static IntrospectedIssuer.Readiness readiness(
            Optional<IssuerRules> signed, SelectedRules<ClaimsValidator> answers) {
        return mayWait -> {
            try {
                if (signed.isPresent()) {
                    TokenRules unused = (mayWait ? signed.get() : signed.get().withoutWaiting()).tokens();
                }
                return Objects.requireNonNull(answers.current()).agreement();
            } catch (RefusedException notLoaded) {
                throw new RefusedException(RefusalReason.INTROSPECTION_UNAVAILABLE, notLoaded.detail());
            }
        };
    }

    /** Empty for an issuer of opaque tokens only. */
    private Optional<IssuerRules> rulesOf(IssuerSettings issuer) {
        try {
            return issuer.isUnnamed()
                    ? Optional.empty()
                    : Optional.of(verifier.issuers().find(issuer.issuer(), VerificationTrace.NONE));
        } catch (RefusedException unknown) {
            throw new IllegalStateException("an issuer that is introspected has no rules", unknown);
        }
    }

    /** Answers are asked for once the rules are selected. */
    private IntrospectionCall.AnswerValidator validator(
            IssuerSettings issuer, SelectedRules<ClaimsValidator> rules, LifetimeCheck lifetime) {
        IssuerNames names =
                new IssuerNames(issuer.issuer(), issuer.tenants().texts().aliases());
        return (answer, unstatedEnd) -> {
            AccessToken token =
                    Objects.requireNonNull(rules.current()).validateAnswer(names.normal(answer), unstatedEnd);
            lifetime.check(TokenTimes.of(token), clock().instant());
            return token;
        };
    }

    private EndpointAddress endpoint(IssuerSettings issuer, Introspection how) {
        return how.uri()
                .map(uri -> EndpointAddress.at(sources.checked(issuer, "introspection.uri", uri)))
                .orElseGet(() -> EndpointAddress.of(
                        sources.metadata(issuer, how.timeout()), "introspection_endpoint", nanoTime));
    }

    /** An address whose host the configuration names. */
    private URI named(IssuerSettings issuer, Introspection how) {
        return how.uri()
                .orElseGet(() -> sources.metadata(issuer, how.timeout()).place().base());
    }

    private static FetchedPart part(ClientAuthentication client) {
        return ClientAuthenticators.tls(client).isPresent()
                ? FetchedPart.INTROSPECTION_BY_CERTIFICATE
                : FetchedPart.INTROSPECTION;
    }

    private AnswerReader reader(IssuerSettings issuer, Introspection how) {
        if (!how.wantsSignedAnswers()) {
            return AnswerReader.unsigned();
        }
        Set<String> recipients = new HashSet<>(issuer.tokens().audiences());
        recipients.add(ClientAuthenticators.name(how.client()));
        TokenKind kind = TokenKind.of(
                        new TokenParser(SignedAnswerReader.LONGEST), Set.of(SignedAnswerReader.MEDIA_TYPE))
                .by(issuer.issuer());
        return new SignedAnswerReader(
                new SignedAnswerReader.Terms(
                        issuer.issuer(),
                        recipients,
                        answer -> verified(kind, answer),
                        issuer.tokens().lifetime().clockSkew()),
                clock());
    }

    private AnswerReader.Answer verified(TokenKind kind, String answer) throws RefusedException {
        IssuerTokenVerifier.Verified verified = verifier.verify(kind, answer, VerificationTrace.NONE);
        return new AnswerReader.Answer(
                verified.claims().members(),
                () -> verifier.keys().isBanned(verified.rules().issuer(), verified.key()));
    }

    private static CallLimits limits(Introspection how) {
        return new CallLimits(
                how.load().maxCalls(),
                how.load().maxWaiting(),
                how.timeout(),
                how.cacheTtl(),
                how.load().outageGrace());
    }

    private static byte[] fingerprint(IssuerSettings issuer, Introspection how) {
        String text = String.join(
                "\n",
                issuer.issuer(),
                how.uri().map(Object::toString).orElse(""),
                ClientAuthenticators.name(how.client()),
                String.valueOf(how.wantsSignedAnswers()));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An opaque token names no issuer: if several issuers introspect, a prefix of the token has to select one. */
    private static void requireUnambiguous(List<IssuerSettings> asked) {
        for (IssuerSettings one : asked) {
            for (IssuerSettings other : asked) {
                if (!one.issuer().equals(other.issuer())
                        && prefix(one).startsWith(prefix(other))
                        && prefix(other).isEmpty() == prefix(one).isEmpty()) {
                    throw ConfigurationException.of(
                            one.keyPrefix() + "introspection.token-prefix",
                            prefix(one),
                            "an opaque token names no issuer, and " + other.issuer()
                                    + " has introspection too; set a prefix for the tokens of each issuer; no prefix may start with another");
                }
            }
        }
    }

    private static String prefix(IssuerSettings issuer) {
        return how(issuer).tokenPrefix();
    }

    private static void requireSomebodyToAsk(List<IssuerSettings> asked) {
        if (asked.isEmpty()) {
            throw ConfigurationException.of(
                    "route",
                    "fresh",
                    "a rule requires a fresh answer, but no issuer has introspection; set"
                            + " tokenguard.introspection.client-id and tokenguard.introspection.client-secret");
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Clock clock() {
        return sources.clocks().wall();
    }
}
