package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.Revocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The revocations that this node knows.
 *
 * @param guard the guard
 */
record RevocationList(TokenGuard guard) {
    private static final int MOST = 500;

    /** How many characters of a target a node keeps. */
    private static final int KEPT = 16;

    /** All of them, up to 500. */
    FeedAnswer all() {
        return answer(unused -> true);
    }

    /** Those of what a body names. */
    FeedAnswer search(JsonObject body) throws MalformedException {
        Revocation named = Target.in(body);
        return answer(known -> known.kind() == named.kind() && kept(known).equals(kept(named)));
    }

    private static String kept(Revocation revocation) {
        return revocation.target().substring(0, KEPT);
    }

    private FeedAnswer answer(Predicate<Revocation> wanted) {
        List<Revocation> found = guard.revocations(wanted, MOST + 1);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "revocations",
                found.stream().limit(MOST).map(RevocationList::document).toList());
        document.put("hasMore", found.size() > MOST);
        return Answer.json(200, document);
    }

    /** A revocation, with the part of its target that every node keeps. */
    static Map<String, Object> document(Revocation revocation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", revocation.kind());
        document.put("target", kept(revocation));
        document.put("issuedBefore", revocation.issuedBefore());
        document.put("until", revocation.forgetAt());
        return document;
    }
}
