package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** Reads minted tokens with another library's parser. */
final class TokenReader {
    private TokenReader() {}

    static Map<String, Object> header(String token) throws JoseException {
        return JsonUtil.parseJson(new String(decoded(CompactToken.parse(token).header()), UTF_8));
    }

    static Map<String, Object> payload(String token) throws JoseException {
        return JsonUtil.parseJson(new String(decoded(CompactToken.parse(token).payload()), UTF_8));
    }

    static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
