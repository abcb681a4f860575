package io.tokenguard.cli;

import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a node to a request.
 *
 * @param request method and address of the request
 * @param status the HTTP status
 * @param mediaType the media type; may be empty
 * @param error the error code of a challenge (RFC 6750 section 3.1); empty if there is none
 * @param refusal the identifier of a refusal by TokenGuard; empty if there is none
 * @param octets the body, a character for each byte, cut after the greatest size
 */
record NodeAnswer(String request, int status, String mediaType, String error, String refusal, String octets) {
    private static final int LONGEST = 1 << 20;
    private static final Pattern ERROR = Pattern.compile("error=\"([a-z_]{1,40})\"");
    private static final Pattern REFUSAL = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");
    private static final String PAGE = "<title>TokenGuard console</title>";

    static NodeAnswer of(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return new NodeAnswer(
                    response.request().method() + " "
                            + SafeText.path(response.uri().toString()),
                    response.statusCode(),
                    SafeText.value(header(response, "Content-Type")),
                    String.join(
                            "",
                            response.headers().allValues("WWW-Authenticate").stream()
                                    .flatMap(challenge ->
                                            ERROR.matcher(challenge).results().map(found -> found.group(1)))
                                    .limit(1)
                                    .toList()),
                    first(REFUSAL.matcher(header(response, "TokenGuard-Refusal"))),
                    new String(body.readNBytes(LONGEST), StandardCharsets.ISO_8859_1));
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String first(Matcher matcher) {
        return matcher.matches() ? matcher.group() : "";
    }

    /** The document; empty if the body is no JSON object. */
    Optional<Map<String, @Nullable Object>> document() {
        try {
            return Optional.of(
                    JsonReader.readObject(octets.getBytes(StandardCharsets.ISO_8859_1), JsonLimits.DOCUMENT));
        } catch (MalformedException malformed) {
            return Optional.empty();
        }
    }

    /** Whether it is the page of a console. */
    boolean isPage() {
        return status == 200 && octets.contains(PAGE);
    }

    /** What was answered, with what was expected, in one sentence. */
    String inWords(String expected) {
        return request + " was answered with " + status
                + (error.isEmpty() ? "" : " " + error)
                + (mediaType.isEmpty() ? "" : ", media type " + mediaType)
                + (refusal.isEmpty() ? "" : ", TokenGuard-Refusal " + refusal)
                + "; expected " + expected + ". ";
    }

    /** Contains nothing of the body. */
    @Override
    public String toString() {
        return "NodeAnswer[" + status + "]";
    }
}
