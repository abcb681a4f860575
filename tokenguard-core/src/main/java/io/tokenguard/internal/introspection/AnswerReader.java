package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.keys.FetchException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer. */
@FunctionalInterface
public interface AnswerReader {
    /**
     * Reads the members of an answer.
     *
     * @throws FetchException if the body is no answer at all
     * @throws RefusedException if it is one that nobody may rely on
     */
    Map<String, @Nullable Object> read(byte[] body) throws FetchException, RefusedException;

    /** Reads what comes over TLS as it is (RFC 7662 §2.2). */
    static AnswerReader unsigned() {
        return body -> {
            try {
                return JsonReader.readObject(body, JsonLimits.CLAIMS);
            } catch (MalformedException malformed) {
                throw new FetchException("answer is malformed: " + malformed.getMessage());
            }
        };
    }
}
