package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jca.ProviderContext.SignatureAlgorithmOverride;
import org.jspecify.annotations.Nullable;

/**
 * The platform's own cryptographic providers, which are asked whatever others stand before them in its list: another one
 * may take a signature for good that breaks the encoding of RFC 8017 §9.2, as BouncyCastle does. Where the platform has
 * been stripped of them, as for FIPS, its list decides.
 */
final class PlatformProvider {
    private static final String RSA = "SunRsaSign";
    private static final String ELLIPTIC = "SunEC";

    private PlatformProvider() {}

    /** The provider for a kind of key, {@code kty}; null where the platform lacks it. */
    @Nullable
    static String forKeys(@Nullable Object keyType) {
        return present("RSA".equals(keyType) ? RSA : ELLIPTIC);
    }

    /** What jose4j has to be told for an algorithm. */
    static ProviderContext forSignatures(SignatureAlgorithm algorithm) {
        ProviderContext context = new ProviderContext();
        String provider = switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> RSA;
            case ES256, ES384, ES512, ED25519 -> ELLIPTIC;
        };
        context.getSuppliedKeyProviderContext().setSignatureProvider(present(provider));
        pss(algorithm).ifPresent(context.getSuppliedKeyProviderContext()::setSignatureAlgorithmOverride);
        return context;
    }

    /** RFC 7518 §3.5, under the platform's name: a system property can make jose4j use one that only others know. */
    private static Optional<SignatureAlgorithmOverride> pss(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case PS256 -> Optional.of(pss("SHA-256", 32));
            case PS384 -> Optional.of(pss("SHA-384", 48));
            case PS512 -> Optional.of(pss("SHA-512", 64));
            case RS256, RS384, RS512, ES256, ES384, ES512, ED25519 -> Optional.empty();
        };
    }

    private static SignatureAlgorithmOverride pss(String hash, int saltLength) {
        return new SignatureAlgorithmOverride(
                "RSASSA-PSS",
                new PSSParameterSpec(
                        hash, "MGF1", new MGF1ParameterSpec(hash), saltLength, PSSParameterSpec.TRAILER_FIELD_BC));
    }

    private static @Nullable String present(String provider) {
        return Security.getProvider(provider) == null ? null : provider;
    }
}
