package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the introspection answer about a signed token with the token itself: subject, client and binding. Does not compare
 * what one of both omits.
 *
 * @param subjects claims with the subject
 * @param clients claims with the client
 */
public record AnswerAgreement(List<String> subjects, List<String> clients) {
    private static final List<String> BINDINGS = List.of("jkt", "x5t#S256");
    private static final String AUDIENCE = "aud";

    /** Copies the lists. */
    public AnswerAgreement {
        subjects = List.copyOf(subjects);
        clients = List.copyOf(clients);
    }

    /** For the answers of an issuer. A single audience may stand for a client, but does not name one. */
    static AnswerAgreement of(TokenShape answers) {
        Set<String> subjects = new LinkedHashSet<>(answers.subjectClaims());
        subjects.add("sub");
        return new AnswerAgreement(
                List.copyOf(subjects),
                answers.clientClaims().stream()
                        .filter(name -> !name.equals(AUDIENCE))
                        .toList());
    }

    /**
     * Requires an answer to agree with a token. The first claim that both have decides. A client is a client under every name
     * (RFC 7662 §2.2 has it in {@code client_id}), so clients are compared even if no claim is in both; a subject in another
     * claim is another kind of name.
     *
     * @throws RefusedException if they differ
     */
    public void require(AccessToken signed, AccessToken answer) throws RefusedException {
        Optional<Difference> subject = difference(subjects, signed, answer);
        if (subject.isPresent()) {
            throw contradiction(subject.get(), "tokenguard.subject-claim");
        }
        Optional<Difference> client = isShared(clients, signed, answer)
                ? difference(clients, signed, answer)
                : named(clients, signed)
                        .flatMap(mine -> named(clients, answer).map(theirs -> new Difference(mine, theirs)))
                        .filter(pair -> !text(signed, pair.ofToken).equals(text(answer, pair.ofAnswer)));
        if (client.isPresent()) {
            throw contradiction(client.get(), "tokenguard.client-claim");
        }
        if (answer.claims().get("cnf") != null && !isSameBinding(signed, answer)) {
            throw contradiction(new Difference("cnf", "cnf"));
        }
    }

    /** Claims of token and answer with different values. */
    private record Difference(String ofToken, String ofAnswer) {}

    private static RefusedException contradiction(Difference difference, String... settings) {
        return new RefusedException(
                RefusalReason.CLAIMS_MALFORMED,
                "answer contradicts the token",
                () -> Finding.of(
                                difference.ofAnswer + " of the introspection answer differs from " + difference.ofToken
                                        + " of the token",
                                "an answer about the same subject, client and key")
                        .by(settings));
    }

    private static boolean isShared(List<String> names, AccessToken signed, AccessToken answer) {
        return names.stream()
                .anyMatch(name ->
                        text(signed, name).isPresent() && text(answer, name).isPresent());
    }

    private static Optional<Difference> difference(List<String> names, AccessToken signed, AccessToken answer) {
        return names.stream()
                .filter(name ->
                        text(signed, name).isPresent() && text(answer, name).isPresent())
                .findFirst()
                .filter(name -> !text(signed, name).equals(text(answer, name)))
                .map(name -> new Difference(name, name));
    }

    private static Optional<String> named(List<String> names, AccessToken token) {
        return names.stream().filter(name -> text(token, name).isPresent()).findFirst();
    }

    private static Optional<String> text(AccessToken token, String name) {
        return new ClaimReader(token.claims()).text(name);
    }

    /** Other members do not decide anything (RFC 7800 §3.1), and a server may state them in one of both only. */
    private static boolean isSameBinding(AccessToken signed, AccessToken answer) {
        return BINDINGS.stream()
                .allMatch(member -> Objects.equals(confirmation(signed, member), confirmation(answer, member)));
    }

    private static @Nullable Object confirmation(AccessToken token, String member) {
        return token.claims().get("cnf") instanceof Map<?, ?> members ? members.get(member) : null;
    }
}
