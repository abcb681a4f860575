package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;

/**
 * Interns names that occur in almost every token and key: reading one of them allocates no string, and map look-ups compare
 * no characters.
 */
final class JsonNames {
    private static final int PLACES = 256;
    private static final String[] KNOWN = new String[PLACES];

    static {
        String names =
                "alg kid typ kty iss sub aud exp nbf iat jti sid azp acr amr cnf jkt scp scope roles client_id auth_time"
                        + " email name groups tid oid appid htm htu ath nonce";
        for (String name : names.split(" ", -1)) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            KNOWN[place(bytes, 0, bytes.length)] = name;
        }
    }

    private JsonNames() {}

    /** The text of some ASCII bytes. */
    static String of(byte[] json, int from, int to) {
        String known = to > from ? KNOWN[place(json, from, to)] : null;
        return known != null && isWritten(known, json, from, to) ? known : JsonTextReader.ascii(json, from, to);
    }

    /** A hash without collisions among the known names. */
    private static int place(byte[] json, int from, int to) {
        int middle = json[from + (to - from) / 2];
        return (json[from] + json[to - 1] + middle * 18 + to - from) & (PLACES - 1);
    }

    private static boolean isWritten(String name, byte[] json, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != json[from + i]) {
                return false;
            }
        }
        return true;
    }
}
