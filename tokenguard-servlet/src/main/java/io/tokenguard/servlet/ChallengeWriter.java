package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tokenguard.access.Decision.Challenge;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a refusal as the guard composed it. Does not use {@code sendError}, which would dispatch to an error page. */
final class ChallengeWriter {
    private ChallengeWriter() {}

    static void write(Challenge challenge, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(challenge.status());
        challenge.headers().forEach((name, values) -> ResponseFields.replace(response, name, values));
        byte[] body = challenge.body().getBytes(US_ASCII);
        response.setContentLength(body.length);
        if (body.length > 0) {
            writeBody(challenge.body(), body, response);
        }
    }

    private static void writeBody(String text, byte[] bytes, HttpServletResponse response) throws IOException {
        try {
            response.getOutputStream().write(bytes);
        } catch (IllegalStateException writerIsInUse) {
            // A page that forwards may have called getWriter(); resetting the buffer does not undo that.
            response.getWriter().write(text);
        }
    }
}
