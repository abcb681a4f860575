package io.tokenguard.attacks;

import io.tokenguard.testkit.TestJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes encrypted tokens without knowing what is inside. */
final class JweForge {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private JweForge() {}

    private static String[] parts(String token) {
        return token.split("\\.", -1);
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static String with(String token, int part, byte[] bytes) {
        String[] parts = parts(token);
        parts[part] = ENCODER.encodeToString(bytes);
        return String.join(".", parts);
    }

    static String header(String json) {
        return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** With other values in the header. */
    static String withHeader(String token, Map<String, Object> changes) {
        String json = new String(decoded(parts(token)[0]), StandardCharsets.UTF_8);
        for (Map.Entry<String, Object> change : changes.entrySet()) {
            String object = TestJson.write(Map.of(change.getKey(), change.getValue()));
            json = withMember(json, change.getKey(), object.substring(1, object.length() - 1));
        }
        return with(token, 0, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String withMember(String json, String name, String member) {
        Matcher present =
                Pattern.compile("\"" + name + "\":(\"[^\"]*\"|\\{[^}]*\\})").matcher(json);
        return present.find()
                ? present.replaceFirst(Matcher.quoteReplacement(member))
                : json.substring(0, json.length() - 1) + "," + member + "}";
    }

    /** One bit in the middle of a part is another. */
    static String changed(String token, int part) {
        byte[] bytes = decoded(parts(token)[part]);
        bytes[bytes.length / 2] ^= 1;
        return with(token, part, bytes);
    }

    static String emptiedOrFilled(String token, int part) {
        byte[] bytes = decoded(parts(token)[part]);
        return with(token, part, bytes.length == 0 ? new byte[16] : new byte[0]);
    }

    static String cut(String token, int part) {
        byte[] bytes = decoded(parts(token)[part]);
        return with(token, part, bytes.length == 0 ? new byte[1] : Arrays.copyOf(bytes, bytes.length - 1));
    }

    static String longer(String token, int part) {
        byte[] bytes = decoded(parts(token)[part]);
        return with(token, part, Arrays.copyOf(bytes, bytes.length + 16));
    }

    /** The key of one token and the content of another. */
    static String spliced(String one, String other) {
        String[] parts = parts(other);
        parts[1] = parts(one)[1];
        return String.join(".", parts);
    }
}
