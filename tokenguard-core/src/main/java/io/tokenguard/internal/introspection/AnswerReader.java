package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.keys.FetchException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer. */
@FunctionalInterface
public interface AnswerReader {
    /**
     * What an answer says.
     *
     * @param members its members
     * @param isWithdrawn whether the key that signed it was banned since
     */
    record Answer(Map<String, @Nullable Object> members, BooleanSupplier isWithdrawn) {
        /** An answer that nobody signed. */
        static Answer unsigned(Map<String, @Nullable Object> members) {
            return new Answer(members, () -> false);
        }
    }

    /**
     * Reads an answer.
     *
     * @throws FetchException if the body is not an answer
     * @throws RefusedException if it is not signed as required, or if it is well-formed up to a value beyond a limit
     */
    Answer read(byte[] body) throws FetchException, RefusedException;

    /** Reads plain JSON answers, which TLS protects (RFC 7662 §2.2). */
    static AnswerReader unsigned() {
        return body -> {
            try {
                return Answer.unsigned(JsonReader.readObject(body, JsonLimits.CLAIMS));
            } catch (MalformedException malformed) {
                if (malformed.isBeyondLimit()) {
                    throw new RefusedException(RefusalReason.ANSWER_TOO_LARGE, malformed.getMessage());
                }
                throw new FetchException("answer is malformed: " + malformed.getMessage());
            }
        };
    }
}
