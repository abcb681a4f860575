package io.tokenguard.console;

import io.tokenguard.access.Revocation;
import java.util.Set;

/** Reads what an act or a search is about. */
final class Target {
    /** The members of a body that names one. */
    static final Set<String> MEMBERS = Set.of("kind", "token", "issuer", "name");

    private Target() {}

    /**
     * The revocation of what a body names, of all its tokens whenever they were issued.
     *
     * @throws MalformedException if a member is missing or wrong
     */
    static Revocation in(JsonObject body) throws MalformedException {
        String kind = body.require("kind");
        return switch (kind) {
            case "token" -> presented(body.require("token"));
            case "token-id" -> Revocation.token(body.require("issuer"), body.require("name"));
            case "session" -> Revocation.session(body.require("issuer"), body.require("name"));
            case "subject" -> Revocation.subject(body.require("issuer"), body.require("name"));
            case "client" -> Revocation.client(body.require("issuer"), body.require("name"));
            case "issuer" -> Revocation.issuer(body.require("issuer"));
            case "key-id" -> Revocation.keyId(body.require("name"));
            case "key" -> Revocation.key(body.require("name"));
            default ->
                throw new MalformedException(
                        "'kind' must be token, token-id, session, subject, client, issuer, key-id or key");
        };
    }

    private static Revocation presented(String token) throws MalformedException {
        try {
            return Revocation.presented(token);
        } catch (IllegalArgumentException noToken) {
            throw new MalformedException("'token' is not a token");
        }
    }
}
