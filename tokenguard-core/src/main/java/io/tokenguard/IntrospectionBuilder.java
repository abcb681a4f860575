package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.internal.claims.ClaimsPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects how an issuer is asked about tokens. Not thread-safe. */
final class IntrospectionBuilder {
    private static final List<String> SCOPE = List.of("scope");

    private final ClientSettings client = new ClientSettings();
    private @Nullable Introspection settings;
    private boolean isByProperty;
    private boolean unnamed;

    void set(Introspection chosen) {
        settings = chosen;
    }

    /** Changes one thing, as a property does; who asks is then said by properties too. */
    void change(UnaryOperator<Introspection> change) {
        isByProperty = true;
        settings = change.apply(settings == null ? Introspection.as(ClientAuthentication.none()) : settings);
    }

    void client(ClientSettings.Part part, String text) {
        client.set(part, text);
        change(UnaryOperator.identity());
    }

    void unnamed() {
        unnamed = true;
    }

    boolean isUnnamed() {
        return unnamed;
    }

    /**
     * On which terms its answers are taken; empty where it is not asked.
     *
     * @param keyPrefix what its properties begin with
     * @param claims what its tokens have to say
     * @param furtherClaims what is required beside
     * @param scopeClaim where the scopes are; null where nothing is said, and then where RFC 7662 §2.2 has them
     */
    Optional<AnswerTerms> build(
            String keyPrefix, ClaimsPolicy claims, Set<String> furtherClaims, @Nullable List<String> scopeClaim) {
        if (settings == null) {
            return Optional.empty();
        }
        Introspection chosen = isByProperty ? settings.client(client.build(keyPrefix)) : settings;
        Set<String> required = new HashSet<>(Set.of("aud", "exp"));
        if (!unnamed) {
            required.add("iss");
        }
        required.removeAll(chosen.acceptedWithout());
        required.addAll(furtherClaims);
        ClaimsPolicy answers =
                claims.forAnswers(required, scopeClaim == null ? SCOPE : scopeClaim, chosen.acceptedWithout(), unnamed);
        requirePossible(keyPrefix, claims.issuer(), chosen);
        return Optional.of(new AnswerTerms(chosen, answers, unnamed));
    }

    private void requirePossible(String keyPrefix, String issuer, Introspection chosen) {
        if (IssuerTemplate.isTemplate(issuer) && !unnamed) {
            throw ConfigurationException.of(
                    keyPrefix + "introspection.mode",
                    chosen.mode().settingName(),
                    "issuers with * are not asked about tokens; name the issuer, or leave introspection out");
        }
        if (unnamed && chosen.wantsSignedAnswers()) {
            throw ConfigurationException.of(
                    keyPrefix + "introspection.signed-answers",
                    true,
                    "name whose signature it has to be in " + keyPrefix + "issuer-uri, or leave it out");
        }
    }
}
