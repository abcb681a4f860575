package io.tokenguard.internal.jose;

import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The checked header of an encrypted token (RFC 7516 §4). Nothing is decrypted before it was read.
 *
 * @param management how the key is carried
 * @param encryption how the content is encrypted
 * @param keyId the key ID, {@code kid}; null if absent
 * @param sender the sender's ephemeral public key, a point on its curve; empty unless keys are agreed on
 * @param partyInfo {@code apu} and {@code apv}
 */
record JweHeader(
        KeyManagement management,
        ContentEncryption encryption,
        @Nullable String keyId,
        Optional<ECPublicKey> sender,
        Map<String, String> partyInfo) {
    private static final int MOST_PARTY_CHARACTERS = 512;

    /** Extensions are not supported; compressed content can be a thousand times as long (RFC 8725 §3.6). */
    private static final List<String> REFUSED = List.of("crit", "zip");

    private static final List<String> PARTY_INFO = List.of("apu", "apv");
    private static final List<String> POINT = List.of("kty", "crv", "x", "y");

    /**
     * Reads a header.
     *
     * @throws MalformedException if it is malformed, or has a value that is not accepted; the message is a constant
     */
    static JweHeader read(byte[] json) throws MalformedException {
        Map<String, @Nullable Object> header = JsonReader.readObject(json, JsonLimits.HEADER);
        for (String parameter : REFUSED) {
            if (header.containsKey(parameter)) {
                throw MalformedException.syntax("header parameter " + parameter);
            }
        }
        KeyManagement management = KeyManagement.named(text(header, "alg"))
                .orElseThrow(() -> MalformedException.syntax("alg is not accepted"));
        ContentEncryption encryption = ContentEncryption.named(text(header, "enc"))
                .orElseThrow(() -> MalformedException.syntax("enc is not accepted"));
        return new JweHeader(
                management,
                encryption,
                header.containsKey("kid") ? keyId(header) : null,
                management.isAgreement() ? Optional.of(point(header.get("epk"))) : Optional.empty(),
                partyInfo(header));
    }

    private static String text(Map<String, @Nullable Object> header, String parameter) throws MalformedException {
        if (header.get(parameter) instanceof String text) {
            return text;
        }
        throw MalformedException.syntax(parameter + " is missing or no text");
    }

    private static String keyId(Map<String, @Nullable Object> header) throws MalformedException {
        String keyId = text(header, "kid");
        if (keyId.isEmpty() || keyId.length() > JwkReader.LONGEST_KEY_ID) {
            throw MalformedException.syntax("kid is empty or too long");
        }
        return keyId;
    }

    private static Map<String, String> partyInfo(Map<String, @Nullable Object> header) throws MalformedException {
        Map<String, String> info = new HashMap<>();
        for (String parameter : PARTY_INFO) {
            if (header.containsKey(parameter)) {
                String text = text(header, parameter);
                if (text.length() > MOST_PARTY_CHARACTERS) {
                    throw MalformedException.syntax(parameter + " is too long");
                }
                byte[] unused = Base64Url.decode(text, 0, text.length());
                info.put(parameter, text);
            }
        }
        return Map.copyOf(info);
    }

    /** By the rules for published keys: a point that is not on the curve would reveal the private key (RFC 8725 §3.4). */
    private static ECPublicKey point(@Nullable Object key) throws MalformedException {
        if (key instanceof Map<?, ?> jwk && !jwk.containsKey("d")) {
            Map<String, Object> members = new HashMap<>();
            POINT.stream().filter(jwk::containsKey).forEach(name -> members.put(name, String.valueOf(jwk.get(name))));
            Optional<ECPublicKey> point = JwkReader.readKey(members).uses().values().stream()
                    .map(use -> use.publicKey())
                    .filter(ECPublicKey.class::isInstance)
                    .map(ECPublicKey.class::cast)
                    .findFirst();
            if (point.isPresent()) {
                return point.get();
            }
        }
        throw MalformedException.syntax("epk is no point on an accepted curve");
    }

    /** What jose4j needs to know of the header: checked values only. */
    Headers joseHeaders() throws JoseException {
        Headers headers = new Headers();
        headers.setStringHeaderValue("alg", management.joseName());
        headers.setStringHeaderValue("enc", encryption.joseName());
        partyInfo.forEach(headers::setStringHeaderValue);
        if (sender.isPresent()) {
            headers.setJwkHeaderValue("epk", PublicJsonWebKey.Factory.newPublicJwk(sender.get()));
        }
        return headers;
    }
}
