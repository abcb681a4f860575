package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an operator can do. Each act is an audit event that names the operator, written before the act takes effect, so that none
 * is without one if the process ends; and another one with its result.
 *
 * @param guard the guard
 * @param clock the time
 */
record Acts(TokenGuard guard, Clock clock) {
    /** The members of a body that bans a key. */
    static final Set<String> BAN = Set.of("keyId", "thumbprint");

    /** The members of a body that explains a decision. */
    static final Set<String> EXPLAIN = Set.of("token", "method", "path");

    /** A body without members. */
    static final Set<String> NOTHING = Set.of();

    /** Of these, only tokens that were issued before now are revoked: the next login is good again. */
    private static final Set<Kind> UNTIL_NOW = EnumSet.of(Kind.SUBJECT, Kind.CLIENT, Kind.ISSUER);

    /** Revokes tokens. */
    FeedAnswer revoke(JsonObject body, AccessToken operator) throws MalformedException {
        Revocation named = Target.in(body);
        if (named.kind() == Kind.KEY_ID || named.kind() == Kind.KEY) {
            throw new MalformedException("keys are banned by 'ban'");
        }
        Revocation revocation = UNTIL_NOW.contains(named.kind()) ? named.issuedBefore(clock.instant()) : named;
        return done("revoke", operator, revocation, () -> guard.revoke(revocation));
    }

    /** Bans a key. */
    FeedAnswer ban(JsonObject body, AccessToken operator) throws MalformedException {
        if (body.find("keyId").isPresent()) {
            String keyId = body.require("keyId");
            return done("ban", operator, Revocation.keyId(keyId), () -> guard.banKey(keyId));
        }
        String thumbprint = body.require("thumbprint");
        return done("ban", operator, Revocation.key(thumbprint), () -> guard.banKeyByThumbprint(thumbprint));
    }

    private FeedAnswer done(String act, AccessToken operator, Revocation revocation, Supplier<Boolean> step)
            throws MalformedException {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("kind", revocation.kind().name());
        details.put("target", revocation.target());
        boolean isStored = begun(act, operator, details, step);
        details.put("kept", String.valueOf(isStored));
        record(act, operator, "done", details);
        Map<String, Object> result = new LinkedHashMap<>(RevocationList.document(revocation));
        result.put("stored", isStored);
        return Answer.json(200, result);
    }

    /** Does a step whose beginning and whose failure are events. */
    <T> T begun(String act, AccessToken operator, Map<String, String> details, Supplier<T> step)
            throws MalformedException {
        record(act, operator, "begun", details);
        try {
            return step.get();
        } catch (IllegalArgumentException wrong) {
            record(act, operator, "failed", details);
            throw new MalformedException(String.valueOf(wrong.getMessage()));
        } catch (RuntimeException | Error failure) {
            record(act, operator, "failed", details);
            throw failure;
        }
    }

    void record(String act, AccessToken operator, String phase, Map<String, String> details) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("phase", phase);
        all.putAll(details);
        guard.recordAct(act, operator, all);
    }

    /** Loads the keys of all issuers again. */
    FeedAnswer refreshKeys(AccessToken operator) {
        record("refresh-keys", operator, "begun", Map.of());
        int loads = guard.refreshKeys();
        record("refresh-keys", operator, "done", Map.of("loads", String.valueOf(loads)));
        return Answer.json(200, Map.of("loads", loads));
    }

    /** Tries a token without an effect. */
    FeedAnswer explain(JsonObject body, Call call, AccessToken operator) throws MalformedException {
        record("explain", operator, "begun", Map.of());
        return Answer.json(200, new Explanation(guard, call.request().connection()).of(body));
    }
}
