package io.tokenguard.internal.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What events show of subjects. Thread-safe. */
public final class SubjectDisclosure {
    /** The subject itself, cut and escaped. */
    public static final SubjectDisclosure RAW = new SubjectDisclosure(true, null);

    /** Nothing. */
    public static final SubjectDisclosure NONE = new SubjectDisclosure(false, null);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_CHARACTERS = 22;

    private final boolean isShown;
    private final byte @Nullable [] key;

    private SubjectDisclosure(boolean isShown, byte @Nullable [] key) {
        this.isShown = isShown;
        this.key = key;
    }

    /** The first 132 bits of an HMAC-SHA-256 of the subject, in base64url. */
    public static SubjectDisclosure hashedBy(String key) {
        return new SubjectDisclosure(true, key.getBytes(StandardCharsets.UTF_8));
    }

    /** What events show; empty for an empty subject. */
    public String show(String subject) {
        if (!isShown || subject.isEmpty()) {
            return "";
        }
        return key == null ? SafeText.value(subject) : hash(key, subject);
    }

    private static String hash(byte[] key, String subject) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] hash = mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, SHOWN_CHARACTERS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "SubjectDisclosure[not shown]";
    }
}
