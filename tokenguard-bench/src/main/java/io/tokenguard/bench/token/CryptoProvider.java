package io.tokenguard.bench.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import java.security.Provider;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/** Who computes signatures. The others than the JDK's own are never installed for the whole process. */
public enum CryptoProvider {
    /** Whatever a library gets that names no provider. */
    JDK("jdk"),
    /** Amazon's, by AWS-LC. */
    CORRETTO("AmazonCorrettoCryptoProvider"),
    /** Google's, by BoringSSL. */
    CONSCRYPT("Conscrypt");

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String title;

    CryptoProvider(String title) {
        this.title = title;
    }

    /**
     * Finds one by its name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CryptoProvider named(String title) {
        for (CryptoProvider provider : values()) {
            if (provider.title.equals(title)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("No provider is called " + title);
    }

    /** The quickest on this machine to sign with. */
    public static CryptoProvider quickest() {
        return CORRETTO.isAvailable() ? CORRETTO : JDK;
    }

    /** Its name, as the provider itself and tables have it. */
    public String title() {
        return title;
    }

    /** Whether its native part runs on this machine. */
    public boolean isAvailable() {
        return switch (this) {
            case JDK -> true;
            case CORRETTO -> AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null;
            case CONSCRYPT -> Conscrypt.isAvailable();
        };
    }

    Optional<Provider> provider() {
        return switch (this) {
            case JDK -> Optional.empty();
            case CORRETTO -> Optional.of(AmazonCorrettoCryptoProvider.INSTANCE);
            case CONSCRYPT -> Optional.of(Conscrypt.newProvider());
        };
    }

    /** Where to get engines for an algorithm from. */
    public EngineSource engines(SigningAlgorithm algorithm) {
        return new EngineSource(
                engineName(algorithm),
                algorithm == SigningAlgorithm.PS256 ? Optional.of(PSS) : Optional.empty(),
                provider());
    }

    private String engineName(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> "SHA256withRSA";
            case PS256 -> this == CONSCRYPT ? "SHA256withRSA/PSS" : "RSASSA-PSS";
            case ES256 -> this == CONSCRYPT ? "SHA256withECDSA" : "SHA256withECDSAinP1363Format";
            case EDDSA -> "Ed25519";
        };
    }

    /** The signature of a token, in the form that this provider's engine takes. */
    public byte[] signatureForEngine(SigningAlgorithm algorithm, byte[] signature) throws SignatureException {
        if (this != CONSCRYPT || algorithm != SigningAlgorithm.ES256) {
            return signature;
        }
        try {
            return ECDSA.transcodeSignatureToDER(signature);
        } catch (JOSEException malformed) {
            throw new SignatureException(malformed);
        }
    }
}
