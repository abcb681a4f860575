package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells an access token from the other tokens of its issuer (RFC 8725 §2.8, §3.12), and who acts with it. */
final class ShapeCheck {
    private static final Set<String> ACCESS_TOKEN_TYPES = Set.of("bearer", "dpop", "at+jwt", "application/at+jwt");

    private ShapeCheck() {}

    static void check(ClaimReader claims, TokenShape shape) throws RefusedException {
        for (String name : shape.forbidden()) {
            if (claims.has(name)) {
                throw new RefusedException(RefusalReason.NOT_AN_ACCESS_TOKEN, name);
            }
        }
        for (Map.Entry<String, Set<String>> marker : shape.markers().entrySet()) {
            if (!claims.hasValue(marker.getKey(), marker.getValue())) {
                throw new RefusedException(RefusalReason.NOT_AN_ACCESS_TOKEN, marker.getKey());
            }
        }
        for (String name : shape.required()) {
            if (!claims.has(name)) {
                throw new RefusedException(RefusalReason.CLAIM_MISSING, name);
            }
        }
        for (Set<String> names : shape.alternatives()) {
            requireOneOf(claims, names);
        }
    }

    /**
     * Requires an answer to be about an access token (RFC 7662 §2.2, {@code token_type}; {@code typ} is what some servers add).
     * One that is sent with a proof says of which key (RFC 9449 §6.2).
     */
    static void requireAccessToken(ClaimReader claims) throws RefusedException {
        for (String name : List.of("token_type", "typ")) {
            String type = claims.identifier(name).orElse("Bearer").toLowerCase(Locale.ROOT);
            if (!ACCESS_TOKEN_TYPES.contains(type)) {
                throw new RefusedException(RefusalReason.NOT_AN_ACCESS_TOKEN, name);
            }
            if (type.equals("dpop") && !claims.has("cnf")) {
                throw new RefusedException(RefusalReason.CLAIM_MISSING, "cnf of a DPoP-bound token");
            }
        }
    }

    private static void requireOneOf(ClaimReader claims, Set<String> names) throws RefusedException {
        if (names.stream().noneMatch(claims::has)) {
            throw new RefusedException(RefusalReason.CLAIM_MISSING, String.join(" or ", names));
        }
    }

    /** The client, by the first claim that names it; claims that name different ones are malformed. */
    static Optional<String> client(ClaimReader claims, List<String> names) throws RefusedException {
        Optional<String> client = Optional.empty();
        for (String name : names) {
            Optional<String> named = claims.identifier(name);
            if (client.isPresent() && named.isPresent() && !client.equals(named)) {
                throw ClaimReader.malformed(name);
            }
            client = client.or(() -> named);
        }
        return client;
    }

    static SubjectKind subjectKind(
            ClaimReader claims, TokenShape shape, Optional<String> subject, Optional<String> client) {
        boolean isClient = saysClient(claims, shape.clientMarkers()) || !hasAll(claims, shape.userClaims());
        return isClient || subject.isEmpty() || subject.equals(client) ? SubjectKind.CLIENT : SubjectKind.USER;
    }

    private static boolean saysClient(ClaimReader claims, Map<String, Set<String>> markers) {
        for (Map.Entry<String, Set<String>> marker : markers.entrySet()) {
            Set<String> values = marker.getValue();
            if (values.isEmpty() ? claims.has(marker.getKey()) : claims.hasValue(marker.getKey(), values)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAll(ClaimReader claims, Set<String> names) {
        for (String name : names) {
            if (!claims.has(name)) {
                return false;
            }
        }
        return true;
    }
}
