package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Distinguishes access tokens from the issuer's other tokens (RFC 8725 §2.8, §3.12); finds client and subject. */
final class ShapeCheck {
    /** Claims of ID tokens (OpenID Connect Core §2, §3.1.3.6, §3.3.2.11). */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

    /** An empty value of these claims is malformed or matches nothing. Other empty claims count as absent. */
    private static final Set<String> NEVER_ABSENT = Set.of("iss", "aud", "exp", "iat");

    private static final List<String> KINDS_IN_ANSWERS = List.of("token_type", "token_use", "token_usage", "typ");

    private ShapeCheck() {}

    static void check(ClaimReader claims, TokenMarks marks) throws RefusedException {
        // RFC 8417 §2.2: security events only.
        if (claims.has("events")) {
            throw new RefusedException(
                    RefusalReason.NOT_AN_ACCESS_TOKEN,
                    "events",
                    () -> Finding.of("claim events, as in logout tokens and security events", "no claim events"));
        }
        for (String name : OF_ID_TOKENS) {
            if (claims.has(name) && !marks.allows(name, claims)) {
                throw new RefusedException(
                        RefusalReason.NOT_AN_ACCESS_TOKEN,
                        name,
                        () -> Finding.of("claim " + name + ", as in ID tokens", "no claim " + name));
            }
        }
        for (ClaimRule rule : marks.required()) {
            require(rule, claims);
        }
        for (ClaimRule marker : marks.markers()) {
            if (!marker.holds(claims)) {
                throw new RefusedException(
                        marker.isAboutPresence() ? RefusalReason.CLAIM_MISSING : RefusalReason.NOT_AN_ACCESS_TOKEN,
                        marker.toString(),
                        () -> Finding.of(marker.describe(claims), "claims with " + marker));
            }
        }
    }

    private static void require(ClaimRule rule, ClaimReader claims) throws RefusedException {
        String name = rule.toString();
        boolean isEmpty = claims.has(name) && !claims.hasContent(name);
        if (!rule.holds(claims) || (isEmpty && !NEVER_ABSENT.contains(name))) {
            throw new RefusedException(
                    RefusalReason.CLAIM_MISSING, name, () -> Finding.of(rule.describe(claims), "claims with " + name));
        }
    }

    /**
     * Requires an answer to be about an access token (RFC 7662 §2.2, {@code token_type}; some servers add others), and not
     * about a refresh or ID token. The answer about a DPoP token must name its key (RFC 9449 §6.2).
     */
    static void requireAccessToken(ClaimReader claims) throws RefusedException {
        for (String name : KINDS_IN_ANSWERS) {
            String type = claims.identifier(name).orElse("Bearer").toLowerCase(Locale.ROOT);
            if (isOtherKind(type)) {
                throw new RefusedException(
                        RefusalReason.NOT_AN_ACCESS_TOKEN,
                        name,
                        () -> Finding.of(name + " " + type, "an access token"));
            }
            if (type.equals("dpop") && !claims.has("cnf")) {
                throw new RefusedException(
                        RefusalReason.CLAIM_MISSING,
                        "cnf of a DPoP-bound token",
                        () -> Finding.of(name + " DPoP without cnf", "cnf with the key of the token"));
            }
        }
    }

    /** Refresh, offline, ID and logout tokens, as servers name them, and {@code N_A} for none of these (RFC 8693 §2.2.1). */
    private static boolean isOtherKind(String type) {
        return type.equals("n_a")
                || type.contains("refresh")
                || type.contains("offline")
                || type.contains("logout")
                || type.equals("id")
                || type.contains("id_token")
                || type.contains("id-token")
                || type.contains("idtoken")
                || type.contains("id+jwt")
                || type.contains("serialized-id");
    }

    /**
     * The client, by the first claim that is present. The others are not used; revocations match them too. A single audience
     * stands for the client if no other claim names one.
     */
    static Optional<String> client(ClaimReader claims, List<String> names) throws RefusedException {
        Optional<String> client =
                first(claims, names.stream().filter(name -> !name.equals("aud")).toList());
        return client.isEmpty() && names.contains("aud") ? claims.onlyAudience() : client;
    }

    /** A missing subject means the client, unless the configuration states when the client acts for itself. */
    static SubjectKind subjectKind(
            ClaimReader claims, TokenShape shape, Optional<String> subject, Optional<String> client) {
        boolean isClient = shape.clientActs().holds(claims)
                || (subject.isPresent() ? subject.equals(client) : !shape.isKindStated());
        return isClient ? SubjectKind.CLIENT : SubjectKind.USER;
    }

    /** An identifier, from the first claim that is present. */
    static Optional<String> first(ClaimReader claims, List<String> names) throws RefusedException {
        Optional<String> name = firstName(claims, names);
        return name.isPresent() ? claims.identifier(name.get()) : Optional.empty();
    }

    /** The first claim that is present, which must be an identifier. */
    static Optional<String> firstName(ClaimReader claims, List<String> names) throws RefusedException {
        for (String name : names) {
            if (claims.identifier(name).isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
