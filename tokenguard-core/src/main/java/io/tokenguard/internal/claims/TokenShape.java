package io.tokenguard.internal.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The claims of one issuer's access tokens. Immutable.
 *
 * @param marks how its access tokens are distinguished from its other tokens
 * @param audienceClaims claims with the recipients; the first present one is used
 * @param subjectClaims claims with the subject; the first present one is used
 * @param clientClaims claims with the client; the first present one is used
 * @param clientActs holds if the client acts for itself
 * @param isKindStated whether the configuration states when the client acts for itself
 */
public record TokenShape(
        TokenMarks marks,
        List<String> audienceClaims,
        List<String> subjectClaims,
        List<String> clientClaims,
        ClaimRule clientActs,
        boolean isKindStated) {
    private static final ClaimRule NEVER = new ClaimRule(List.of());

    /** Copies the lists. */
    public TokenShape {
        audienceClaims = List.copyOf(audienceClaims);
        subjectClaims = List.copyOf(subjectClaims);
        clientClaims = List.copyOf(clientClaims);
    }

    /** A shape with these claims, with an audience in {@code aud}, and without claims that only other tokens have. */
    public static TokenShape with(String... required) {
        TokenMarks marks = new TokenMarks(Stream.of(required).map(ClaimRule::of).toList(), List.of(), Set.of(), false);
        return new TokenShape(marks, List.of("aud"), List.of("sub"), List.of(), NEVER, false);
    }

    /** The same shape with other marks. */
    public TokenShape marked(TokenMarks other) {
        return new TokenShape(other, audienceClaims, subjectClaims, clientClaims, clientActs, isKindStated);
    }

    /** The same shape with further required claims. */
    public TokenShape requiring(Set<String> further) {
        return marked(marks.requiring(further.stream().map(ClaimRule::of).toList()));
    }

    /** The same shape, in which some claims need not be there. */
    public TokenShape without(Set<String> names) {
        List<ClaimRule> left = marks.required().stream()
                .filter(rule -> !names.contains(rule.toString()))
                .toList();
        return marked(new TokenMarks(left, marks.markers(), marks.tolerated(), marks.idTokens()));
    }

    /** The same shape, marked by at least one of these claims. */
    public TokenShape withOneOf(String... claims) {
        return markedBy(String.join(" or ", claims));
    }

    /** The same shape with a claim that has one of these values. */
    public TokenShape marked(String claim, String... values) {
        String rule = String.join(
                " or ", Arrays.stream(values).map(value -> claim + "=" + value).toList());
        return marked(marks.and(ClaimRule.of(rule)));
    }

    /** The same shape with another rule that identifies access tokens. */
    public TokenShape markedBy(String rule) {
        return marked(marks.and(ClaimRule.of(rule)));
    }

    /**
     * The shape of answers about such tokens: RFC 7662 §2.2 requires none of the claims, and has the client in
     * {@code client_id}, which counts if the claims of the token are not in the answer.
     */
    TokenShape inAnswers(Set<String> requiredThere) {
        Set<String> clients = new LinkedHashSet<>(clientClaims);
        clients.add("client_id");
        ClaimRule kind = clientActs.inAnswers();
        TokenMarks there = new TokenMarks(
                requiredThere.stream().map(ClaimRule::of).toList(), List.of(), marks.tolerated(), marks.idTokens());
        return new TokenShape(
                there,
                audienceClaims,
                subjectClaims,
                new ArrayList<>(clients),
                kind,
                isKindStated && !kind.alternatives().isEmpty());
    }

    /** The same shape with the client in the first of these claims that is present. */
    public TokenShape clientIn(String... claims) {
        return new TokenShape(marks, audienceClaims, subjectClaims, List.of(claims), clientActs, isKindStated);
    }

    /** The same shape with the subject in the first of these claims that is present. */
    public TokenShape subjectIn(String... claims) {
        return new TokenShape(marks, audienceClaims, List.of(claims), clientClaims, clientActs, isKindStated);
    }

    /** The same shape with the recipients in the first of these claims that is present. */
    public TokenShape audienceIn(String... claims) {
        return new TokenShape(marks, List.of(claims), subjectClaims, clientClaims, clientActs, isKindStated);
    }

    /** The same shape with a claim whose presence, or one of these values, means that the client acts for itself. */
    public TokenShape clientActsIf(String claim, String... values) {
        List<ClaimRule> rules = new ArrayList<>();
        for (String value : values) {
            rules.add(ClaimRule.of(claim + "=" + value));
        }
        return clientActsIf(values.length == 0 ? ClaimRule.of(claim) : ClaimRule.anyOf(rules));
    }

    /** The same shape with a rule that holds if the client acts for itself. */
    public TokenShape clientActsIf(ClaimRule rule) {
        return new TokenShape(marks, audienceClaims, subjectClaims, clientClaims, rule, isKindStated);
    }

    /** The same shape for tokens whose client always acts for itself. */
    public TokenShape clientActsAlways() {
        return clientActsIf(ClaimRule.ALWAYS);
    }

    /** The same shape with a rule of the configuration, which decides for tokens without a subject too. */
    public TokenShape clientActsOnlyIf(ClaimRule rule) {
        return new TokenShape(marks, audienceClaims, subjectClaims, clientClaims, rule, true);
    }

    /** The same shape with a claim that is present whenever a client acts for a user. */
    public TokenShape userActsOnlyWith(String claim) {
        return clientActsIf(ClaimRule.anyOf(List.of(clientActs, ClaimRule.of("!" + claim))));
    }
}
