package io.tokenguard.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.tokenguard.internal.store.FailureLog;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why Redis does not serve, in fixed words: no text of the server reaches a log. */
enum Failure implements FailureLog.Cause {
    UNREACHABLE("", "Redis can't be reached"),
    SLOW("", "Redis does not answer in time"),
    LOGIN_MISSING("NOAUTH", "Redis asks for a password"),
    LOGIN_REFUSED("WRONGPASS", "Redis refuses the user or the password"),
    NOT_PERMITTED("NOPERM", "Redis does not permit a command to this user"),
    READ_ONLY("READONLY", "Redis is a replica and takes no writes"),
    FULL("OOM", "Redis has no memory left for writes"),
    NOT_SAVING("MISCONF", "Redis takes no writes because it can't save them"),
    TOO_FEW_REPLICAS("NOREPLICAS", "Redis takes no writes because it has too few replicas"),
    LOADING("LOADING", "Redis is loading its data"),
    CLUSTER_DOWN("CLUSTERDOWN", "the Redis cluster is down"),
    MASTER_DOWN("MASTERDOWN", "Redis has lost its master"),
    WRONG_TYPE("WRONGTYPE", "a key of TokenGuard in Redis has a value of another type"),
    REFUSED("", "Redis refuses a command"),
    ENTRY_REJECTED(
            "",
            "Redis rejects a revocation of this node, which applies to this node only and is tried again; look at Redis's log"
                    + " and at its limits for values"),
    UNREADABLE("", "the stream of revocations in Redis has entries that TokenGuard did not write"),
    SECRET_UNREADABLE("", "the nonce secret in Redis is malformed"),
    OVERFLOW("", "more revocations wait for Redis than are kept; the newest apply to this node only");

    private final String code;
    private final String words;

    Failure(String code, String words) {
        this.code = code;
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }

    static Failure of(@Nullable Throwable failure) {
        Failure found = UNREACHABLE;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException answer) {
                return ofAnswer(String.valueOf(answer.getMessage()));
            }
            if (cause instanceof TimeoutException || cause instanceof RedisCommandTimeoutException) {
                found = SLOW;
            }
        }
        return found;
    }

    private static Failure ofAnswer(String message) {
        for (Failure failure : values()) {
            if (!failure.code.isEmpty() && message.startsWith(failure.code)) {
                return failure;
            }
        }
        return REFUSED;
    }
}
