package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.CryptoPrimitive;
import org.jose4j.jwe.ContentEncryptionParts;
import org.jose4j.jwe.KeyManagementAlgorithm;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts tokens (RFC 7516 §5.2). Header and lengths are checked before anything is decrypted. After that all failures take the
 * same steps: a key that can't be decrypted is replaced by a random one, which then fails to decrypt the content
 * (RFC 7516 §11.5), and a token that names an unknown key is tried with another key of the same kind, and refused whatever
 * comes of it. Thread-safe.
 */
public final class TokenDecrypter {
    /** How many keys can be configured, and so how often one token can be tried. */
    static final int MOST_KEYS = 4;

    private final List<DecryptionKey> keys;
    private final SecureRandom random = new SecureRandom();

    private TokenDecrypter(List<DecryptionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the keys.
     *
     * @param document a private JWK, a set of them, or PEM
     * @throws MalformedException if there is no usable key, or a wrong one; the message contains nothing of the keys
     */
    public static TokenDecrypter read(byte[] document) throws MalformedException {
        return new TokenDecrypter(DecryptionKeyReader.read(document));
    }

    /**
     * The text in an encrypted token.
     *
     * @throws MalformedException if it can't be decrypted; the message is a constant
     */
    public String decrypt(String compact) throws MalformedException {
        JweParts parts = JweParts.parse(compact);
        JweHeader header = JweHeader.read(parts.header());
        if (!header.encryption().fits(parts.vector().length, parts.ciphertext().length, parts.tag().length)) {
            throw MalformedException.syntax("a part is too short or too long");
        }
        List<DecryptionKey> usable = keys.stream()
                .filter(key -> key.canBeTried(header, parts.encryptedKey().length))
                .toList();
        if (usable.isEmpty()) {
            throw MalformedException.syntax("no decryption key fits alg, curve and key length");
        }
        List<DecryptionKey> named =
                usable.stream().filter(key -> key.isNamed(header)).toList();
        String text = firstText(named.isEmpty() ? usable.subList(0, 1) : named, header, parts);
        if (named.isEmpty()) {
            throw MalformedException.syntax("no decryption key has this kid");
        }
        if (text == null) {
            throw MalformedException.syntax("not decrypted");
        }
        return text;
    }

    private @Nullable String firstText(List<DecryptionKey> tried, JweHeader header, JweParts parts) {
        for (DecryptionKey key : tried) {
            byte[] text = decrypt(key, header, parts);
            if (text != null) {
                String decrypted = new String(text, StandardCharsets.ISO_8859_1);
                Arrays.fill(text, (byte) 0);
                return decrypted;
            }
        }
        return null;
    }

    private byte @Nullable [] decrypt(DecryptionKey key, JweHeader header, JweParts parts) {
        try {
            Headers headers = header.joseHeaders();
            byte[] contentKey = contentKey(key, header, headers, parts.encryptedKey());
            return header.encryption()
                    .algorithm()
                    .decrypt(
                            new ContentEncryptionParts(parts.vector(), parts.ciphertext(), parts.tag()),
                            parts.additional(),
                            contentKey,
                            headers,
                            new ProviderContext());
        } catch (JoseException | RuntimeException failed) {
            // Neither logged nor wrapped: the cause would be an oracle.
            return null;
        }
    }

    private byte[] contentKey(DecryptionKey key, JweHeader header, Headers headers, byte[] encryptedKey) {
        byte[] substitute = new byte[header.encryption().keyBytes()];
        random.nextBytes(substitute);
        boolean isInRange = key.covers(encryptedKey);
        try {
            KeyManagementAlgorithm algorithm = header.management().algorithm();
            ProviderContext providers = new ProviderContext();
            CryptoPrimitive prepared = algorithm.prepareForDecrypt(key.key(), headers, providers);
            Key found = algorithm.manageForDecrypt(
                    prepared,
                    isInRange ? encryptedKey : reduced(encryptedKey),
                    header.encryption().algorithm().getContentEncryptionKeyDescriptor(),
                    headers,
                    providers);
            byte[] encoded = found.getEncoded();
            return isInRange && encoded.length == substitute.length ? encoded : substitute;
        } catch (JoseException | RuntimeException failed) {
            return substitute;
        }
    }

    /** A number below every modulus of this length. Providers refuse others before they have done any work. */
    private static byte[] reduced(byte[] encryptedKey) {
        byte[] reduced = encryptedKey.clone();
        reduced[0] = 0;
        return reduced;
    }

    /** Contains no key. */
    @Override
    public String toString() {
        return "TokenDecrypter[" + keys.size() + " keys]";
    }
}
