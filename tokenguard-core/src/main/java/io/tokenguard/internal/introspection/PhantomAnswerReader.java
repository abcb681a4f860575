package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.keys.FetchException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain JSON answers, and those that are themselves the signed access token for which an opaque one stands (a "phantom
 * token"). Such a token is verified like any other of its issuer; that the issuer returned it says that it is active.
 *
 * @param verifier verifies that the issuer signed it
 */
public record PhantomAnswerReader(SignedAnswerReader.Verifier verifier) implements AnswerReader {
    @Override
    public Answer read(byte[] body) throws FetchException, RefusedException {
        if (!isToken(body)) {
            return AnswerReader.unsigned().read(body);
        }
        Answer token = SignedAnswerReader.verified(verifier, body);
        Map<String, @Nullable Object> members = new LinkedHashMap<>(token.members());
        members.putIfAbsent("active", true);
        return new Answer(members, token.isWithdrawn(), token.key());
    }

    /** The header of a token is a JSON object, whose base64url form begins like this; JSON never does. */
    static boolean isToken(byte[] body) {
        return body.length > 0 && body[0] == 'e';
    }
}
