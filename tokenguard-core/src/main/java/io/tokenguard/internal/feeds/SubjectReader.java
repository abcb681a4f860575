package io.tokenguard.internal.feeds;

import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.claims.ClaimReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the subject of an event (RFC 9493, Shared Signals 1.0 §3). An issuer can revoke tokens of its own subjects only.
 *
 * @param issuer who speaks
 * @param aliases further names of that issuer
 * @param takesSessions whether an identifier alone may be that of a session
 */
record SubjectReader(String issuer, Set<String> aliases, boolean takesSessions) {
    /**
     * Reads a subject.
     *
     * @return what to revoke; empty if no token can be matched by such a subject
     * @throws RefusedException if it is malformed
     */
    List<Revocation> read(Map<String, @Nullable Object> subject) throws RefusedException {
        return switch (format(subject)) {
            case "iss_sub" -> isOwn(subject) ? List.of(Revocation.subject(issuer, text(subject, "sub"))) : List.of();
            case "jwt_id" -> isOwn(subject) ? List.of(Revocation.token(issuer, text(subject, "jti"))) : List.of();
            case "opaque" -> opaque(text(subject, "id"));
            case "aliases" -> aliases(subject);
            case "complex" -> complex(subject);
            default -> List.of();
        };
    }

    /** Before RFC 9493 the member was {@code subject_type}, with hyphens, and complex subjects had none. */
    private static String format(Map<String, @Nullable Object> subject) throws RefusedException {
        ClaimReader members = new ClaimReader(subject);
        if (members.has("format") || members.has("subject_type")) {
            return text(subject, members.has("format") ? "format" : "subject_type")
                    .replace('-', '_');
        }
        if (members.has("user") || members.has("session")) {
            return "complex";
        }
        throw ClaimReader.malformed("format");
    }

    private boolean isOwn(Map<String, @Nullable Object> subject) throws RefusedException {
        String named = text(subject, "iss");
        return named.equals(issuer) || aliases.contains(named);
    }

    /** An opaque identifier may name a session or a subject; revoking the one that does not exist has no effect. */
    private List<Revocation> opaque(String id) {
        return takesSessions
                ? List.of(Revocation.session(issuer, id), Revocation.subject(issuer, id))
                : List.of(Revocation.subject(issuer, id));
    }

    /** RFC 9493 §3.2.8: several identifiers of one subject, none of them {@code aliases} again. */
    private List<Revocation> aliases(Map<String, @Nullable Object> subject) throws RefusedException {
        if (!(subject.get("identifiers") instanceof List<?> identifiers)) {
            throw ClaimReader.malformed("identifiers");
        }
        List<Revocation> revocations = new ArrayList<>();
        for (Object identifier : identifiers) {
            Map<String, @Nullable Object> alias = JsonObjects.of(identifier, "identifiers");
            if (isNested(alias)) {
                throw ClaimReader.malformed("identifiers");
            }
            revocations.addAll(read(alias));
        }
        return revocations;
    }

    /** The session if there is one, otherwise the user; tokens contain nothing that the other members could match. */
    private List<Revocation> complex(Map<String, @Nullable Object> subject) throws RefusedException {
        List<Revocation> ofSession = subject.get("session") == null ? List.of() : session(subject);
        if (!ofSession.isEmpty() || subject.get("user") == null) {
            return ofSession;
        }
        Map<String, @Nullable Object> user = JsonObjects.of(subject.get("user"), "user");
        if (format(user).equals("complex")) {
            throw ClaimReader.malformed("user");
        }
        return new SubjectReader(issuer, aliases, false).read(user);
    }

    private List<Revocation> session(Map<String, @Nullable Object> subject) throws RefusedException {
        Map<String, @Nullable Object> session = JsonObjects.of(subject.get("session"), "session");
        return switch (format(session)) {
            case "opaque" -> List.of(Revocation.session(issuer, text(session, "id")));
            case "jwt_id" -> read(session);
            default -> List.of();
        };
    }

    private static boolean isNested(Map<String, @Nullable Object> alias) throws RefusedException {
        return List.of("aliases", "complex").contains(format(alias));
    }

    /** RFC 9493 §3.2: members are texts. */
    private static String text(Map<String, @Nullable Object> subject, String name) throws RefusedException {
        return new ClaimReader(subject)
                .identifier(name)
                .filter(identifier -> identifier.equals(subject.get(name)))
                .orElseThrow(() -> ClaimReader.malformed(name));
    }
}
