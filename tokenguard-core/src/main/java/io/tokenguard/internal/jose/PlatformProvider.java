package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Security;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The platform's own cryptographic providers, used whatever others precede them in its list: another one may accept a
 * signature that breaks the encoding of RFC 8017 §9.2, as BouncyCastle does. If the platform lacks them, such as for FIPS,
 * its list decides.
 */
final class PlatformProvider {
    private static final String RSA = "SunRsaSign";
    private static final String ELLIPTIC = "SunEC";
    private static final String LATTICE = "SUN";

    private PlatformProvider() {}

    /** The provider for a key type, {@code kty}; null if the platform lacks it. */
    @Nullable
    static String forKeys(@Nullable Object keyType) {
        String name = "RSA".equals(keyType) ? RSA : ELLIPTIC;
        return Security.getProvider(name) == null ? null : name;
    }

    /** A scheme for every algorithm but ES256K: no supported JDK has its curve. */
    static Map<SignatureAlgorithm, SignatureScheme> schemes() {
        Map<SignatureAlgorithm, SignatureScheme> schemes = new EnumMap<>(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : EnumSet.complementOf(EnumSet.of(SignatureAlgorithm.ES256K))) {
            schemes.put(
                    algorithm,
                    algorithm.isHmac()
                            ? HmacScheme.ofPlatform(algorithm)
                            : Pkcs1Scheme.of(algorithm).orElseGet(() -> scheme(algorithm)));
        }
        return schemes;
    }

    private static SignatureScheme scheme(SignatureAlgorithm algorithm) {
        JcaAlgorithm known = JcaAlgorithm.of(algorithm);
        return new JcaScheme(
                known, known.signatures().get(0), Optional.ofNullable(Security.getProvider(provider(algorithm))));
    }

    private static String provider(SignatureAlgorithm algorithm) {
        if (algorithm.isMlDsa()) {
            return LATTICE;
        }
        return JcaAlgorithm.of(algorithm).keys().equals("RSA") ? RSA : ELLIPTIC;
    }
}
